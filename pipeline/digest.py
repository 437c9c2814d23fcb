"""One week -> a digest: what is new, what changed, what is coming, who said what. Markdown and HTML.

The digest of a past week knows nothing of what was reported after it: every query ends with the week.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import nh3
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from sqlite_utils import Database

from pipeline.lifecycle import status_on
from pipeline.store import digest as rows

TEMPLATES = Path(__file__).resolve().parent.parent / "web" / "templates" / "digest"
HORIZON = timedelta(weeks=8)  # how far ahead coming dates are listed
IN_SHORT = 5


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday; ``name`` as ISO 8601 writes it, ``2024-W28``."""

    first: date

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def name(self) -> str:
        year, week, _ = self.first.isocalendar()
        return f"{year}-W{week:02}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as the week's readers knew it, with the reports behind it and why it ranks where it does."""

    id: str
    title: str
    sentence: str
    status: str
    jurisdiction: str | None
    type: str
    effective_on: str | None
    story: str | None
    reports: tuple[rows.Report, ...]
    score: float

    @property
    def outlets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.outlet for r in self.reports))


@dataclass(frozen=True, slots=True)
class Digest:
    """Everything the templates show; empty parts are left out there."""

    week: Week
    in_short: tuple[Entry, ...]
    new: tuple[tuple[str, tuple[Entry, ...]], ...]  # by jurisdiction
    coming: tuple[rows.Coming, ...]
    figures: tuple[rows.Figure, ...]
    quotes: tuple[rows.Said, ...]
    stories: tuple[rows.Told, ...]
    sources: tuple[rows.Count, ...]


def parse_week(name: str) -> Week:
    """``2024-W28`` -> its week. Raises ValueError saying what a week looks like."""
    try:
        return Week(date.fromisoformat(f"{name}-1"))
    except ValueError:
        raise ValueError(f"{name!r} is no ISO week; write it like 2024-W28") from None


def compose(db: Database, week: Week) -> Digest:
    """The digest of one week from the database, as of the week's last day."""
    entries = sorted((_entry(act, week) for act in rows.acts(db, week.last)), key=lambda e: (-e.score, e.id))
    new = [e for e in entries if e.reports[0].day >= week.first.isoformat()]
    places = sorted({e.jurisdiction or "elsewhere" for e in new})
    return Digest(
        week=week,
        in_short=tuple(new[:IN_SHORT]),
        new=tuple((p, tuple(e for e in new if (e.jurisdiction or "elsewhere") == p)) for p in places),
        coming=tuple(rows.coming(db, week.last, week.last + HORIZON)),
        figures=tuple(rows.figures(db, week.first, week.last)),
        quotes=tuple(rows.quotes(db, week.first, week.last)),
        stories=tuple(rows.stories(db, week.first, week.last)),
        sources=tuple(rows.sources(db, week.first, week.last)),
    )


def _entry(act: rows.Act, week: Week) -> Entry:
    status = status_on(act.events, week.last)
    outlets = len({r.outlet for r in act.reports})
    # More independent outlets, a dated start and a firm status make an act matter more.
    score = outlets + 0.5 * bool(act.effective_on) + 0.5 * (status in ("in_force", "adopted")) + act.confidence / 10
    return Entry(
        id=act.id,
        title=act.title,
        sentence=act.reports[0].sentence,
        status=status,
        jurisdiction=act.jurisdiction,
        type=act.type,
        effective_on=act.effective_on,
        story=act.story,
        reports=act.reports,
        score=score,
    )


def to_markdown(digest: Digest) -> str:
    """The digest as Markdown, ending with one newline."""
    text = _environment().get_template("week.md").render(digest=digest, week=digest.week)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def to_html(digest: Digest) -> str:
    """The digest as one HTML page; its body is the Markdown, sanitised."""
    body = nh3.clean(MarkdownIt("commonmark").enable("table").render(to_markdown(digest)))
    return _environment().get_template("week.html").render(body=body, week=digest.week)


WRITERS = {"md": to_markdown, "html": to_html}


def write(digest: Digest, folder: Path, formats: Sequence[str] = ("md", "html")) -> tuple[Path, ...]:
    """Write one file a format, each whole or not at all; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind in formats:
        path = folder / f"{digest.week.name}.{kind}"
        _write_whole(path, WRITERS[kind](digest))
        paths.append(path)
    return tuple(paths)


def _write_whole(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as draft:
        draft.write(text)
        draft.flush()
        os.fsync(draft.fileno())
    Path(draft.name).chmod(0o644)
    Path(draft.name).replace(path)


def _environment() -> Environment:
    # Markdown is escaped by the ``md`` filter, and the HTML made of it is sanitised as a whole.
    environment = Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"md": _escape, "amount": amount}
    return environment


def amount(value: float) -> str:
    """A number as a reader writes it: ``578 billion``, ``38,210``, ``17.4``."""
    for scale, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= scale:
            return f"{value / scale:,.4g} {word}"
    return f"{value:,.10g}"


def _escape(text: object) -> str:
    """Text that Markdown takes as text, on one line."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", " ".join(str(text).split()))
