"""One browser for all tests, and one event loop, since Playwright's objects belong to theirs."""

import asyncio
import inspect
import os
import shutil
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from server import REPOSITORY, Server
from window import Window

#: How long a test may take, in seconds.
LIMIT = 300 + float(os.environ.get("PAIRLOOM_SESSION_SECONDS", "0"))
SCREENSHOTS = REPOSITORY / ".build/screenshots"


@pytest.fixture(scope="session")
def loop():
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


def pytest_pyfunc_call(pyfuncitem):
    """Runs a test that is a coroutine."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    pyfuncitem.funcargs["loop"].run_until_complete(asyncio.wait_for(pyfuncitem.obj(**arguments), LIMIT))
    return True


@pytest.fixture(scope="session")
def browser(loop):
    playwright = loop.run_until_complete(async_playwright().start())
    # Chromium's sandbox does not work for root, as in a container.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = loop.run_until_complete(playwright.chromium.launch(
        executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=arguments))
    yield browser
    loop.run_until_complete(browser.close())
    loop.run_until_complete(playwright.stop())


@pytest.fixture(scope="session")
def merging(loop):
    """A server under `merge`, for the tests that leave it as it is."""
    server = Server("merge")
    loop.run_until_complete(server.start())
    yield server
    loop.run_until_complete(server.__aexit__())


@pytest.fixture
def open_window(loop, browser):
    """Opens windows; in the end, none of them may have complained of anything."""
    windows = []

    async def open_window(server, **options):
        context = await browser.new_context(**options)
        window = Window(await context.new_page(), server.origin)
        windows.append(window)
        return window

    yield open_window
    complaints = [text for window in windows for text in window.complaints]
    for window in windows:
        loop.run_until_complete(window.page.context.close())
    assert complaints == []


@pytest.fixture(scope="session")
def screenshots():
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


@pytest.fixture(autouse=True)
def with_loop(loop):
    """Every test may be a coroutine."""
