"""The frozen records that flow between the steps; the words are those of docs/architecture.md.

Offsets (``start``, ``end``) count characters of ``Article.text``, end exclusive. Times are ISO 8601 strings:
``2024-07-09`` where only the day is known, ``2024-07-09T15:11:00Z`` (UTC) where the page gives the minute.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

EntityType = Literal["ORG", "GPE", "PERSON", "LAW", "PRODUCT", "EVENT"]
DateRole = Literal["announced", "effective", "deadline", "expiry", "published", "other"]
Precision = Literal["day", "week", "month", "quarter", "half", "season", "year", "decade"]
Basis = Literal["explicit", "relative", "defaulted"]
ActionType = Literal[
    "adopt", "agree/sign", "ban/block", "delay/extend", "enact", "enforce", "fine/penalise",
    "fund/subsidise", "impose", "investigate", "issue", "lift/repeal", "permit/license", "propose",
    "require", "restrict", "rule", "sue/challenge", "withdraw",
]  # fmt: skip
Status = Literal[
    "proposed",
    "announced",
    "adopted",
    "in_force",
    "suspended",
    "repealed",
    "rejected",
    "under_investigation",
    "expired",
]
Direction = Literal["restrictive", "liberalising", "unclear"]
Factuality = Literal["asserted", "future", "hypothetical", "negated", "historical", "reported"]
Access = Literal["full", "headline"]


class DatelineError(Exception):
    """What a person can mend: its message is one line that says how, and ends a command with exit code 2."""


class Outcome(StrEnum):
    """What became of one url in one run."""

    ARTICLE = "article"
    HEADLINE = "headline"
    NOT_MODIFIED = "not_modified"
    DUPLICATE = "duplicate"
    ROBOTS = "robots"
    BLOCKED = "blocked"
    PAYWALL = "paywall"
    CONSENT = "consent"
    SOFT_404 = "soft_404"
    GONE = "gone"
    REDIRECT_OFF_SITE = "redirect_off_site"
    TOO_BIG = "too_big"
    NOT_NEWS = "not_news"
    NO_TEXT = "no_text"
    NO_TITLE = "no_title"
    NO_DATE = "no_date"
    TORN = "torn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Hint:
    """What a feed, sitemap or list page said of a url before it was fetched."""

    title: str | None = None
    published: str | None = None
    section: str | None = None
    summary: str | None = None
    language: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page, from our crawl or from a record of CC-NEWS. ``headers`` keep their order."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime
    source: str
    hint: Hint = field(default_factory=Hint)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Why something is not an article: counted, shown, sampled."""

    url: str
    source: str
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """``BEIJING, July 9 (Xinhua) --``: the head of a report; ``end`` is where its text begins."""

    place: str | None
    day: str | None
    agency: str | None
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One report as read. For ``access='headline'`` the text is the summary, or else the title."""

    id: str
    url: str
    source: str
    title: str
    text: str
    published: str
    zone: str | None
    fetched_at: str
    language: str = "en"
    access: Access = "full"
    byline: tuple[str, ...] = ()
    updated: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    dateline: Dateline | None = None
    agency: str | None = None
    reprint_of: str | None = None
    version: int = 1

    @property
    def content_hash(self) -> str:
        return hashlib.sha256(f"{self.title}\n{self.text}".encode()).hexdigest()

    @property
    def local_day(self) -> date:
        """The day of publication where the outlet stated it: in ``zone``, or UTC without one."""
        if len(self.published) == len("2024-07-09"):
            return date.fromisoformat(self.published)
        moment = datetime.fromisoformat(self.published)
        return moment.astimezone(datetime.strptime(self.zone or "+00:00", "%z").tzinfo).date()


def article_id(canonical_url: str) -> str:
    """16 hex digits, the same for the same canonical url in every run."""
    return hashlib.sha256(canonical_url.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, description or pronoun in the text, and the entity it stands for.

    ``entity`` is the stable id: a Wikidata Q-number where known, else a slug of the canonical name.
    ``kind`` tells a name from a description ("the company") or pronoun that was resolved to it.
    """

    start: int
    end: int
    text: str
    type: EntityType
    canonical: str
    entity: str
    method: str
    country: str | None = None
    kind: Literal["name", "description", "pronoun"] = "name"
    confidence: float = 1.0
    indexed: bool = True  # whether an analyst would list the entity for this article


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar expression. ``value`` as in the annotation guide; None where no anchor gives one."""

    start: int
    end: int
    text: str
    value: str | None
    role: DateRole
    precision: Precision | None
    basis: Basis
    method: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ActionMention:
    """One (actor, type, target) as the article tells it; ``start``/``end`` bound the evidence sentence.

    ``trigger`` is the (start, end) of the word the rule fired on; ``method`` names the rule.
    """

    start: int
    end: int
    evidence: str
    actor: str
    type: ActionType
    target: str
    status: Status
    jurisdiction: str | None
    trigger: tuple[int, int]
    method: str
    actor_entities: tuple[str, ...] = ()
    target_entities: tuple[str, ...] = ()
    instrument: str | None = None
    legal_form: str | None = None
    direction: Direction = "unclear"
    factuality: Factuality = "asserted"
    announced_date: str | None = None
    effective_date: str | None = None
    deadline_date: str | None = None
    expiry_date: str | None = None
    on_word_of: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure. ``unit``: ISO 4217 code, ``percent``, ``percentage points`` or the counted noun."""

    start: int
    end: int
    text: str
    value: float
    unit: str
    of_what: str
    period: str | None
    attributed_to: str | None
    method: str
    bound: Literal["at_least", "at_most", "about"] | None = None
    change: Literal["rise", "fall"] | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Quote:
    """Words quoted. ``text`` runs from the first quoted word to the last, cue and interruption left out."""

    start: int
    end: int
    text: str
    speaker: str
    speaker_entity: str | None
    cue: str | None
    method: str
    direct: bool = True
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that one article says, under the article's id."""

    id: str
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    title_dates: tuple[DateMention, ...] = ()  # offsets into the title
    actions: tuple[ActionMention, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    quotes: tuple[Quote, ...] = ()
    failed: str | None = None  # why nothing was found, where an annotator broke on the text


@dataclass(frozen=True, slots=True)
class ActionReport:
    """One article's account of an act: the ledger's link from an act back to a sentence."""

    article: str
    mention: ActionMention
    source: str
    reported_at: str


@dataclass(frozen=True, slots=True)
class ActionEvent:
    """A dated step in an act's life, never changed once written."""

    kind: str
    date: str | None
    precision: Precision | None
    article: str
    source: str


@dataclass(frozen=True, slots=True)
class Action:
    """One act, told by one or more reports. ``status`` follows from ``events``."""

    id: str
    actor: str
    type: ActionType
    target: str
    status: Status
    jurisdiction: str | None
    reports: tuple[ActionReport, ...]
    events: tuple[ActionEvent, ...]
    actor_entities: tuple[str, ...] = ()
    target_entities: tuple[str, ...] = ()
    instrument: str | None = None
    legal_form: str | None = None
    direction: Direction = "unclear"
    announced_on: str | None = None
    effective_on: str | None = None
    deadline_on: str | None = None
    expires_on: str | None = None
    changes: str | None = None  # id of the act this one delays, lifts or amends
    change: str | None = None  # what it does to that act: a key of lifecycle.CHANGED
    story: str | None = None
    origins: tuple[str, ...] = ()  # for each report, whom it has the act from once chains are folded


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, oldest first."""

    id: str
    title: str
    articles: tuple[str, ...]
