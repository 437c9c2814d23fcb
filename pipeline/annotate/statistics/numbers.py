"""Numbers as news prints them: ``3.8 trillion``, ``1.2bn``, ``38,000``, ``two dozen``, ``half a million``.

Works on the bare text; what is counted is read in ``units``. Every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["digits", "words", "fraction"]

# fmt: off
_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: n for n, word in enumerate(_ONES)} | {word: 10 * n for n, word in enumerate(_TENS, 2)}
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15,
    "lakh": 1e5, "crore": 1e7, "dozen": 12.0,
}
_SHORT = {"k": 1e3, "K": 1e3, "mn": 1e6, "mln": 1e6, "m": 1e6, "M": 1e6, "bn": 1e9, "bln": 1e9, "b": 1e9, "B": 1e9,
          "tn": 1e12, "trn": 1e12, "trln": 1e12}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "hundredth": 100, "thousandth": 1000,
}
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# fmt: on

_SCALE = "|".join(SCALES)
_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_PART = "|".join(f"{part}s?" for part in PARTS if part not in ("half", "halves"))
_DIGITS = re.compile(
    r"(?P<whole>\d(?<![\d.,]\d)(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*))(?P<point>\.\d+)?(?P<vulgar>[½¼¾⅓⅔])?"
    rf"(?:(?P<short>{'|'.join(sorted(_SHORT, key=len, reverse=True))})\b"
    rf"|(?P<scales>(?:[ \u00a0-](?:{_SCALE})(?![A-Za-z])){{1,2}}))?"
)
_AND_HALF = re.compile(r"(?: and (?:a )?half)?")
_WORDS = re.compile(
    rf"\b(?:(?:half|quarter) (?:a|of a) (?:{_SCALE})"
    rf"|an? (?:{_SCALE})(?:[ -](?:{_SCALE}))?"
    rf"|(?:{_SMALL})(?: and a half)?(?:(?:[ -]| and )(?:{_SMALL}|{_SCALE})){{0,8}})(?![\w’'])"
    r"(?!-\w+-?(?:year|day|month|week)-old)"
)
_FRACTION = re.compile(
    rf"\b(?:(?P<top>a|an|one|two|three|four|five|six|seven|nine)[ -](?P<part>{_PART}|half)|(?P<half>half))\b(?![-’'])"
)
_ONE_IN = re.compile(
    rf"\b(?P<top>{_SMALL}|\d{{1,2}}) "
    rf"(?:(?:in|out of) (?:every )?(?P<bottom>{_SMALL}|\d{{1,3}})|of (?:every )?(?P<ten>10|ten))\b"
    rf"(?! (?:{_SCALE})| ?[%-]|[.,]\d)"
)
_PHONE_END = re.compile(r"\d\d\d[-. ]\d{4}")  # quick to search: begins with a digit
_PHONE = re.compile(r"(?<![\d-])(?:\+?\d{1,3}[-. ])?\(?\d{3,4}\)?[-. ]\d{3,4}[-. ]\d{4}(?![\d-])")
_CODES = "RMB|RM|Rs|US|NT|Tk|Rp|CNY|USD|EUR|GBP|INR|HKD|CHF|AUD|CAD|NZD|SGD|JPY|KRW|TWD|BRL|MYR|THB|IDR|SEK|NOK|DKK|ZAR"
_MINUS = re.compile(r"(?:(?:^|[\s($€£¥])[-−]|\bminus[ -])$", re.IGNORECASE)
_OPEN_ENDED = re.compile(r"(?:-odd|-plus|\+)(?= )")
_RAND = re.compile(r"\d{1,3}(?:\.\d{1,3})? ?(?:bn|billion|million|trillion|trn|tn|mn|m)\b|\d{1,3}(?:,\d{3})+")  # R4bn
_LONGEST = 18  # digits: more is no figure but a serial number


@dataclass(frozen=True, slots=True)
class Number:
    """One number: ``value`` expanded and without sign, ``scale`` the factor that was spelled out (1 without one)."""

    start: int
    end: int
    value: float
    form: Form
    scale: float = 1.0
    negative: bool = False


def read_numbers(text: str) -> tuple[Number, ...]:
    """All numbers of the text in order, without overlap; ordinals and digits inside names (H20, 5G) are none."""
    found = [n for match in _DIGITS.finditer(text) if (n := _digits(text, match))]
    lower = text.lower()
    lower = lower if len(lower) == len(text) else text  # offsets must stay
    found += [n for match in _WORDS.finditer(lower) if (n := _words(match))]
    found += [n for match in _FRACTION.finditer(lower) if (n := _fraction(text, match))]
    found += [n for match in _ONE_IN.finditer(lower) if (n := _one_in(match))]
    found.sort(key=lambda n: (n.start, -n.end))
    phones = [match.span() for match in _PHONE.finditer(text)] if _PHONE_END.search(text) else []
    kept: list[Number] = []
    for number in found:
        while phones and phones[0][1] <= number.start:
            phones.pop(0)
        if phones and phones[0][0] <= number.start:
            continue
        if not kept or number.start >= kept[-1].end:
            kept.append(number)
    return tuple(kept)


def _digits(text: str, match: re.Match[str]) -> Number | None:
    """``38,000``, ``1.2bn``, ``3.8 trillion``; None where the digits belong to a name, a time or an ordinal."""
    whole = match["whole"].replace(",", "")
    if len(whole) > _LONGEST or _joined_before(text, match.start()) or _joined_after(text, match):
        return None
    value = float(whole + (match["point"] or "")[:12]) + _VULGAR.get(match["vulgar"] or "", 0.0)
    scale = _SHORT.get(match["short"] or "", 1.0)
    for word in re.findall(_SCALE, match["scales"] or ""):
        scale *= SCALES[word]
    negative = bool(_MINUS.search(text[max(0, match.start() - 8) : match.start()]))
    open_ended = _OPEN_ENDED.match(text, match.end())  # 3,700-odd accounts
    end = open_ended.end() if open_ended else match.end()
    return Number(match.start(), end, round(value * scale, 6), "digits", scale, negative)


def _joined_before(text: str, start: int) -> bool:
    """Whether the digits hang on a word, as in ``GPT-4``, ``H20``, ``1/2``."""
    before = text[max(0, start - 4) : start]
    if not before:
        return False
    if before[-1].isalpha():
        if before[-1] == "R" and not before[-2:-1].isalpha() and _RAND.match(text, start):
            return False
        return not re.search(rf"(?<![A-Za-z])(?:{_CODES})$", text[max(0, start - 5) : start])
    if before[-1] in "-–−":
        return len(before) > 1 and before[-2].isalpha() and not before.lower().endswith(("nus-", "sub-"))
    return before[-1] in "/_:#@\\" or bool(re.search(r"\bNo\. ?$", before))


def _joined_after(text: str, match: re.Match[str]) -> bool:
    """Whether letters or more digits follow without a break: ``5G``, ``14th``, ``9:30``, ``2024/25``."""
    after = text[match.end() : match.end() + 3]
    if match["short"] or match["scales"] or not after:
        return False
    if re.match(r"[:/.]\d", after):
        return True
    return after[0].isalpha() and not _UNIT_AHEAD.match(text, match.end())


_UNIT_AHEAD = re.compile(
    r"(?:[kKMGT]?[bB]|[kKMGT]?W|[kKMG]?[Hh][zZ]|[kMGT]?Wh|[kmcμn]?m[23²³]?|[kmμ]?g|[mMc]?[lL]|[MGk]bps|mph|kph"
    r"|km/h|mmBTU|b?hp|HP|mAh|pp?|c|pct?|x|min|lbs?|oz|ft|sqm|sq|deg|pp[bm]|sec|hrs?)\b"
)


def _words(match: re.Match[str]) -> Number | None:
    """``two dozen``, ``half a million``, ``one hundred and twenty-five thousand``."""
    total, group, scale, halved = 0.0, 0.0, 1.0, 0.0
    tokens = re.findall(r"[a-z]+", match[0].lower())
    for at, token in enumerate(tokens):
        if token in ("half", "quarter"):
            halved = 1 / PARTS[token]
        elif token in SMALL:
            if at and tokens[at - 1] in SMALL and not (SMALL[tokens[at - 1]] >= 20 and SMALL[token] < 10):
                return _first_word(match)
            group += SMALL[token]
        elif token in SCALES:
            factor = SCALES[token]
            if factor == 100:
                group = (group + halved or 1) * factor
            else:
                total += (group + halved or 1) * factor
                group = 0.0
            scale, halved = max(scale, factor), 0.0
    if match[0].lower() == "zero" or not (value := total + group + halved):
        return None
    return Number(match.start(), match.end(), value, "words", scale)


def _first_word(match: re.Match[str]) -> Number:
    """``one two`` are two numbers of which the first is read."""
    word = re.match(r"[A-Za-z]+", match[0])
    assert word  # noqa: S101 - the pattern begins with a word
    return Number(match.start(), match.start() + word.end(), float(SMALL.get(word[0].lower(), 1)), "words")


def _fraction(text: str, match: re.Match[str]) -> Number | None:
    """``half``, ``a quarter``, ``two-thirds``; ``a third`` counts only before "of", else it is an ordinal."""
    ahead = text[match.end() : match.end() + 12].lower()
    if match["half"]:
        behind = text[max(0, match.start() - 16) : match.start()].lower()
        if re.search(r"(?:first|second|other|latter|later|better|top|bottom|and a|this|last|each|either) $", behind):
            return None
        if points := re.match(r" an?(?= (?:percent|per cent|%|point))", ahead):
            return Number(match.start(), match.end() + points.end(), 0.5, "words")
        return Number(match.start(), match.end(), 0.5, "fraction")
    top, part = match["top"].lower(), match["part"].lower()
    if top in ("a", "an", "one") and not re.match(r"(?: of\b| more| less| to |[,.;)])", ahead):
        return None
    if top not in ("a", "an", "one") and part == "quarters" and not ahead.startswith(" of "):
        return None
    bottom = PARTS.get(part) or PARTS[part.removesuffix("s")]
    return Number(match.start(), match.end(), (1 if top in ("a", "an") else SMALL[top]) / bottom, "fraction")


def _one_in(match: re.Match[str]) -> Number | None:
    """``one in five``, ``two out of three``, ``eight of 10``: a share."""
    top, bottom = _small(match["top"]), _small(match["bottom"] or match["ten"])
    return Number(match.start(), match.end(), top / bottom, "fraction") if 0 < top < bottom <= 100 else None


def _small(word: str) -> float:
    return float(word) if word.isdigit() else float(SMALL[word.lower()])
