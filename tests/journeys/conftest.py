import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from embedded.browser import find_browser
from tests.journeys.browser import FLAGS, Visitor
from tests.journeys.stack import Stack, running_stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("journeys")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Ends with its file: the driver's event loop would forbid the database to all tests that follow in the process."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Kein Chromium gefunden; in der CI ist das ein Fehler.")
        pytest.skip("Kein Chromium gefunden (Paket chromium oder Umgebungsvariable CHROMIUM).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_visitor(chromium: Browser, stack: Stack) -> Iterator[Callable[[], Visitor]]:
    """new_visitor() -> a Visitor with cookies of their own, speaking German; closed at the end of the test."""
    contexts = []
    folder = os.environ.get("JOURNEY_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)

    def arrive() -> Visitor:
        context = chromium.new_context(locale="de-DE", timezone_id="Europe/Berlin", reduced_motion="reduce")
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), stack.address, Path(folder) if folder else None)

    yield arrive
    for context in contexts:
        context.close()
