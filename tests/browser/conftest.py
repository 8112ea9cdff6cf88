"""A real Chromium before a real server with a few invented reports."""

import asyncio
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from shushuo_publish.store.engine import open_engine
from shushuo_publish.store.migrations import upgrade
from shushuo_publish.store.session import Store
from shushuo_shared.serving import serve
from tests.publish.builder import NOW, app_of, store_many, store_report
from tests.publish.sample import sample
from tests.publish.test_places import on_page, placed

CHROMIUM = os.environ.get("SHUSHUO_TEST_CHROMIUM") or shutil.which("chromium") or "chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running server."""
    url = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'store.sqlite'}"
    upgrade(url)
    store = Store(open_engine(url))
    store_many(store, 25)
    store_report(store, sample(), at=NOW + timedelta(hours=1))
    store_report(store, sample("v2", f685="658件"), revision=2, at=NOW + timedelta(hours=2))
    store_report(store, placed(on_page(3)), at=NOW - timedelta(days=1))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    app = app_of(store, public_url=f"http://127.0.0.1:{port}")
    serving = serve(app, host="127.0.0.1", port=port, port_setting="the test's port", stop=stop)
    thread = threading.Thread(target=loop.run_until_complete, args=(serving,))
    thread.start()
    _wait(port)
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(stop.set)
    thread.join(10)
    store.engine.dispose()


def _wait(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        threading.Event().wait(0.05)
    raise AssertionError("the server did not start")


@pytest.fixture(scope="package")  # Playwright's loop must be gone before the asynchronous tests of other folders
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, site: str, tmp_path: Path) -> Iterator[Page]:
    """A desktop page; whatever the browser complains of fails the test."""
    context = browser.new_context(
        base_url=site, viewport={"width": 1280, "height": 900}, locale="zh-CN", reduced_motion="reduce"
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    opened.on(
        "request", lambda request: complaints.append(f"outside: {request.url}") if site not in request.url else None
    )
    yield opened
    context.close()
    assert complaints == []
