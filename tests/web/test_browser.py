"""The site in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.web import press

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
ARTICLE = f"/articles/{press.FIRST.id}"
OURS = ["/", "/acts", "/acts/BLOCK", ARTICLE, f"/entities/{press.OPENAI}", f"/stories/{press.STORIES[0].id}"]
OURS += ["/stories", "/calendar?since=2024-07-01", "/charts", "/digests", "/search?q=api+traffic", "/sources/reuters"]
OURS += ["/sources", "/figures", "/digests/2024-W28"]
THEIRS = ["/dateline/entities/Q148", "/dateline/actions", "/dateline/changed_since?since=2024-07-01"]
EDITORS = ["/dateline", "/dateline?sql=select+1"]  # Datasette's editor of SQL hides a box without a name
NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

Open = Callable[[str], Page]


@pytest.fixture(scope="module")
def address(site_data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "pipeline.cli", "serve", "--data", str(site_data), "--port", port]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        for _ in range(150):
            try:
                httpx.get(f"http://127.0.0.1:{port}/-/versions.json")
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.fixture
def open_(page: Page, address: str, block: str) -> Open:
    def opened(path: str) -> Page:
        page.goto(address + path.replace("BLOCK", block))
        return page

    return opened


def test_a_reader_searches_filters_and_reads(open_: Open) -> None:
    page = open_("/")
    page.get_by_label("Search acts, articles and entities").fill("API traffic")
    page.get_by_role("button", name="Search").click()
    hits = page.locator(".hits li")
    expect(hits).to_have_count(3)
    page.get_by_role("combobox", name="Outlet").select_option("Global Times")
    page.get_by_role("button", name="Search").click()
    expect(hits).to_have_count(1)
    facets = page.get_by_role("complementary", name="Narrow the search")
    facets.get_by_role("link", name="Outlet: all again").click()
    expect(hits).to_have_count(3)
    facets.get_by_role("link", name="Global Times").click()
    expect(hits).to_have_count(1)
    hits.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(press.SECOND.title)
    page.get_by_role("link", name="OpenAI blocks API traffic from China").click()
    expect(page.get_by_role("heading", name="On whose word")).to_be_visible()
    page.get_by_role("link", name=press.FIRST.title).first.click()
    expect(page.locator(":target")).to_have_class("in-act")
    expect(page.locator(":target")).to_be_in_viewport()


def test_the_marks_can_be_switched_off(open_: Open) -> None:
    page = open_(ARTICLE)
    name = page.locator(".text .entity").first
    ground = "element => getComputedStyle(element).backgroundColor"
    assert name.evaluate(ground) != "rgba(0, 0, 0, 0)"
    page.locator(".legend").get_by_text("Names").click()
    assert name.evaluate(ground) == "rgba(0, 0, 0, 0)"


def test_the_keyboard_is_enough(open_: Open) -> None:
    page = open_("/acts")
    focused = page.locator(":focus")
    page.keyboard.press("Tab")
    expect(focused).to_have_text("Skip to content")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(focused).to_have_attribute("name", "type")
    page.keyboard.type("ban")  # a list chooses by its letters
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"type=ban"))
    expect(page.locator("li.act")).to_have_count(1)
    assert page.locator("li.act a").first.evaluate("link => { link.focus(); return link.matches(':focus') }")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("OpenAI blocks")


def test_switches_are_worked_by_keyboard(open_: Open) -> None:
    page = open_(ARTICLE)
    switch = page.get_by_label("Mark dates")
    switch.focus()
    page.keyboard.press("Space")
    assert not switch.is_checked()


@pytest.mark.parametrize("path", [*OURS, *THEIRS, *EDITORS])
def test_a_phone_needs_no_scrolling_sideways_and_refuses_nothing(path: str, page: Page, open_: Open) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    open_(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert said == []


def violations(page: Page, *rules: str) -> list[tuple[str, list[str]]]:
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    found = Axe().run(page, options=options).response["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize("path", [*OURS, *THEIRS])
def test_axe_finds_nothing(path: str, page: Page, open_: Open) -> None:
    open_(path)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, "color-contrast") == []


def test_axe_would_find_something(page: Page) -> None:
    page.set_content('<html><body><img src="x"><input></body></html>')
    assert {"image-alt", "label", "html-has-lang"} <= {rule for rule, _ in violations(page)}


def test_dark_is_dark(page: Page, open_: Open) -> None:
    page.emulate_media(color_scheme="dark")
    open_("/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(int(part) < 60 for part in re.findall(r"\d+", ground)[:3])


def test_a_script_of_somebody_else_is_refused(page: Page, address: str) -> None:
    """The check above can fail: the same policy with a script that is none of ours."""
    policy = httpx.get(address).headers["content-security-policy"].replace("frame-ancestors 'none'", "")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_content(f'<meta http-equiv="Content-Security-Policy" content="{policy}"><script>alert(1)</script>')
    assert any("Content Security Policy" in text for text in said)
