"""The texts of the sample press: enough of them, complete, and each url told once."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from pipeline.press import SampleError, SampleReport, reports, sites


def test_there_are_sixty_reports_of_five_sources(newest: dict[str, SampleReport]) -> None:
    counts = Counter(report.source for report in newest.values())
    assert set(counts) == {"bloomberg", "global_times", "reuters", "wipo", "xinhua"}
    assert sum(counts.values()) >= 60


def test_no_two_reports_share_a_url_and_a_version() -> None:
    seen = Counter((report.url, report.version) for report in reports())
    assert max(seen.values()) == 1


@pytest.mark.parametrize("report", reports(), ids=lambda r: r.path)
def test_a_report_is_complete_and_dated_in_the_sample_weeks(report: SampleReport) -> None:
    assert report.title
    assert report.summary
    assert report.section
    assert "2024-06-10" <= report.day <= "2024-07-21"
    assert len(report.paragraphs) >= 4
    assert report.language == "zh" or 140 <= len(report.text.split()) <= 400
    assert (report.zone is None) == (report.source == "wipo") == (len(report.published) == 10)
    assert report.changed is None or report.changed > report.moment
    assert not re.search(r"\]\(http|^#|\*\*", report.text)


def test_front_matter_with_a_fault_is_refused_by_name(tmp_path: Any) -> None:
    folder = tmp_path / "daily"
    (folder / "reports").mkdir(parents=True)
    (folder / "site.yml").write_text("{name: Daily, hosts: [daily.example], routes: [], sections: {}}")
    report = folder / "reports" / "one.md"
    report.write_text("---\nurl: /a\ntitle: A\npublished: 2024-07-01T08:00:00\nsection: a\nsummary: a\n---\nText.\n")
    with pytest.raises(SampleError, match=r"one\.md.*offset"):
        list(sites(tmp_path))
