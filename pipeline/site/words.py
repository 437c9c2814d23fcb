"""Values of the tables in words: dates, figures, labels, and the sentence that states an act."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Protocol, cast
from urllib.parse import quote, urldefrag

import msgspec

from pipeline import vocabulary, yml
from pipeline.records import ActionType

MONTHS = tuple(month_name)[1:]
_ORDERED = re.compile(r"\bto (?:\w+ly )?([a-z]+)\b")  # "Coupang to immediately stop the practice"
_CLAUSE = "before|after|because|while|if|when|where|unless|though|although|until"
_TAIL = re.compile(
    rf",?(?:\s+\w+ly)?\s+(?:{_CLAUSE})\s[^,]*\b(?:is|are|was|were|has|have|had|be)(?:\s+not)?$|"
    rf"(?:,?\s+(?:(?:{_CLAUSE})(?:\s+(?:it|they|he|she))?|of|in|on|to|for|by|with|from"
    r"|at|as|and|or|which|that|who|whose|the|a|an|its|their))+$"
)
_STOP = re.compile(r"(?<=\s)([a-z]+)\.$")  # of a sentence; "Inc." keeps its own
SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


Verbs = tuple[str, str]  # for one actor, for several


class Noun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Targets that name the act itself, and the verbs they take."""

    targets: frozenset[str]
    verbs: Verbs


class Ordered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The verbs of a target that says what somebody is to do; ``ends``: where that is to end something."""

    verbs: Verbs
    ends: Verbs


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words.yml``."""

    verbs: dict[ActionType, Verbs]
    nouns: dict[ActionType, tuple[Noun, ...]]
    orders: dict[ActionType, Ordered]
    ending: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    generic: frozenset[str]
    short: dict[str, str]
    recalled: tuple[str, ...]
    labels: dict[str, str]


@cache
def wording() -> Wording:
    """How acts are told. Raises YmlError."""
    return yml.read(Path(__file__).with_name("words.yml"), Wording)


def label(value: object) -> str:
    """``under_investigation`` -> "under investigation"."""
    text = str(value)
    return wording().labels.get(text, text.removeprefix("status: ").replace("_", " "))


class Stated(Protocol):
    """Anything that tells an act: list rows, dates, changes."""

    @property
    def actor(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def target(self) -> str: ...


def statement(act: Stated) -> str:
    """ "OpenAI blocks API traffic from China"; several actors take the plural.

    The verb is that of the type; a target that names the act itself ("an investigation", "restrictions on exports") or
    says what somebody is to do takes a verb of its own: ``nouns`` and ``orders`` of ``words.yml``. For a target that
    says no more than "the act" stands the act's ``instrument``, where it has one.
    """
    target = _whole(_acted_on(act))
    actors = [_plain(actor) for actor in act.actor.split("; ")]
    one, several = _verbs(cast("ActionType", act.type), target)
    plural = len(actors) > 1 or _is_plural(actors[-1])
    told = f"{' and '.join(actors)} {several if plural else one} {_without_maker(target, actors, plural)}"
    return told if told[0].isupper() or not _is_plural(actors[0]) else told[0].upper() + told[1:]


def _acted_on(act: Stated) -> str:
    """The target, or the instrument's name for "the act", "those rules"."""
    named = re.findall(r"\w+", act.target.casefold())
    bare = {*named} <= wording().generic | wording().determiners
    return (getattr(act, "instrument", None) or act.target) if bare else act.target


def _whole(target: str) -> str:
    """A phrase that was cut in the middle of a clause ends before it: "an omission before it", "an order in which"."""
    return _TAIL.sub("", _STOP.sub(r"\1", target.rstrip(" ,;:")))


def _plain(actor: str) -> str:
    """ "EU countries (European Union)" -> "EU countries"."""
    name, _, state = actor.partition(" (")
    return name if name.startswith(f"{wording().short.get(state.rstrip(')'))} ") else actor


def _verbs(kind: ActionType, target: str) -> Verbs:
    found = wording()
    order = found.orders.get(kind)
    if order and (doing := _ORDERED.search(target)) and doing[1] not in found.determiners:
        return order.ends if doing[1] in found.ending else order.verbs
    words = re.findall(r"\w+", target.casefold())
    head = {*words[: _head(words)]}
    noun = next((n for n in found.nouns.get(kind, ()) if not head.isdisjoint(n.targets)), None)
    return noun.verbs if noun else found.verbs[kind]


def _head(words: list[str]) -> int:
    """How many words stand before the first preposition: the target's own noun is among them."""
    return next((n for n, word in enumerate(words) if word in wording().prepositions), len(words))


def _is_plural(actor: str) -> bool:
    """``Two ministries``, ``member states``: a phrase, no name."""
    last = actor.partition(" (")[0].split(" ")[-1]
    return last.islower() and last.endswith("s") and not last.endswith("ss")


def _without_maker(target: str, actors: list[str], plural: bool) -> str:
    """The target without the actor that the sentence has named: "resolution proposed by China", "China's law"."""
    names = [*actors, *(wording().short[actor] for actor in actors if actor in wording().short)]
    makers = f"(?:the )?(?:{'|'.join(map(re.escape, names))})"
    bare = re.sub(rf"^{makers}(?:['’]s?\s+(?=\w)|\s+(?=[a-z]))", "", target)
    bare = re.sub(rf"\s+\w+(?:ed|en) by (?:[A-Z]\w+ ){{0,3}}{makers}(?=$|[ ,])", "", bare)
    return re.sub(r"^own ", "their own " if plural else "its own ", bare)


def place(code: object) -> str:
    """``US`` -> "United States"; what is no code stays as it is."""
    text = str(code or "")
    state = vocabulary.states().get(text)
    return state.name if state else wording().labels.get(text, text)


def day(value: object) -> str:
    """``2024-07-09`` -> "July 9, 2024"; months, years, intervals and times too; what is no date stays as it is."""
    text = str(value or "")
    if "/" in text:
        return " to ".join(day(part) for part in text.split("/"))
    parts = text[:10].split("-")
    try:
        if len(parts) == 1:
            return text
        month = MONTHS[int(parts[1]) - 1] if parts[1] != "00" else text
        return f"{month} {parts[0]}" if len(parts) == 2 else f"{month} {int(parts[2])}, {int(parts[0])}"
    except (IndexError, ValueError):
        return text


def short_day(value: object) -> str:
    """``2024-07-09`` -> "9 Jul"-like "Jul 9"; anything else as ``day``."""
    try:
        found = date.fromisoformat(str(value)[:10])
    except ValueError:
        return day(value)
    return f"{MONTHS[found.month - 1][:3]} {found.day}"


def short_month(value: object) -> str:
    """``2024-07`` -> "Jul"."""
    return day(value)[:3]


def moment(value: object) -> str:
    """``2024-07-09T15:11:00Z`` -> "July 9, 2024, 15:11 UTC"; a day alone as ``day``."""
    text = str(value or "")
    if len(text) <= len("2024-07-09"):
        return day(text)
    try:
        found = datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return text
    return f"{day(found.date().isoformat())}, {found:%H:%M} UTC"


def number(value: float) -> str:
    """38210 -> "38,210", 8.1e10 -> "81 billion"."""
    for scale, name in SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.6g} {name}"
    return f"{value:,.10g}"


def figure(value: float, unit: str) -> str:
    """With its unit: "25%", "USD 81 billion", "4,500 companies"."""
    if unit == "percent":
        return f"{number(value)}%"
    if len(unit) == 3 and unit.isupper():
        return f"{unit} {number(value)}"
    return f"{number(value)} {unit}"


def at_text(url: str, sentence: str) -> str:
    """The address of a page at a sentence of it: a text fragment, of its first and last words where it is long."""
    said = sentence.split()
    ends = [" ".join(said)] if len(said) <= 10 else [" ".join(said[:5]), " ".join(said[-4:])]
    return f"{urldefrag(url).url}#:~:text={','.join(quote(words, safe='').replace('-', '%2D') for words in ends)}"


FILTERS = {
    "at_text": at_text,
    "day": day,
    "short_day": short_day,
    "short_month": short_month,
    "moment": moment,
    "label": label,
    "statement": statement,
    "number": number,
    "place": place,
}
