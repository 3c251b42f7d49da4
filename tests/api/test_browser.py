"""What only a browser shows: the page that explains the API loads alone, fits a phone, and its forms work."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from fastapi import FastAPI

from skillmatch.api.app import create_app
from skillmatch.api.server.serve import address_of, listen
from skillmatch.service.workspace import Workspace

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application that is being served."""
    with listen("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield address_of(listener, "127.0.0.1")
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Iterator[str]:
    """Where the demo is being served."""
    with served(app) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The system's Chromium."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium: make chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """The page, with everything that it asked for and complained about."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(f"{address}/docs")
    yield page
    context.close()


def test_it_loads_from_this_server_alone_and_without_complaint(page: Any, address: str) -> None:
    assert {urlsplit(url).netloc for url in page.asked} == {urlsplit(address).netloc}
    assert any(url.endswith("/docs/style.css") for url in page.asked)
    assert page.evaluate("getComputedStyle(document.body).display") == "grid"  # the stylesheet counts
    assert page.complaints == []


def test_a_form_shows_the_answer(page: Any, address: str) -> None:
    page.fill("#recommendations-max_cost", "0")
    page.click("#recommendations button")
    page.wait_for_url(f"{address}/v1/recommendations?*")

    answer = json.loads(page.inner_text("pre"))
    assert answer["recommendations"]
    assert all(not item["cost"] for item in answer["recommendations"])


def test_with_a_key_the_page_shows_answers_in_place(chromium: Any, own: Workspace) -> None:
    key = own.keys.create("page", ["read"], by="test").text
    with served(create_app(own, allow_remote=False)) as address:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}/docs")

        page.click("#get_person button")
        page.wait_for_selector("#get_person output >> text=unauthenticated")
        page.fill("#key", key)
        page.click("#get_person button")
        page.wait_for_selector("#get_person output >> text=Kerem Demirci")

        assert page.url == f"{address}/docs"
        assert page.evaluate("localStorage.length") == 0
        assert key not in page.content()
        assert [text for text in complaints if "401" not in text] == []
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        context.close()


def test_it_can_be_used_with_the_keyboard_alone(page: Any, address: str) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#get_role-external_id")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/v1/roles/own/*")


def test_it_fits_a_phone(page: Any) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
