"""Connections go where the settings say and nowhere else, whatever a name turns into; a listener proves it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.service.access.outbound import (
    HOSTS,
    NoConnectionError,
    Origin,
    Origins,
    is_public,
    origin_of,
    post,
    target_of,
)

PUBLIC = "93.184.216.34"


class Listener:
    """A socket on the loopback that answers what it is told to and remembers who came."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.heard: list[bytes] = []
        self.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._socket.accept()
            except OSError:
                return
            with link:
                link.settimeout(5)
                heard = link.recv(65_536)
                while b"Content-Length: 7" in heard and not heard.endswith(b"}"):
                    heard += link.recv(65_536)
                self.heard.append(heard)
                link.sendall(self.answer)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("hooks.example", {Origin("https", "hooks.example", 443)}),
        (
            "hooks.example:8443, http://127.0.0.1:9000",
            {Origin("https", "hooks.example", 8443), Origin("http", "127.0.0.1", 9000)},
        ),
        ("https://HOOKS.example/", {Origin("https", "hooks.example", 443)}),
        ("https://[::1]:8", {Origin("https", "::1", 8)}),
    ],
)
def test_allowed_hosts_are_origins(text: str, found: set[Origin]) -> None:
    assert Origins.read({HOSTS: text}).allowed == found


@pytest.mark.parametrize(
    "text", ["ftp://x", "https://x/path", "a b://", "https://user@x", "*", "*.example", "2130706433"]
)
def test_hosts_that_are_none_are_named(text: str) -> None:
    with pytest.raises(InputError) as error:
        Origins.read({HOSTS: text})
    assert error.value.place.field == HOSTS


ALLOWED = Origins.read({HOSTS: "hooks.example"})


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/x",
        "https://hooks.example:8443/x",
        "https://hooks.example.evil/x",
        "https://evil/hooks.example",
        "https://evil\\@hooks.example/",
        "https://hooks.example@evil/",
        "https://user:secret@hooks.example/",
        "https://hooks.example#@evil/",
        "https://hooks.example/\r\nX: y",
        "https://hooks.example /",
        "https://hooks\u3002example/",
        "https://ho\u0000oks.example/",
        "https://127.0.0.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "gopher://hooks.example/",
        "//hooks.example/",
        "hooks.example",
        "https://",
        "https://hooks.example:99999/",
        "https://hooks.example:0/",
        "https://hooks.example..:443/",
    ],
)
def test_addresses_that_are_not_allowed_are_refused_and_resolve_nothing(url: str) -> None:
    def resolve(*_: object) -> list[str]:
        raise AssertionError("nothing may be resolved")

    with pytest.raises(InputError):
        ALLOWED.check(url)
    with pytest.raises(NoConnectionError, match="host_not_allowed"):
        post(url, b"", {}, ALLOWED, resolve=resolve)


def test_the_same_host_in_other_letters_is_the_same() -> None:
    assert ALLOWED.check("https://HOOKS.Example/x?y=1") == origin_of("https://hooks.example:443", "url")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "::7f00:1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_a_name_never_leads_inside(address: str) -> None:
    origin = Origin("https", "hooks.example", 443)
    for found in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(NoConnectionError, match="forbidden_address"):
            target_of(origin, lambda *_, found=found: found)  # type: ignore[misc]


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])
def test_a_public_address_is_one(address: str) -> None:
    import ipaddress

    assert is_public(ipaddress.ip_address(address))
    assert target_of(Origin("https", "hooks.example", 443), lambda *_: [address]) == str(ipaddress.ip_address(address))


@pytest.mark.parametrize("found", [[], ["nonsense"], OSError("no such name")])
def test_a_name_without_an_address_is_said_so(found: list[str] | OSError) -> None:
    def resolve(*_: object) -> list[str]:
        if isinstance(found, OSError):
            raise found
        return found

    with pytest.raises(NoConnectionError, match="unresolved"):
        target_of(Origin("https", "hooks.example", 443), resolve)


def test_a_name_that_leads_to_this_machine_is_not_followed(listener: Listener) -> None:
    origins = Origins.read({HOSTS: f"http://localhost:{listener.port}, http://hooks.example:{listener.port}"})
    for host in ("localhost", "hooks.example"):
        with pytest.raises(NoConnectionError, match="forbidden_address"):
            post(f"http://{host}:{listener.port}/", b"{}", {}, origins, resolve=lambda *_: ["127.0.0.1"])
    with pytest.raises(NoConnectionError, match="forbidden_address"):
        post(f"http://localhost:{listener.port}/", b"{}", {}, origins)  # asked of the system itself
    time.sleep(0.1)
    assert listener.heard == []


def test_a_name_is_asked_for_once_and_the_connection_goes_where_it_was_checked() -> None:
    asked = []

    def changes(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    assert target_of(Origin("http", "hooks.example", 80), changes) == PUBLIC
    assert asked == ["hooks.example"]


def allowed(listener: Listener) -> tuple[str, Origins]:
    return f"http://127.0.0.1:{listener.port}", Origins.read({HOSTS: f"http://127.0.0.1:{listener.port}"})


def test_an_address_that_the_settings_name_is_reached(listener: Listener) -> None:
    base, origins = allowed(listener)
    assert post(f"{base}/in?x=1", b'{"a":1}', {"X-A": "b"}, origins) == 200
    (heard,) = listener.heard
    assert heard.startswith(b"POST /in?x=1 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{listener.port}\r\n".encode() in heard
    assert heard.endswith(b'{"a":1}')


def test_redirects_are_answers_and_lead_nowhere(listener: Listener) -> None:
    base, origins = allowed(listener)
    other = Listener()
    listener.answer = f"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{other.port}/\r\n\r\n".encode()
    assert post(f"{base}/", b"{}", {}, origins) == 302
    assert other.heard == []
    other.close()


@pytest.mark.parametrize(("answer", "reason"), [(b"hello\r\n\r\n", "no_http"), (b"", "no_http")])
def test_what_is_no_answer_is_said_so(listener: Listener, answer: bytes, reason: str) -> None:
    base, origins = allowed(listener)
    listener.answer = answer
    with pytest.raises(NoConnectionError, match=f"{reason}|unreachable"):
        post(f"{base}/", b"{}", {}, origins)


def test_nobody_there_and_no_certificate_are_said_so(listener: Listener) -> None:
    origins = Origins.read({HOSTS: f"https://127.0.0.1:{listener.port} http://127.0.0.1:1"})
    with pytest.raises(NoConnectionError, match="tls"):
        post(f"https://127.0.0.1:{listener.port}/", b"{}", {}, origins)
    with pytest.raises(NoConnectionError, match="unreachable"):
        post("http://127.0.0.1:1/", b"{}", {}, origins)


def test_proxies_of_the_environment_are_not_used(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    base, origins = allowed(listener)
    assert post(f"{base}/", b"{}", {}, origins) == 200
