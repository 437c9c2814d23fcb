"""Reviewers sign in, judge an act from its page, and win; nobody else can, and by default nobody."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from pipeline import serving
from pipeline.store import database_path
from tests.web.conftest import Get, started

PASSWORD = "a password of the test"  # noqa: S105 - of no real site
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def own(site_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Datasette:
    monkeypatch.setenv("DATELINE_REVIEW_PASSWORD", PASSWORD)
    shutil.copy(database_path(site_data), database_path(tmp_path))
    return started(serving.datasette_arguments(tmp_path))


class Visitor:
    """A browser without a screen: it keeps its cookies and fills in the forms it is given."""

    def __init__(self, site: Datasette) -> None:
        self.site, self.cookies = site, httpx.Cookies()

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self._keep(asyncio.run(self.site.client.get(path, cookies=self.cookies, **options)))

    def post(self, path: str, **values: str) -> httpx.Response:
        return self._keep(asyncio.run(self.site.client.post(path, data=values, cookies=self.cookies)))

    def fill(self, page: str, path: str, **values: str) -> httpx.Response:
        token = re.search(r'name="csrftoken" value="([^"]+)"', self.get(page).text)
        assert token
        return self.post(path, csrftoken=token[1], **values)

    def sign_in(self, password: str = PASSWORD) -> httpx.Response:
        return self.fill("/sign-in", "/sign-in", name="Ann", password=password, next="/")

    def _keep(self, answer: httpx.Response) -> httpx.Response:
        self.cookies.update(answer.cookies)
        return answer


@pytest.fixture
def visitor(own: Datasette) -> Visitor:
    return Visitor(own)


def listed(visitor: Visitor, words: str) -> bool:
    return words in visitor.get("/acts").text


def test_a_reviewer_rejects_an_act_and_takes_it_back(visitor: Visitor, block: str) -> None:
    assert "Your review" not in visitor.get(f"/acts/{block}").text
    assert visitor.sign_in().status_code == 302
    page = f"/acts/{block}"
    assert visitor.fill(page, f"{page}/review", verdict="rejected", note="told twice").status_code == 303
    assert not listed(visitor, "OpenAI blocks API traffic")
    shown = visitor.get(page).text
    assert "A reviewer rejected this act" in shown
    assert "Rejected</strong> by Ann" in shown
    assert "told twice" in shown
    visitor.fill(page, f"{page}/review", verdict="accepted")
    assert listed(visitor, "OpenAI blocks API traffic")


def test_a_correction_shows_at_once_and_says_why(visitor: Visitor, block: str) -> None:
    visitor.sign_in()
    page = f"/acts/{block}"
    answer = visitor.fill(page, f"{page}/review", verdict="corrected", effective_on="2024-07-10", type="restrict")
    assert answer.status_code == 303
    shown = visitor.get(page).text
    assert "OpenAI restricts API traffic from China" in shown
    assert "July 10, 2024" in shown
    row = visitor.get("/dateline/reviews.json?_shape=array&act=" + block).json()[0]
    assert row["verdict"] == "corrected"
    found = visitor.get("/dateline/reviewed_precision.json?_shape=array").json()
    assert {r["type"]: (r["reviewed"], r["right_as_read"]) for r in found} == {
        "all": (2, 0.5),
        "ban/block": (1, 0.0),
        "propose": (1, 1.0),
    }


@pytest.mark.parametrize("values", [{"effective_on": "soon"}, {"type": "x"}, {"actor": ""}, {}])
def test_what_cannot_be_right_is_told(visitor: Visitor, block: str, values: dict[str, str]) -> None:
    visitor.sign_in()
    assert visitor.fill(f"/acts/{block}", f"/acts/{block}/review", verdict="corrected", **values).status_code == 400


def test_a_program_signs_in_with_a_bearer_token(own: Datasette, block: str) -> None:
    def said(token: str) -> int:
        headers = {"authorization": f"Bearer {token}"}
        path = f"/acts/{block}/review"
        sent = own.client.post(path, data={"verdict": "rejected"}, headers=headers)
        return asyncio.run(sent).status_code

    assert said("wrong") == 403
    assert said(PASSWORD) == 303


def test_a_form_of_another_site_is_refused(visitor: Visitor, block: str) -> None:
    visitor.sign_in()
    assert visitor.post(f"/acts/{block}/review", verdict="rejected").status_code == 403
    assert listed(visitor, "OpenAI blocks API traffic")


def test_strangers_and_wrong_passwords_change_nothing(visitor: Visitor, block: str, monkeypatch: Any) -> None:
    assert visitor.sign_in("wrong").status_code == 403
    token = re.search(r'csrftoken" value="([^"]+)', visitor.get("/sign-in").text)
    assert token
    assert visitor.post(f"/acts/{block}/review", csrftoken=token[1], verdict="rejected").status_code == 403
    assert listed(visitor, "OpenAI blocks API traffic")


@pytest.mark.parametrize("way", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
def test_signing_in_leads_to_no_other_site(visitor: Visitor, way: str) -> None:
    answer = visitor.fill("/sign-in", "/sign-in", name="Ann", password=PASSWORD, next=way)
    assert answer.headers["location"] == "/"


def test_without_a_password_nobody_reviews(get: Get, block: str) -> None:
    assert get("/sign-in").status_code == 404
    assert "Sign in" not in get(f"/acts/{block}").text


def test_an_old_address_leads_to_the_act(get: Get) -> None:
    answer = get("/acts/0123456789ab")
    assert answer.status_code == 301
    assert get(answer.headers["location"]).status_code == 200
