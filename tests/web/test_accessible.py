"""What a reader with a keyboard or a screen reader needs: landmarks, headings, names, contrast."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from lxml import html

from pipeline import steps
from tests.web import press
from tests.web.conftest import Get
from tests.web.test_pages import PAGES

CSS = (steps.ROOT / "web" / "static" / "dateline.css").read_text()
OURS = [path for path in PAGES if not path.startswith("/dateline")]
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
)
READ_ON = {
    "paper": ("ink", "soft", "accent", "good", "warn", "bad", "quote"),
    "raised": ("ink", "soft", "accent"),
    "entity": ("ink", "quote"),
    "date": ("ink", "quote"),
    "figure": ("ink", "quote"),
    "act": ("ink", "quote"),
    "accent": ("paper",),
}


@pytest.fixture(params=[*OURS, "an act", "nothing"])
def page(request: pytest.FixtureRequest, get: Get, block: str) -> html.HtmlElement:
    named = {"an act": f"/acts/{block}", "nothing": "/acts/nothing"}
    return html.fromstring(get(named.get(request.param, request.param)).text)


def test_the_page_has_its_landmarks(page: html.HtmlElement) -> None:
    assert page.get("lang") == "en"
    for landmark in ("//main", "//h1", "/html/body/header", "/html/body/footer", "/html/head/title[text()]"):
        assert len(page.xpath(landmark)) == 1, landmark
    assert page.xpath("//a[@href='#content']")


def test_headings_descend_by_one(page: html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_references_lead_somewhere(page: html.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = [name for names in page.xpath("//@aria-labelledby | //label/@for") for name in names.split()]
    assert set(named) <= set(ids)


def test_every_control_link_and_region_has_a_name(page: html.HtmlElement) -> None:
    for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        label = page.xpath(f"//label[@for='{control.get('id')}']") or control.xpath("ancestor::label")
        assert control.get("aria-label") or label, html.tostring(control)
    for link in page.xpath("//a | //button"):
        assert link.text_content().strip(), html.tostring(link)
    for landmark in ("nav", "aside"):
        assert all(part.get("aria-label") for part in page.xpath(f"//{landmark}"))


def test_no_page_of_ours_needs_a_script_or_a_style_of_its_own(page: html.HtmlElement) -> None:
    assert not page.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]")


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ground", "ink"), [(g, i) for g, inks in READ_ON.items() for i in inks])
def test_text_stands_out_by_4_5_to_1(theme: dict[str, str], ground: str, ink: str) -> None:
    bright, dim = sorted((luminance(theme[ground]), luminance(theme[ink])), reverse=True)
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


def test_an_article_can_be_read_without_marks(get: Get) -> None:
    page = html.fromstring(get(f"/articles/{press.FIRST.id}").text)
    switches = page.xpath("//input[@class='switch']/@id")
    assert {"show-act", "show-entity", "show-date", "show-quote"} == set(switches)
    assert all(f"#{switch}:not(:checked)" in CSS for switch in switches)
