"""A browser on which nothing may go wrong, and a JupyterLab of its own."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import NoReturn

    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
SCREENSHOTS = ROOT / "target" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --force-color-profile=srgb"
)
PATIENCE = 120  # seconds for JupyterLab to start, and for a notebook to run
SETTINGS = {  # files of JupyterLab's settings: nothing is asked of the network, nothing covers the page
    "config/jupyter_server_config.json": {"ServerApp": {"jpserver_extensions": {"jupyter_lsp": True}}},
    "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    "settings/@jupyterlab/extensionmanager-extension/plugin.jupyterlab-settings": {"enabled": False},
}


def missing(what: str) -> NoReturn:
    """A test that cannot run is skipped on a desk, and fails in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


def chromium() -> str:
    """The browser's program."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    return program or missing("Chromium is not installed: apt-get install --no-install-recommends chromium fonts-dejavu-core")


def needed(module: str) -> ModuleType:
    """A module of the extra `test`."""
    found = importlib.util.find_spec(module.partition(".")[0])
    return importlib.import_module(module) if found else missing(f"{module} is not installed: pip install 'framescope[test]'")


@contextmanager
def watched(browser: Browser, **options) -> Iterator[Page]:
    """A page on which nothing may go wrong: no request leaves the machine, no error is logged, no dialog opens."""
    page = browser.new_page(**{"viewport": {"width": 1000, "height": 900}, **options})
    faults: list[str] = []
    page.on("request", lambda request: faults.append(request.url) if not local(request.url) else None)
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    page.close()
    assert not faults, faults


def local(url: str) -> bool:
    """Whether an address is on this machine."""
    return url.startswith(("file:", "data:", "blob:", "about:", "http://127.0.0.1:", "ws://127.0.0.1:"))


class Lab:
    """A JupyterLab server of its own: own settings, own folder, no password, only for this machine."""

    def __init__(self, home: Path) -> None:
        for name, settings in SETTINGS.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(settings), encoding="utf-8")
        application = Path(needed("jupyterlab").__file__).parents[4] / "share" / "jupyter" / "lab"
        self.folder = home / "notebooks"
        self.folder.mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        places = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
        }
        places |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "HOME": "."}
        command = [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
            *(
                f"--ServerApp.port={self.port}",
                "--ServerApp.port_retries=0",
                "--IdentityProvider.token=",
                f"--app-dir={application}",
            ),
            *(f"--ServerApp.root_dir={self.folder}", "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"),
            "--LabApp.extension_manager=readonly",
        ]
        self.log = home / "server.log"
        with self.log.open("wb") as log:
            environment = {**os.environ, **{name: str(home / place) for name, place in places.items()}}
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        self.wait()

    def wait(self) -> None:
        """Until it answers."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        pytest.fail(f"JupyterLab did not start:\n{self.log.read_text(encoding='utf-8')[-2000:]}")

    def stop(self) -> None:
        """The server and its kernels; told once politely."""
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def run(self, page: Page, notebook: str) -> None:
        """Opens a notebook of the folder and runs it from top to bottom; an error in a cell is an error here."""
        page.goto(f"{self.address}/lab/tree/{notebook}?reset", wait_until="domcontentloaded")
        page.wait_for_function("() => window.jupyterapp?.shell.currentWidget?.context?.path")
        page.evaluate(RUN_ALL, PATIENCE * 1000)
        errors = page.evaluate(ERRORS)
        assert not errors, (notebook, errors)


RUN_ALL = """patience => {
  const app = window.jupyterapp, panel = app.shell.currentWidget;
  const run = async () => {
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.sessionContext.session.kernel.info;
    await app.commands.execute('notebook:run-all-cells');
  };
  const late = new Promise((_, fail) => setTimeout(() => fail('the kernel did not finish in time'), patience));
  return Promise.race([run(), late]);
}"""
ERRORS = """() => window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells
  .flatMap(cell => (cell.toJSON().outputs ?? []).filter(output => output.output_type === 'error'))
  .map(output => output.ename + ': ' + output.evalue)"""


def access_faults(page: Page, within: str = ".framescope") -> list[str]:
    """What axe-core calls serious or critical in our own part of a page."""
    axe = needed("axe_playwright_python.sync_playwright").Axe()
    violations = axe.run(page, context=within).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html']}" for fault in violations if fault["impact"] in {"serious", "critical"}]
