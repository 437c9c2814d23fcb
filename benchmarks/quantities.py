"""Quantities on NewsQuant (satya77/CQE_Evaluation): value, and value with unit.

usage: python -m benchmarks.quantities DATA [--show]

DATA: ``NewsQuant.json`` or another file of its shape (a list of ``text`` and ``quantities``). Measured is the full
quantity reader, durations and small counts included; a range counts as its two ends. A unit is right when it is the
same currency or measure, or when the counted noun is the same word; adjectives before a noun are not asked for.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from pipeline.annotate.language import load
from pipeline.annotate.statistics import read_quantities
from pipeline.annotate.statistics.quantities import Quantity

CURRENCIES = {
    "USD": "dollar", "EUR": "euro", "GBP": "pound sterling", "CNY": "chinese yuan", "JPY": "japanese yen",
    "AUD": "australian dollar", "CAD": "canadian dollar", "HKD": "hong kong dollar", "MYR": "malaysian ringgit",
    "ILS": "shekel", "SGD": "singaporean dollar", "NZD": "new zealand dollar", "INR": "indian rupee",
    "DKK": "danish krone", "ZAR": "south african rand", "KRW": "south korean won",
}  # fmt: skip
SPELLINGS = {
    "km": "kilometer", "mph": "mile an hour", "hp": "horsepower", "gb": "gigabyte", "kw": "kilowatt", "w": "watt",
    "cm": "centimeter", "mm": "millimeter", "kg": "kilogram", "metre": "meter", "kilometre": "kilometer",
    "litre": "liter", "feet": "foot", "inche": "inch", "min": "minute", "people": "people", "tonne": "metric ton",
    "kilometre per hour": "kilometer per hour", "square metre": "square meter", "year-old": "year", "year old": "year",
    "millilitre": "milliliter", "centimetre": "centimeter", "millimetre": "millimeter", "micrometre": "micrometer",
    "mile per hour": "mile an hour", "percentage": "percent", "year of age": "year", "month of age": "month",
}  # fmt: skip


def plain(unit: str) -> str:
    """One spelling for a unit: lower case, singular head, no ``per`` tail."""
    unit = re.sub(r" (?:per|an?|of) .*$", "", unit.lower().strip())
    unit = re.sub(r"ies$", "y", unit)
    unit = re.sub(r"(?<=s)es$|(?<=ch)es$|(?<=x)es$", "", unit)
    unit = re.sub(r"(?<![su])s$", "", unit)
    return SPELLINGS.get(unit, unit)


def same_unit(quantity: Quantity, gold: dict[str, Any]) -> bool:
    """Whether our unit is the gold's, printed or normalised."""
    printed, normal = gold["unit"], gold["normalized_unit"].lower()
    if quantity.kind == "money":
        name = CURRENCIES.get(quantity.unit.split()[0], quantity.unit.lower())
        return normal.split(" per ")[0] in (name, f"united states {name}") or (
            normal.startswith("cent") and quantity.value < 1000 and name == "dollar"
        )
    if not quantity.unit:
        return normal in ("-", "", "count", "year of age")
    if quantity.unit == "percent":
        return "percent" in normal or normal.startswith("%")
    ours = plain(quantity.unit).split() or [quantity.unit]
    return any((theirs := plain(u).split()) and theirs[-1] == ours[-1] for u in (printed, normal))


def values(gold: dict[str, Any]) -> list[float]:
    """The value, or the two ends of a range."""
    printed = gold["value"]
    if "-" in printed.lstrip("-") and "E" not in printed:
        return [float(part) for part in printed.split("-")]
    return [float(printed)]


def value_of(quantity: Quantity) -> float:
    """Our value as the gold writes it: a fraction stays one, a minus counts, cents stay cents."""
    value = quantity.number.value if quantity.number.form == "fraction" else quantity.value
    return -value if quantity.number.negative else value


def main() -> None:
    """Print the figures of one run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    rows = json.loads(args.data.read_text(encoding="utf-8"))
    hits = units = golds = found = 0
    for row, doc in zip(rows, load().pipe([r["text"] for r in rows]), strict=True):
        left = list(read_quantities(doc))
        gold = [(value, q) for q in row["quantities"] for value in values(q)]
        golds, found = golds + len(gold), found + len(left)
        missed = []
        for value, q in gold:
            equal = [
                o for o in left
                if abs(value_of(o) - value) <= 1e-5 * max(abs(value), 1e-9)
                or (q["unit"] in ("p", "cents", "cents per share") and abs(o.number.value - value) < 1e-9)
            ]  # fmt: skip
            best = max(equal, key=lambda o: same_unit(o, q), default=None)
            if best is None:
                missed.append((value, q["unit"]))
                continue
            left.remove(best)
            hits += 1
            units += same_unit(best, q)
            if args.show and not same_unit(best, q):
                print("UNIT", best.unit, "gold", q["unit"], "/", q["normalized_unit"], "|", row["text"])
        if args.show and (missed or left):
            print("MISSED", missed, "INVENTED", [(value_of(o), o.unit) for o in left], "|", row["text"])
    print(f"{len(rows)} sentences, {golds} quantities, {found} found")
    for name, right in (("value", hits), ("value and unit", units)):
        precision, recall = right / found, right / golds
        print(f"{name:15} P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")


if __name__ == "__main__":
    main()
