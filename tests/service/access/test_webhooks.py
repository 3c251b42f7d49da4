"""Webhooks: told at least once, signed, again after failures and on request; nothing leaves to a host not allowed."""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Listener
from standardwebhooks import WebhookVerificationError

from skillmatch.client import verify_webhook
from skillmatch.domain.access.webhook import DeliveryStatus, WebhookEvent
from skillmatch.domain.base.errors import ConflictError, InputError, NotFoundError
from skillmatch.domain.people.dispute import DisputeVerdict
from skillmatch.domain.people.learning_event import EventKind, LearningEvent
from skillmatch.matching.encoders.ngram_encoder import NgramEncoder
from skillmatch.service.access.outbound import HOSTS, NoConnectionError, Origins
from skillmatch.service.access.webhooks import OVERLAP
from skillmatch.service.workers.webhooks import WebhookWorker
from skillmatch.service.workspace import Workspace

from ..conftest import NOW

ORIGINS = Origins.read({HOSTS: "hooks.example"})
URL = "https://hooks.example/in"
ALL = list(WebhookEvent)


class Outside:
    """Whoever listens: takes what is sent, answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[str, bytes, Mapping[str, str]]] = []
        self.answer: int | str = 200

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str], _: Origins) -> int:
        self.got.append((url, body, dict(headers)))
        if isinstance(self.answer, str):
            raise NoConnectionError(self.answer)
        return self.answer

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body, _ in self.got]


@pytest.fixture
def outside() -> Outside:
    return Outside()


def complete(workspace: Workspace, event_id: str = "e1", person: str = "P1") -> None:
    workspace.learning.take(
        [LearningEvent(event_id, person, EventKind.COMPLETED, date(2026, 5, 1), credential_id="C1")]
    )


def test_a_completion_is_told_signed_and_by_ids_only(full: Workspace, outside: Outside) -> None:
    made = full.webhooks.create(URL, ["completion.recorded"], by="key:1", origins=ORIGINS)
    complete(full)
    assert full.webhooks.deliver_due(ORIGINS, send=outside) == 1

    (url, body, headers) = outside.got[0]
    assert url == URL
    told = json.loads(body)
    ids = {"person_id": "own/P1", "credential_id": "own/C1", "event_id": "e1"}
    before = {"person": "own/P1", "credential": "own/C1", "event": "e1"}
    assert told["data"] == {"on": "2026-05-01", **ids, **before}
    assert (told["type"], told["id"]) == ("completion.recorded", headers["Webhook-Id"])
    assert told["timestamp"] == NOW.isoformat()
    assert b"Ada" not in body
    assert int(headers["Webhook-Timestamp"]) == NOW.timestamp()
    assert headers["Webhook-Signature"] == Listener(made.secret).sign(headers["Webhook-Id"], NOW, body.decode())
    # As it was before the standard, for those who still read it:
    assert (told["event"], headers["Skillmatch-Delivery"]) == ("completion.recorded", told["id"])
    stamp = headers["Skillmatch-Timestamp"]
    assert int(stamp) == NOW.timestamp()
    expected = hmac.new(made.secret.encode(), stamp.encode() + b"." + body, "sha256").hexdigest()
    assert headers["Skillmatch-Signature"] == f"v1={expected}"
    assert full.webhooks.deliver_due(ORIGINS, send=outside) == 0


def test_jobs_disputes_and_plans_are_told_too(full: Workspace, outside: Outside, tmp_path: Path) -> None:
    full.webhooks.create(URL, ALL, by="t", origins=ORIGINS)
    table = tmp_path / "people.csv"
    table.write_text("id,name\nP9,Zoe\n")
    done = full.jobs.submit("import", {"what": "people", "source": "own"}, by="t", file=table)
    full.jobs.run_next()
    cancelled = full.jobs.submit("import", {"what": "people", "source": "own"}, by="t", file=table)
    full.jobs.cancel(cancelled.id)
    raised = full.disputes.submit("P1", skill="Hand hygiene", reason="I do it daily.")
    full.disputes.decide(raised.dispute.id, DisputeVerdict.REJECTED, by="Kim", note="no")
    full.webhooks.deliver_due(ORIGINS, send=outside)

    told = [(body["event"], body["data"]) for body in outside.bodies()]
    assert told[:2] == [
        ("job.finished", {"job": done.id, "job_id": done.id, "kind": "import", "status": "done"}),
        ("job.finished", {"job": cancelled.id, "job_id": cancelled.id, "kind": "import", "status": "cancelled"}),
    ]
    assert told[2][0] == "dispute.decided"
    assert told[2][1]["verdict"] == "rejected"


def test_only_what_was_asked_for_is_told_and_nothing_without_webhooks(full: Workspace, outside: Outside) -> None:
    complete(full)
    made = full.webhooks.create(URL, ["job.finished"], by="t", origins=ORIGINS).webhook
    complete(full, "e2")
    assert full.webhooks.deliveries(made.id) == []
    assert full.webhooks.deliver_due(ORIGINS, send=outside) == 0


def test_what_is_rolled_back_was_never_told(full: Workspace) -> None:
    made = full.webhooks.create(URL, ALL, by="t", origins=ORIGINS).webhook
    later = LearningEvent("e2", "P1", EventKind.COMPLETED, date(2030, 1, 1), credential_id="C1")
    with pytest.raises(InputError):
        full.learning.take(
            [LearningEvent("e1", "P1", EventKind.COMPLETED, date(2026, 5, 1), credential_id="C1"), later]
        )
    assert full.webhooks.deliveries(made.id) == []


class Hand:
    def __init__(self) -> None:
        self.now = datetime(2026, 6, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def queued(tmp_path: Path, clock: Hand) -> Iterator[Workspace]:
    """A workspace with one webhook for jobs and one job that has ended."""
    with Workspace.open(tmp_path / "w", create=True, encoder=NgramEncoder(), clock=clock) as workspace:
        workspace.webhooks.create(URL, ["job.finished"], by="t", origins=ORIGINS)
        table = tmp_path / "people.csv"
        table.write_text("id,name\nP9,Zoe\n")
        workspace.jobs.submit("import", {"what": "people", "source": "own"}, by="t", file=table)
        workspace.jobs.run_next()
        yield workspace


def only(workspace: Workspace) -> Any:
    (webhook,) = workspace.webhooks.all()
    (delivery,) = workspace.webhooks.deliveries(webhook.id)
    return delivery


@pytest.mark.parametrize("answer", [500, 404, 301, 199, "timeout", "forbidden_address"])
def test_failures_are_tried_again_after_growing_waits_and_end(
    queued: Workspace, clock: Hand, outside: Outside, answer: int | str
) -> None:
    outside.answer = answer
    waits = []
    for _ in range(20):
        queued.webhooks.deliver_due(ORIGINS, send=outside)
        delivery = only(queued)
        if delivery.status is DeliveryStatus.FAILED:
            break
        waits.append(delivery.due - clock.now)
        clock.now = delivery.due - timedelta(seconds=1)
        assert queued.webhooks.deliver_due(ORIGINS, send=outside) == 0
        assert len(outside.got) == len(waits)  # too early: nothing was sent
        clock.now = delivery.due
    assert waits == sorted(waits)
    assert (len(waits), delivery.attempts, delivery.answer) == (8, 9, str(answer))
    assert len({body for _, body, _ in outside.got}) == 1  # the same bytes each time
    assert len({headers["Webhook-Signature"] for *_, headers in outside.got}) == 9  # of another moment each
    clock.now += timedelta(days=5)
    assert queued.webhooks.deliver_due(ORIGINS, send=outside) == 0


def test_a_failure_that_passes_is_told_in_the_end(queued: Workspace, clock: Hand, outside: Outside) -> None:
    outside.answer = "unreachable"
    queued.webhooks.deliver_due(ORIGINS, send=outside)
    clock.now += timedelta(seconds=10)
    outside.answer = 204
    assert queued.webhooks.deliver_due(ORIGINS, send=outside) == 1
    assert (only(queued).status, only(queued).attempts) == (DeliveryStatus.DELIVERED, 2)


def test_a_program_that_ends_between_sending_and_noting_sends_again(queued: Workspace, outside: Outside) -> None:
    def dies(*given: Any) -> int:
        outside(*given)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        queued.webhooks.deliver_due(ORIGINS, send=dies)
    assert queued.webhooks.deliver_due(ORIGINS, send=outside) == 1
    assert outside.got[0][:2] == outside.got[1][:2]


def test_what_was_told_can_be_told_again_under_the_same_id(queued: Workspace, clock: Hand, outside: Outside) -> None:
    queued.webhooks.deliver_due(ORIGINS, send=outside)
    (webhook,) = queued.webhooks.all()
    assert queued.webhooks.replay(webhook.id, since=clock.now + timedelta(seconds=1)) == 0
    assert queued.webhooks.replay(webhook.id, since=clock.now) == 1
    assert queued.webhooks.deliver_due(ORIGINS, send=outside) == 1
    assert outside.got[0][1] == outside.got[1][1]
    with pytest.raises(InputError, match="offset"):
        queued.webhooks.replay(webhook.id, since=datetime(2026, 1, 1))
    with pytest.raises(NotFoundError):
        queued.webhooks.replay("nothing", since=clock.now)


def test_no_host_no_connection_not_even_for_webhooks_made_before(queued: Workspace, outside: Outside) -> None:
    assert queued.webhooks.deliver_due(Origins(), send=outside) == 0
    assert outside.got == []
    assert only(queued).attempts == 0
    with WebhookWorker(queued, Origins()):
        assert not [thread for thread in threading.enumerate() if thread.name == "skillmatch-webhooks"]


def test_the_worker_tells_while_it_runs(queued: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def counting(*_: Any, **__: Any) -> int:
        called.set()
        return 0

    called = threading.Event()
    monkeypatch.setattr(queued.webhooks, "deliver_due", counting)
    with WebhookWorker(queued, ORIGINS):
        assert called.wait(10)


def test_a_removed_webhook_is_told_nothing(queued: Workspace, outside: Outside) -> None:
    (webhook,) = queued.webhooks.all()
    queued.webhooks.remove(webhook.id)
    assert queued.webhooks.deliver_due(ORIGINS, send=outside) == 0
    with pytest.raises(NotFoundError):
        queued.webhooks.remove(webhook.id)


def test_the_secret_is_shown_once(queued: Workspace) -> None:
    made = queued.webhooks.create("https://hooks.example/two", ALL, by="t", origins=ORIGINS)
    assert made.secret.startswith("whsec_")
    assert made.secret not in repr(made)
    assert all(made.secret not in json.dumps(webhook.to_json()) for webhook in queued.webhooks.all())


def test_the_libraries_of_the_standard_know_a_delivery_and_nothing_else(
    queued: Workspace, clock: Hand, outside: Outside
) -> None:
    """By the library's own clock: a delivery of now is known, one changed, of another secret or too old is not."""
    clock.now = datetime.now(UTC)
    made = queued.webhooks.create("https://hooks.example/two", ["job.finished"], by="t", origins=ORIGINS)
    queued.jobs.cancel(queued.jobs.submit("import", {"what": "people"}, by="t", file=a_table(queued)).id)
    queued.webhooks.deliver_due(ORIGINS, send=outside)
    body, headers = next((body, headers) for url, body, headers in outside.got if url.endswith("two"))

    listener = Listener(made.secret)
    assert listener.verify(body, dict(headers))["type"] == "job.finished"
    assert verify_webhook(made.secret, headers, body) == json.loads(body)
    for wrong in (
        {**headers, "Webhook-Id": "msg_other"},
        {**headers, "Webhook-Timestamp": str(int(clock.now.timestamp()) - 1)},
        {**headers, "Webhook-Timestamp": str(int(clock.now.timestamp()) - 3_600)},
    ):
        with pytest.raises(WebhookVerificationError):
            listener.verify(body, wrong)
        assert verify_webhook(made.secret, wrong, body) is None
    with pytest.raises(WebhookVerificationError):
        listener.verify(body + b" ", dict(headers))
    with pytest.raises(WebhookVerificationError):
        Listener(queued.webhooks.create(URL + "/3", ALL, by="t", origins=ORIGINS).secret).verify(body, dict(headers))


def test_a_secret_is_replaced_without_a_gap(queued: Workspace, clock: Hand, outside: Outside) -> None:
    clock.now = datetime.now(UTC)
    made = queued.webhooks.create("https://hooks.example/two", ["job.finished"], by="t", origins=ORIGINS)
    queued.webhooks.remove(queued.webhooks.all()[0].id)
    queued.jobs.cancel(queued.jobs.submit("import", {"what": "people"}, by="t", file=a_table(queued)).id)
    replaced = queued.webhooks.rotate(made.webhook.id)
    assert replaced.secret != made.secret and replaced.webhook == made.webhook

    queued.webhooks.deliver_due(ORIGINS, send=outside)
    _, body, headers = outside.got[-1]
    assert len(headers["Webhook-Signature"].split(" ")) == 2
    for secret in (made.secret, replaced.secret):
        assert Listener(secret).verify(body, dict(headers))
        assert verify_webhook(secret, headers, body)

    later = clock.now + OVERLAP
    queued.webhooks.replay(made.webhook.id, since=clock.now - timedelta(minutes=1))
    clock.now = later
    queued.webhooks.deliver_due(ORIGINS, send=outside)
    _, body, headers = outside.got[-1]
    assert verify_webhook(replaced.secret, headers, body, now=later.timestamp())
    assert verify_webhook(made.secret, headers, body, now=later.timestamp()) is None
    with pytest.raises(NotFoundError):
        queued.webhooks.rotate("hook-none")


def a_table(workspace: Workspace) -> Path:
    table = workspace.folder.parent / "more.csv"
    table.write_text("id,name\nP8,Kim\n")
    return table


@pytest.mark.parametrize(
    ("url", "events", "error"),
    [
        ("https://evil.example/", ALL, InputError),
        ("http://localhost/", ALL, InputError),
        ("https://169.254.169.254/", ALL, InputError),
        ("javascript:alert(1)", ALL, InputError),
        (URL + "?x", [], InputError),
        (URL + "?x", ["person.read"], InputError),
        (URL, ALL, ConflictError),
    ],
)
def test_webhooks_that_make_no_sense_are_refused(
    queued: Workspace, url: str, events: list[str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        queued.webhooks.create(url, events, by="t", origins=ORIGINS)
    assert len(queued.webhooks.all()) == 1


def test_there_is_an_end_to_webhooks(queued: Workspace) -> None:
    for number in range(19):
        queued.webhooks.create(f"{URL}/{number}", ALL, by="t", origins=ORIGINS)
    with pytest.raises(ConflictError, match="20"):
        queued.webhooks.create(f"{URL}/more", ALL, by="t", origins=ORIGINS)


def test_nothing_is_told_of_somebody_who_was_erased(full: Workspace, outside: Outside) -> None:
    full.webhooks.create(URL, ALL, by="Ada Berg", origins=ORIGINS)
    complete(full)
    full.people.erase("P1", by="Kim")
    full.webhooks.deliver_due(ORIGINS, send=outside)
    assert outside.got == []
    assert [webhook.created_by for webhook in full.webhooks.all()] == ["erased person"]
    for file in full.folder.rglob("*"):
        assert not file.is_file() or b"own/P1" not in file.read_bytes()
