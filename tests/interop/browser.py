"""A browser without a window, that opens pages from files and tells what it sees."""

from __future__ import annotations

import base64
import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from selenium import webdriver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

HERE = Path(__file__).parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PAPER = {"A4": (8.27, 11.69), "Letter": (8.5, 11.0)}  # in inches
_PATIENCE = 20.0
_FLAGS = (
    "--headless",
    "--no-sandbox",  # root has none, as in continuous integration
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: "tag", values: arguments[0]}}).then(
  found => done(found.violations.map(each => [each.id, each.nodes.map(node => node.html)])),
  error => done([["axe failed", String(error)]]));
"""


class Browser:
    """Chromium, as Debian installs it."""

    def __init__(self, folder: Path) -> None:
        """Start it with an empty profile in a folder; pages and downloads are in there, too."""
        chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
        assert chromium, "chromium is not installed"
        assert driver, "chromium-driver is not installed"
        self.folder = folder
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
        service = webdriver.ChromeService(driver)
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_script_timeout(120)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End it."""
        self.driver.quit()

    def show(self, page: str, *, width: int = 1280, scheme: str = "light") -> str:
        """Open a page in a window of some width and colours; give its address."""
        self.resize(width)
        asked = {"name": "prefers-color-scheme", "value": scheme}
        self.command("Emulation.setEmulatedMedia", features=[asked])
        file = self.folder / "page.html"
        file.write_text(page, "utf-8")
        self.driver.get("about:blank")
        list(self._events())
        self.driver.get(file.as_uri())
        return file.as_uri()

    def resize(self, width: int) -> None:
        """Make the window as wide as that; the page in it stays."""
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )

    def command(self, name: str, **given: object) -> dict[str, Any]:
        """Give a command of the DevTools protocol."""
        told: dict[str, Any] = self.driver.execute_cdp_cmd(name, given)
        return told

    def run(self, script: str, *given: object) -> Any:  # noqa: ANN401  # whatever the script gives
        """Run a script in the page."""
        return self.driver.execute_script(script, *given)

    def violations(self) -> list[list[object]]:
        """What axe says of the page: each rule that it breaks, with the elements."""
        self.run(AXE.read_text("utf-8"))
        found: list[list[object]] = self.driver.execute_async_script(_AXE, TAGS)
        return found

    def requests(self) -> tuple[list[str], list[str]]:
        """What was asked for since the page was shown, and what of it the policy refused."""
        sent: dict[str, str] = {}
        refused = []
        for method, told in self._events():
            if method == "Network.requestWillBeSent":
                sent[told["requestId"]] = told["request"]["url"]
            elif method == "Network.loadingFailed" and told.get("blockedReason") == "csp":
                refused.append(sent[told["requestId"]])
        return list(sent.values()), refused

    def _events(self) -> Iterator[tuple[str, dict[str, Any]]]:
        log: list[dict[str, str]] = self.driver.get_log("performance")  # type: ignore[no-untyped-call]  # selenium types it not
        for each in log:
            event = json.loads(each["message"])["message"]
            yield event["method"], event["params"]

    def printed(self, paper: str) -> bytes:
        """The page as a PDF."""
        width, height = PAPER[paper]
        told = self.command(
            "Page.printToPDF", paperWidth=width, paperHeight=height, preferCSSPageSize=True
        )
        return base64.b64decode(told["data"])

    def downloaded(self, selector: str) -> tuple[str, bytes]:
        """Click a link that gives a file; give its name and its octets."""
        folder = self.folder / "downloads"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self.command("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder))
        self.run("document.querySelector(arguments[0]).click()", selector)
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            done = [each for each in folder.iterdir() if each.suffix != ".crdownload"]
            if done and done[0].stat().st_size:
                return done[0].name, done[0].read_bytes()
            time.sleep(0.05)
        msg = f"nothing was downloaded by {selector}"
        raise TimeoutError(msg)
