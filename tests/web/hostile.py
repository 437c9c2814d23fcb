"""Walk the site with parameters nobody means well by: ``python -m tests.web.hostile [--requests 10000] [--seed S]``.

The pages and their parameters are those of the site's own OpenAPI description, of its pages and of Datasette's tables;
the values are drawn from what breaks parsers, SQL, full-text search and templates. Nothing may be answered with 500 or
above, however odd. Ends with 1 at the first answer that is, naming the path.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pipeline import serving, source
from pipeline.gather import gather
from pipeline.site import warm
from pipeline.store import connect, database_path, save
from tests.web import press

VALUES = (
    *("", " ", "0", "-1", "1e999", "NaN", "9" * 40, "-9223372036854775809", "0x10", "1.5", "true", "null", "None"),
    *("'", '"', "';--", "' or 1=1--", "NEAR(", "*", "a* OR", '"a', "AND", "-a", "a:b", "{a b}", "^a", "(", ")" * 50),
    *(
        "2024-02-30",
        "0000-00-00",
        "9999-12-31",
        "2024-W99",
        "2024-07",
        "-2024",
        "2024-07-09T25:61:00Z",
        "/",
        "//x",
        "\\",
    ),
    *("<script>", "{{7*7}}", "%00", "\x00", "\ud7ff", "\u202e", "é" * 3000, "a" * 5000, "[]", "{}", '["a"', '{"a":1}'),
    *("..", "../../etc/passwd", "javascript:1", "a\r\nX: y", "%", "%zz", "a,b", "|", "$next", "id", "rowid", "_fts"),
    *("select 1", "1; attach 'x'", "json_each", "hex(zeroblob(99999999))", "china", "OpenAI", "propose", "US", "on"),
)
PAGES = {
    "/": (),
    "/acts": ("type", "status", "jurisdiction", "direction", "since", "until", "topic", "sort", "page", "q", "source"),
    "/acts.atom": ("type", "jurisdiction", "status"),
    "/search": ("q", "type", "jurisdiction", "status", "source", "since", "until", "kind", "page", "sort"),
    "/figures": ("q", "disputed", "unit", "since", "page", "entity"),
    "/calendar": ("since", "until", "jurisdiction", "month"),
    "/calendar.ics": ("since", "jurisdiction"),
    "/stories": ("page", "since", "q", "topic"),
    "/sources": ("days",),
    "/charts": ("since", "type", "jurisdiction"),
    "/digests": ("page",),
    "/digests.atom": (),
    "/openapi.json": (),
    "/reconcile": ("queries", "query", "type", "limit", "callback"),
}
INNER = ("acts", "articles", "entities", "stories", "sources", "figures", "digests", "questions")
TABLE = tuple(
    f"_{name}"
    for name in (
        *("sort", "sort_desc", "size", "next", "facet", "facet_date", "facet_array", "search", "where", "shape"),
        *("labels", "col", "nocol", "through", "json", "ttl", "stream", "extra", "trace", "nosuggest"),
    )
)
OPERATORS = ("", "__gt", "__contains", "__in", "__date", "__arraycontains", "__isnull", "__glob", "__odd", "__like")
ENDINGS = ("", ".json", ".csv", ".atom", ".blob", ".odd", ".json-renderer")


def paths(told: dict[str, Any], ids: list[str], dice: random.Random) -> Iterator[str]:
    """Paths with their parameters, without end."""
    tables = sorted({p.split("/")[2].removesuffix(".json") for p in told["paths"] if p.startswith("/dateline/")})
    columns = {
        name: [p["name"] for p in told["paths"][f"/dateline/{name}.json"]["get"]["parameters"]] for name in tables
    }
    while True:
        match dice.randrange(6):
            case 0 | 1:
                page = dice.choice(list(PAGES))
                yield _asked(page, dice.sample(PAGES[page], dice.randint(0, min(4, len(PAGES[page])))), dice)
            case 2:
                inner = dice.choice((*ids, _value(dice), *VALUES))
                yield f"/{dice.choice(INNER)}/{quote(inner, safe='')}{dice.choice(ENDINGS)}"
            case 3:
                sql = dice.choice(
                    (*VALUES, "select * from actions where id = :id", "select :a, :b", "pragma table_list")
                )
                yield _asked(f"/dateline{dice.choice(ENDINGS)}", ["_shape", "a", "id"], dice) + f"&sql={quote(sql)}"
            case _:
                table = dice.choice(tables)
                names = [*dice.sample(TABLE, 2), dice.choice(columns[table] or ["x"]) + dice.choice(OPERATORS)]
                row = dice.choice(("", "", f"/{quote(dice.choice((*ids, *VALUES)), safe='')}"))
                yield _asked(f"/dateline/{table}{row}{dice.choice(ENDINGS)}", names, dice)


def _asked(page: str, names: list[str], dice: random.Random) -> str:
    return f"{page}?" + "&".join(f"{quote(name)}={quote(_value(dice))}" for name in names)


def _value(dice: random.Random) -> str:
    return "".join(dice.choice(VALUES) for _ in range(dice.choice((1, 1, 1, 2))))


async def walk(
    site: Any, ids: list[str], requests: int, seed: int, longest: float = 10.0
) -> tuple[Counter[int], list[str]]:
    """Ask so often; how many answers of each status, and the paths answered with 500 or above or too late."""
    told = (await site.client.get("/openapi.json")).json()
    dice = random.Random(seed)  # noqa: S311 - no secret
    counts: Counter[int] = Counter()
    bad: list[str] = []
    for path, _ in zip(paths(told, ids, dice), range(requests), strict=False):
        begun = time.monotonic()
        try:
            status = (await site.client.get(path, follow_redirects=False)).status_code
        except Exception as error:  # what a server would answer with 500
            status = 599
            path += f"  {type(error).__name__}: {error}"[:300]
        counts[status] += 1
        if status >= 500 or time.monotonic() - begun > longest:
            bad.append(f"{status} {path}")
    return counts, bad


def made(data: Path) -> list[str]:
    """A dataset of a few reports in the folder; ids that lead to something."""
    db = connect(database_path(data))
    save.save_sources(db, source.load_all().values())
    save.save_articles(db, press.ARTICLES)
    save.save_annotations(db, press.ANNOTATIONS, "test")
    save.save_stories(db, press.STORIES, press.LABELS)
    gather(db, {s.id: s.kind for s in source.load_all().values()})
    ids = [
        str(row["id"]) for table in ("actions", "articles", "entities", "stories", "figures") for row in db[table].rows
    ]
    db.close()
    return [*ids, *source.load_all()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ids = made(Path(folder))
        site = warm.started(serving.datasette_arguments(Path(folder)))

        async def asked() -> tuple[Counter[int], list[str]]:
            await site.invoke_startup()
            return await walk(site, ids, given.requests, given.seed)

        counts, bad = asyncio.run(asked())
    print(f"{given.requests} requests: {dict(sorted(counts.items()))}", *bad[:50], sep="\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
