"""Dates: what is one, its value against the dateline, and what it is the date of."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.annotate.dates import find_dates, find_title_dates, resolve_phrase, settle_roles
from pipeline.annotate.dates.timexes import find_timexes
from pipeline.annotate.language import load
from pipeline.annotate.text import Text
from pipeline.dateline import find_dateline
from pipeline.records import Article, DateMention


def read(published: str, text: str, title: str = "", source: str = "reuters") -> Text:
    """A report parsed as the pipeline parses it."""
    line = find_dateline(text)
    article = Article(
        id="a", url="", source=source, title=title, text=text, published=published, zone=None, fetched_at=published,
        dateline=line,
    )  # fmt: skip
    nlp = load()
    doc = nlp.make_doc(text)
    doc._.text_begins = line.end if line else 0
    return Text(article=article, doc=nlp(doc), title=nlp(title))


def dates(published: str, text: str) -> tuple[DateMention, ...]:
    found = find_dates(read(published, text))
    assert all(text[d.start : d.end] == d.text for d in found)
    return found


VALUES = [
    # a day with its year, in every order
    ("2024-06-25", "The rules were issued on March 22, 2024.", "March 22, 2024", "2024-03-22"),
    ("2024-06-25", "The rules were issued on 22 March 2024.", "22 March 2024", "2024-03-22"),
    ("2024-06-25", "The rules were issued on the 22nd of March 2024.", "22nd of March 2024", "2024-03-22"),
    ("2024-06-25", "The rules were issued on 2024-03-22.", "2024-03-22", "2024-03-22"),
    # a day without its year: by tense, else the nearest
    ("2024-11-20", "The levy will take effect on Jan. 1.", "Jan. 1", "2025-01-01"),
    ("2024-11-20", "The ministry opened the case on Feb. 12.", "Feb. 12", "2024-02-12"),
    ("2025-01-10", "The panel met on Dec. 12.", "Dec. 12", "2024-12-12"),
    ("2024-10-09", "Graphite was put on the list as of Nov. 8.", "Nov. 8", "2024-11-08"),
    # years told by reference
    ("2024-06-25", "The bureau answered on Sept. 28 last year.", "Sept. 28 last year", "2023-09-28"),
    ("2025-11-19", "The act will apply from August next year.", "August next year", "2026-08"),
    ("2025-03-01", "Passed in October 2020, it took effect on Dec. 1 that year.", "Dec. 1 that year", "2020-12-01"),
    ("2024-06-25", "It counts sales since Jan. 1 of the current year.", "Jan. 1 of the current year", "--01-01"),
    # months
    ("2024-06-25", "A court threw the case out in October 2023.", "October 2023", "2023-10"),
    ("2024-06-25", "Lawmakers introduced the bill in May.", "May", "2024-05"),
    ("2024-06-25", "The president signed the order last August.", "last August", "2023-08"),
    ("2024-06-25", "Regulators will decide next March.", "next March", "2025-03"),
    ("2024-06-25", "He warned that November would be too late.", "November", "2024-11"),
    ("2024-06-25", "Late last month the bank cut its rate.", "Late last month", "2024-05"),
    ("2024-06-25", "The survey runs until mid-September.", "mid-September", "2024-09"),
    ("2024-06-25", "Firms must comply by the end of 2026.", "the end of 2026", "2026"),
    # weekdays
    ("2024-06-25", "The Treasury put the rule forward last Friday.", "last Friday", "2024-06-21"),
    ("2024-06-25", "The council agreed on Monday.", "Monday", "2024-06-24"),
    ("2024-06-25", "The council agreed on Tuesday.", "Tuesday", "2024-06-25"),
    ("2024-06-25", "The council will vote on Monday.", "Monday", "2024-07-01"),
    ("2024-06-25", "The new president takes office on Monday.", "Monday", "2024-07-01"),
    ("2024-06-25", "The court had ruled late Monday that the ban stands.", "Monday", "2024-06-24"),
    ("2024-06-25", "Markets were calm after Monday's decision.", "Monday", "2024-06-24"),
    # deictics and units
    ("2024-06-25", "The shop closed yesterday.", "yesterday", "2024-06-24"),
    ("2024-06-25", "The app will vanish tomorrow.", "tomorrow", "2024-06-26"),
    ("2024-07-02", "The envoy left last week.", "last week", "2024-06"),
    ("2024-12-06", "The club returns next month.", "next month", "2025-01"),
    ("2024-06-25", "The group grew quickly in the 2010s.", "the 2010s", "2010/2019"),
    ("2025-10-05", "Traders expect the duty to be lifted this fall.", "this fall", "2025"),
    ("2024-10-15", "He first saw the town last autumn.", "last autumn", "2023"),
    ("2019-12-06", "The phones will be ringing by New Year.", "New Year", "2020-01-01"),
    ("2024-11-20", "The shops close on Thanksgiving.", "Thanksgiving", "2024-11-28"),
    # quarters and halves
    ("2024-07-18", "Chip sales rose in the second quarter of 2024.", "the second quarter of 2024", "2024-04/2024-06"),
    ("2024-07-18", "Sales should slow in the third quarter.", "the third quarter", "2024-07/2024-09"),
    ("2025-03-17", "Figures come in the second half of the year.", "the second half of the year", "2025-07/2025-12"),
    ("2024-09-09", "Sales fell in the first two months of 2024.", "the first two months of 2024", "2024-01/2024-02"),
    ("2025-05-02", "Exports fell in Q1 2025.", "Q1 2025", "2025-01/2025-03"),
    # intervals
    ("2025-08-12", "The envoys met in Stockholm on July 28 and 29.", "July 28 and 29", "2025-07-28/2025-07-29"),
    ("2025-05-14", "The leader makes a May 13-16 tour of the Gulf.", "May 13-16", "2025-05-13/2025-05-16"),
    ("2025-08-12", "Trade shrank in the January-July period.", "January-July", "2025-01/2025-07"),
    ("2024-07-03", "Between 2014 and 2023 filings grew eightfold.", "2014 and 2023", "2014/2023"),
    ("2024-07-03", "The plan (2021-2025) sets a target.", "2021-2025", "2021/2025"),
]  # fmt: skip


@pytest.mark.parametrize(("published", "sentence", "text", "value"), VALUES)
def test_value(published: str, sentence: str, text: str, value: str) -> None:
    assert (text, value) in [(d.text, d.value) for d in dates(published, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Suppliers have 90 days to answer, and the review lasts six months.",
        "The committee meets every Monday.",
        "SenseNova 5.5 beats GPT-4 on most tests.",
        "Theresa May spoke to reporters.",
        "Firms may file a complaint.",
        "The screen shows 1080p video on a Boeing 737.",
        "Some 2,024 companies joined, up from 1,990 firms.",
        "The 44-year-old engineer waited a decade for it.",
        "A year later the same rule fell.",
        "Prices will spring back if wages fall.",
        "Made in China 2025 is the name of a plan.",
        "A Long March-2F rocket stood ready.",
        "The war film “1917” won again.",
        "They marched for a day and a half.",
        "The notice of 2025-02-30 was a misprint, as was February 30, 2025.",
    ],
)
def test_no_date(sentence: str) -> None:
    assert [d.text for d in dates("2024-06-25", sentence)] == []


ROLES = [
    ("2024-06-25", "OpenAI will block traffic from unsupported regions from July 9.", "July 9", "effective"),
    ("2024-06-25", "The tariff takes effect on Aug. 1.", "Aug. 1", "effective"),
    ("2024-06-25", "The law has been in force since June 2017.", "June 2017", "effective"),
    ("2024-06-25", "Canada has levied a surtax on such cars since October 1.", "October 1", "effective"),
    ("2024-06-25", "Starting Monday, exporters will need a licence.", "Monday", "effective"),
    ("2024-06-25", "The duties were meant to begin on Aug. 1.", "Aug. 1", "effective"),
    ("2024-06-25", "The fees have been on hold from 1 p.m. on Monday.", "Monday", "effective"),
    ("2024-06-25", "Comments are due by Aug. 4.", "Aug. 4", "deadline"),
    ("2024-06-25", "The operators must remove the parts by the end of 2026.", "the end of 2026", "deadline"),
    ("2024-06-25", "The two sides have until Sept. 10 to answer.", "Sept. 10", "deadline"),
    ("2024-06-25", "The permit expires on Oct. 31.", "Oct. 31", "expiry"),
    ("2024-06-25", "The ministry suspended the rule until November 10.", "November 10", "expiry"),
    ("2024-06-25", "The European Commission on Monday fined Apple 500 million euros.", "Monday", "announced"),
    ("2024-06-25", "The act was passed by parliament in May.", "May", "announced"),
    ("2024-06-25", "Trump's executive order of Jan. 23 barred such work.", "Jan. 23", "announced"),
    ("2024-06-25", "The commerce ministry said on Monday that it would add two firms.", "Monday", "announced"),
    ("2024-09-25", "Regulators ordered Apple to pay back taxes in August.", "August", "announced"),
    ("2024-06-25", "Yields reached the lowest level since June 3.", "June 3", "other"),
    ("2024-06-25", "An analyst said on Monday that prices would fall.", "Monday", "other"),
    (
        "2024-06-25",
        "China opposes the probe, a spokesperson for the ministry (MOFCOM) said on Monday.",
        "Monday",
        "other",
    ),
    ("2024-06-25", "The trade talks opened on Monday.", "Monday", "other"),
    ("2024-06-25", "Exports rose from 2020 by a tenth.", "2020", "other"),
    ("2024-06-25", "The company expects a third plant by 2030.", "2030", "other"),
    ("2024-06-25", "As of June, 79 percent of the people were online.", "June", "other"),
    ("2024-06-25", "China had licensed more than 1,900 firms by the end of March.", "the end of March", "other"),
    ("2025-12-20", "Peru has barred the firm from selling some of its drones since 2019.", "2019", "effective"),
    ("2025-12-20", "It bolsters a data law implemented last September.", "last September", "effective"),
    ("2025-12-20", "Levies on chips are due to double to 50 percent on January 1.", "January 1", "effective"),
    ("2025-12-20", "Peru published rules, due to start on Jan. 9, on drones.", "Jan. 9", "effective"),
    (
        "2025-12-20",
        "Peru outlawed the app, having suspended it the previous summer.",
        "the previous summer",
        "announced",
    ),
    ("2025-12-20", "The agency used its powers last April to order them to leave.", "last April", "announced"),
    ("2025-12-20", "Peru asked for talks, according to a statement by the ministry on Monday.", "Monday", "announced"),
    ("2025-12-20", "The court had unanimously let the law stand on Nov. 17.", "Nov. 17", "announced"),
    ("2025-12-20", "Meta cut off users on Nov. 9, after a warning on Oct. 24.", "Oct. 24", "other"),
]


@pytest.mark.parametrize(("published", "sentence", "text", "role"), ROLES)
def test_role(published: str, sentence: str, text: str, role: str) -> None:
    assert (text, role) in [(d.text, d.role) for d in dates(published, sentence)]


def test_dateline_is_the_anchor() -> None:
    """The desk wrote on Friday in Washington; the page appeared on Saturday in UTC."""
    text = "WASHINGTON, Jan 17 (Reuters) - The court ruled on Friday. The ban starts on Sunday."
    found = dates("2025-01-18T03:35:00Z", text)
    assert [(d.text, d.value, d.role) for d in found] == [
        ("Jan 17", "2025-01-17", "published"),
        ("Friday", "2025-01-17", "announced"),
        ("Sunday", "2025-01-19", "effective"),
    ]


def test_local_day_is_the_anchor_without_a_dateline() -> None:
    text = read("2025-01-17T22:00:00Z", "The ministry issued the list today.")
    assert [d.value for d in find_dates(text)] == ["2025-01-17"]


def test_fiscal_quarters_have_no_value() -> None:
    found = dates("2024-11-20", "Revenue in the three months to Oct. 27 rose. It sees a weak fourth quarter.")
    assert [(d.text, d.value) for d in found] == [("Oct. 27", "2024-10-27"), ("fourth quarter", None)]


def test_day_and_month_by_outlet() -> None:
    american = find_dates(read("2024-07-01", "It ends on 9/7/2024.", source="reuters"))
    european = find_dates(read("2024-07-01", "It ends on 9/7/2024.", source="wipo"))
    unmistakable = find_dates(read("2024-07-01", "It ends on 19/7/2024.", source="reuters"))
    assert [d.value for d in american] == ["2024-09-07"]
    assert [d.value for d in european] == ["2024-07-09"]
    assert [d.value for d in unmistakable] == ["2024-07-19"]


def test_precision_and_basis() -> None:
    found = dates(
        "2024-06-25", "It met on May 3, 2024, on May 9 and last week, in the spring of 2023 and in the 1990s."
    )
    assert [(d.precision, d.basis) for d in found] == [
        ("day", "explicit"), ("day", "defaulted"), ("week", "relative"), ("season", "explicit"), ("decade", "explicit"),
    ]  # fmt: skip


ROLES_OF_EVENTS = [
    ("2024-07-09", "The firm aims to build 400 plants by the end of 2031.", "the end of 2031", "deadline"),
    ("2024-07-09", "The state is on course for its 2035 emissions target.", "2035", "deadline"),
    ("2024-07-09", "Norway has banned exports of the chips to Iran since 2019.", "2019", "effective"),
    ("2024-07-09", "The price hit a peak of 900 dollars on Monday.", "Monday", "other"),
    ("2024-07-09", "The celebration began on Monday.", "Monday", "other"),
    ("2024-07-09", "The ministry began an inquiry into the firm on Monday.", "Monday", "announced"),
    ("2024-07-09", "It was her third attempt since February.", "February", "other"),
]


@pytest.mark.parametrize(("published", "sentence", "text", "role"), ROLES_OF_EVENTS)
def test_what_happens_is_no_act_and_a_goal_is_a_deadline(published: str, sentence: str, text: str, role: str) -> None:
    assert (text, role) in [(d.text, d.role) for d in dates(published, sentence)]


@pytest.mark.parametrize(
    "sentence",
    ["He spoke to USA TODAY of the plan.", "A report of Russia Today was cited.", "Two factors are behind the fall."],
)
def test_names_and_falls_are_no_dates(sentence: str) -> None:
    assert list(dates("2024-07-09", sentence)) == []


def test_the_months_of_a_fiscal_year_told_by_reference_are_not_known() -> None:
    (found,) = dates("2024-07-09", "The office will get four million in the current financial year.")
    assert found.value is None


def test_court_filings_lie_before_the_report() -> None:
    (found,) = dates("2024-07-10", "The envoy would be immune from the suit, according to court filings Friday.")
    assert found.value == "2024-07-05"


def test_a_rule_in_force_is_told_without_an_act() -> None:
    (found,) = settle_roles(dates("2024-07-09", "Pubs can be fined under new regulations coming into force today."), ())
    assert found.role == "effective"


def test_no_act_no_role() -> None:
    text = "LONDON, Dec 6 (Reuters) - The club announced on Friday that it had signed a striker."
    settled = settle_roles(dates("2019-12-06", text), ())
    assert [(d.text, d.role) for d in settled] == [("Dec 6", "published"), ("Friday", "other")]


def test_title_dates_have_offsets_into_the_title() -> None:
    text = read("2024-06-25", "A firm wrote to users.", title="Firm to cut off access in China from July 9")
    (found,) = find_title_dates(text)
    assert (text.article.title[found.start : found.end], found.value, found.role) == (
        "July 9",
        "2024-07-09",
        "effective",
    )


@pytest.mark.parametrize(
    ("phrase", "read_as"),
    [
        ("in the first half of the year", ("2024-01/2024-06", "half")),
        ("2023", ("2023", "year")),
        ("last year", ("2023", "year")),
        ("as of the end of March", ("2024-03", "month")),
        ("on the whole", None),
        ("", None),
    ],
)
def test_resolve_phrase(phrase: str, read_as: tuple[str, str] | None) -> None:
    assert resolve_phrase(phrase, date(2024, 6, 25)) == read_as


def test_durations_and_sets_are_kept_apart() -> None:
    doc = load()("Firms have 90 days to answer; a two-year review meets every month, as it did a year ago.")
    found = [(t.text, t.type, t.value) for t in find_timexes(doc, date(2024, 6, 25))]
    assert found == [
        ("90 days", "DURATION", "P90D"), ("two-year", "DURATION", "P2Y"),
        ("every month", "SET", "P1M"), ("a year ago", "DATE", "2023"),
    ]  # fmt: skip


PARTS = st.sampled_from(
    ["May", "Feb. 30", "2025", "last", "the", "end of", "Monday", "by", "31", "/", "-", "–", "'90s", "fiscal", "Q4",
     "quarter", "New Year", "\n\n", "  ", "(", "9999", "0", "İ", "year", "ago", "in", "to", "and", "from", ",", "."]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS, max_size=25).map(" ".join) | st.text(max_size=60), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_never_crashes(text: str, day: date) -> None:
    found = find_dates(read(day.isoformat(), text, title=text[:30]))
    assert [text[d.start : d.end] for d in found] == [d.text for d in found]
    assert all(a.end <= b.start for a, b in pairwise(found))
    resolve_phrase(text, day)


@pytest.mark.parametrize("piece", ["1", " ", "May ", "the last ", "the end of ", "1/1/", "2014 and ", "May 5, ", "'90"])
def test_time_is_linear_in_the_text(piece: str) -> None:
    """A long run of one piece is scanned at a rate far from any explosion."""
    from pipeline.annotate.dates.grammar import matches, triggers_in

    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    sum(1 for _ in matches(text, triggers_in(text)))
    assert time.process_time() - begun < 3
