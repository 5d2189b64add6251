"""One browser and one JupyterLab for all of these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browsing import OPTIONS, SCREENSHOTS, Lab, chromium, needed, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    playwright = needed("playwright.sync_api")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=OPTIONS.split())
        yield browser
        browser.close()


@pytest.fixture
def page(browser) -> Iterator[Page]:
    with watched(browser) as page:
        yield page


@pytest.fixture(scope="session")
def lab(tmp_path_factory) -> Iterator[Lab]:
    needed("jupyterlab")
    server = Lab(tmp_path_factory.mktemp("lab"))
    yield server
    server.stop()
