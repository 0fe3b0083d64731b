"""A visitor in a real Chromium; every page looked at is scanned at both widths."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response

from tests.journeys.stack import ROOT

AXE = ROOT / "tests" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, as rule and place; evaluated outside the page's CSP by the debugger."""
    result: dict[str, Any] = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{rule['id']}: {node['target']}" for rule in result["violations"] for node in rule["nodes"]]


@dataclass
class Visitor:
    """One person at one browser. `look` is called on every page of a story."""

    page: Page
    address: str
    pictures: Path | None = None

    def go(self, path: str) -> Response | None:
        response = self.page.goto(path if path.startswith("http") else self.address + path)
        self.look()
        return response

    def look(self) -> None:
        """No accessibility violation and no sideways scrolling, on a phone and on a desk."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)  # type: ignore[arg-type]
            where = f"{self.page.url} at {size['width']} px"
            found = violations(self.page)
            assert found == [], "\n".join([where, *found])
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{where} scrolls sideways by {wide} px"
            if self.pictures:
                self.take_picture(size["width"])

    def take_picture(self, width: int) -> None:
        assert self.pictures
        number = len(list(self.pictures.iterdir()))
        name = self.page.url.split("//")[-1].split("/", 1)[-1].strip("/").replace("/", "_")[:60] or "home"
        self.page.screenshot(path=self.pictures / f"{number:03d}-{name}-{width}.png", full_page=True)

    def press(self, name: str) -> None:
        """Press a button by its words, and look at what comes."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.look()

    def follow(self, name: str) -> None:
        self.page.locator("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def sees(self, text: str) -> None:
        assert text in self.page.locator("body").inner_text(), f"{text!r} is not on {self.page.url}"

    def sign_in(self, email: str, password: str) -> None:
        self.go("/konto/login/")
        self.page.get_by_label("E-Mail", exact=True).fill(email)
        self.page.get_by_label("Passwort", exact=True).fill(password)
        self.page.locator("main form button[type=submit]").first.click()
        self.page.wait_for_load_state()
        assert "/konto/login" not in self.page.url, self.page.locator("main").inner_text()
        self.look()
        if "/2fa/authenticate/" in self.page.url:
            self.type_shown_code()

    def type_shown_code(self) -> None:
        """The demonstration says itself what the app of an invented person shows."""
        self.page.get_by_label("Code", exact=True).fill(self.page.locator(".alert strong").inner_text())
        self.press("Anmelden")
