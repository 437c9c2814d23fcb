"""What visitors may do to the site: no text is trusted, no question runs for long, each power has a setting."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline import publish, serving
from tests.web import press
from tests.web.conftest import Get, asking, started
from tests.web.test_pages import PAGES


def test_without_sql_for_visitors_no_list_leads_to_it(site_data: Path) -> None:
    get = asking(started([*serving.datasette_arguments(site_data), "--setting", "default_allow_sql", "off"]))
    assert ">JSON</a>" in get("/acts").text
    assert "sql=" not in get("/acts").text
    assert get("/dateline.json?sql=select+1").status_code == 403
    assert get("/dateline/changed_since.json?since=2024-06-01&_shape=array").json()


@pytest.mark.parametrize(("setting", "status"), [("off", 403), ("on", 200)])
def test_the_database_can_be_downloaded_by_one_setting(
    setting: str, status: int, site_data: Path, tmp_path: Path
) -> None:
    release = publish.publish(site_data, tmp_path)
    arguments = serving.datasette_arguments(release, immutable=True)
    get = asking(started([*arguments, "--setting", "allow_download", setting]))
    assert get("/dateline.db").status_code == status


def test_untrusted_text_is_shown_as_text(get: Get) -> None:
    page = get(f"/articles/{press.HOSTILE.id}").text
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>notice" not in page
    assert 'href="javascript:' not in page
    for path in ("/", "/acts", "/search?q=notice", "/dateline/articles", f"/entities/{press.CHINA}"):
        shown = get(path).text
        assert "<script>alert" not in shown
        assert "<b>notice" not in shown
        assert 'href="javascript:' not in shown


HOSTILE = ["'", '"', "%00", "a%00b", "*", "NEAR(", "AND OR NOT", "a:b", "-", "<script>", "%ff%fe", "..%2f", "x" * 5000]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_parameters_never_break_a_page(value: str, get: Get) -> None:
    paths = [f"/search?q={value}", f"/search?q=a&source={value}&since={value}&type={value}&page={value}"]
    paths += [f"/acts?type={value}&before={value}", f"/calendar?since={value}&jurisdiction={value}"]
    paths += [f"/{kind}/{value}" for kind in ("acts", "articles", "entities", "figures", "stories", "sources")]
    paths += [f"/figures?q={value}&disputed={value}", f"/search?q=China&source={value}"]
    paths += [f"/dateline/figures_on?text={value}", f"/dateline/articles?_search={value}"]
    paths += [f"/dateline/acts_by_actor?actor={value}", f"/calendar.ics?since={value}"]
    for path in paths:
        assert get(path).status_code < 500, path


@pytest.mark.parametrize(
    "path", [*PAGES, "/dateline", "/dateline/acts_by_actor", "/calendar.ics", "/acts/nothing", "/x"]
)
def test_every_answer_carries_the_policy(path: str, get: Get) -> None:
    policy = get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


def test_sql_is_bounded(get: Get) -> None:
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    assert get(f"/dateline.json?sql={quote(slow)}").status_code == 400
    assert get("/dateline.json?sql=" + quote("select '" + "x" * 21_000 + "'")).status_code == 400
    assert get("/dateline.json?sql=" + quote("select length(zeroblob(500000000))")).status_code == 400
