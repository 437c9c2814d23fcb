"""The ledger's own state in the database: where each mention was filed, where acts are found, what they may change."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import ActionMention, ActionReport

_PLAIN = [f for f in ActionMention.__dataclass_fields__ if f not in ("trigger", "actor_entities", "target_entities")]
_GIVEN = "(select value from json_each(?))"
_TELLS = "exists (select 1 from action_mentions m where m.article = a.id)"


@dataclass(frozen=True, slots=True)
class Stored:
    """A mention as the ledger takes it: its row's id, the report, its article's story and agency, the act it is in."""

    id: int
    report: ActionReport
    story: str | None
    agency: str | None
    act: str | None


def unfiled(db: Database, version: str) -> list[str]:
    """Articles that this version of the ledger has not filed since they were last read."""
    sql = "select a.id from articles a left join articles_filed f on f.article = a.id where f.filed_by is not ?"
    return [row[0] for row in db.execute(sql, [version])]


def mentions_of(db: Database, articles: Collection[str]) -> Iterator[Stored]:
    """The mentions of articles."""
    tables = "action_mentions m left join mention_acts f on f.mention = m.id"
    return _mentions(db, f"{tables} join articles a on a.id = m.article where m.article", articles)


def mentions_in(db: Database, acts: Collection[str]) -> Iterator[Stored]:
    """The mentions filed in acts."""
    tables = "mention_acts f cross join action_mentions m on m.id = f.mention"  # cross: in this order
    return _mentions(db, f"{tables} join articles a on a.id = m.article where f.act", acts)


def since(db: Database, articles: Collection[str]) -> tuple[str | None, set[str]]:
    """The earliest moment at which articles, as read now or before, tell an act; the acts told by the reading before.

    From that moment on all is filed again, for what a report joins depends on what was reported before it.
    """
    given = json.dumps([*articles])
    sql = f"select action, reported_at from action_reports where article in {_GIVEN}"  # noqa: S608 - ours
    before = db.execute(sql, [given]).fetchall()
    sql = f"select min(published) from articles a where id in {_GIVEN} and {_TELLS}"  # noqa: S608 - ours
    moments = [moment for _, moment in before] + [row[0] for row in db.execute(sql, [given]) if row[0]]
    return min(moments, default=None), {act for act, _ in before}


def told_from(db: Database, moment: str) -> list[str]:
    """The articles with mentions that were published at a moment or later, in the order in which they are filed."""
    sql = f"select id from articles a where published >= ? and {_TELLS} order by published, id"  # noqa: S608 - ours
    return [row[0] for row in db.execute(sql, [moment])]


def take_back(
    db: Database, articles: Collection[str], acts: Collection[str], moment: str
) -> tuple[dict[int, str], set[str]]:
    """Take articles of a moment or later out of the ledger. ``acts``: those with reports that are there no more.

    Returns where the articles' mentions were, and all acts that are told again; nothing finds these any more.
    """
    sql = f"""select f.mention, f.act from action_mentions m join mention_acts f on f.mention = m.id
    where m.article in {_GIVEN}"""  # noqa: S608 - ours
    filed: dict[int, str] = dict(db.execute(sql, [json.dumps([*articles])]).fetchall())
    again = {*acts, *filed.values()}
    db.conn.executemany("delete from mention_acts where mention = ?", ([mention] for mention in filed))
    db.conn.executemany("delete from ledger_blocks where act = ?", ([act] for act in again))
    db.conn.executemany("delete from act_links where act = ? and told >= ?", ([act, moment] for act in again))
    return filed, again


def latest(db: Database, block: int, count: int) -> Sequence[tuple[str, str]]:
    """The acts told last of a block: when, and the act."""
    sql = "select told, act from ledger_blocks where block = ? order by told desc, act desc limit ?"
    return db.execute(sql, [block, count]).fetchall()


def links(db: Database, acts: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The acts that acts may change: act, the changed act, when that was told."""
    sql = f"select act, changed, told from act_links where act in {_GIVEN}"  # noqa: S608 - ours
    yield from db.execute(sql, [json.dumps([*acts])])


def changers(db: Database, acts: Collection[str]) -> set[str]:
    """The acts that may change these."""
    sql = f"select act from act_links where changed in {_GIVEN}"  # noqa: S608 - ours
    return {row[0] for row in db.execute(sql, [json.dumps([*acts])])}


def held_links(db: Database, acts: Collection[str]) -> dict[str, str]:
    """The links that stored acts hold: act -> the act it changes."""
    sql = f"select id, changes from actions where changes is not null and id in {_GIVEN}"  # noqa: S608 - ours
    return dict(db.execute(sql, [json.dumps([*acts])]).fetchall())


def still_told(db: Database, acts: Collection[str]) -> set[str]:
    """Those of the acts that a mention is filed in."""
    return {act for act in acts if db.execute("select 1 from mention_acts where act = ? limit 1", [act]).fetchone()}


def told_at(db: Database, article: str, start: int) -> list[tuple[str, str]]:
    """The acts that a sentence tells, with a type that they have."""
    sql = """select distinct f.act, o.type from action_mentions m join mention_acts f on f.mention = m.id
    join mention_acts g on g.act = f.act join action_mentions o on o.id = g.mention
    where m.article = ? and m.start = ?"""
    return db.execute(sql, [article, start]).fetchall()


def save_filing(
    db: Database,
    filing: Iterable[tuple[int, str]],
    told: Iterable[tuple[int, str, str]],
    linked: Iterable[tuple[str, str, str]],
) -> None:
    """Where mentions were filed: (mention, act); where acts are found: (block, act, told); what they may change."""
    db.conn.executemany("insert into mention_acts (mention, act) values (?, ?)", filing)
    db.conn.executemany("insert or replace into ledger_blocks (block, act, told) values (?, ?, ?)", told)
    db.conn.executemany("insert or ignore into act_links (act, changed, told) values (?, ?, ?)", linked)


def save_filed(db: Database, articles: Iterable[str], version: str) -> None:
    """Mark articles as filed by this version of the ledger."""
    db.conn.executemany(
        "insert or replace into articles_filed (article, filed_by) values (?, ?)", ((a, version) for a in articles)
    )


def save_aliases(db: Database, moved: Mapping[str, str]) -> None:
    """Old ids of acts and where they are found now; chains are shortened to their end."""
    for old, new in moved.items():
        db.execute("update action_aliases set new = ? where new = ?", [new, old])
        db.execute("insert or replace into action_aliases (old, new) values (?, ?)", [old, new])


def _mentions(db: Database, tables: str, values: Collection[str]) -> Iterator[Stored]:
    sql = f"""select {", ".join(f"m.{f}" for f in _PLAIN)}, m.trigger_start, m.trigger_end, m.actor_entities,
      m.target_entities, m.id, m.article, a.source, a.published, a.story, a.agency, f.act
    from {tables} in {_GIVEN}"""  # noqa: S608 - our columns
    count = len(_PLAIN)
    for row in db.execute(sql, [json.dumps([*values])]):
        begin, end, actors, targets, number, article, source, published, story, agency, act = row[count:]
        mention = ActionMention(
            **dict(zip(_PLAIN, row[:count], strict=True)),
            trigger=(begin, end),
            actor_entities=tuple(json.loads(actors)) if actors != "[]" else (),
            target_entities=tuple(json.loads(targets)) if targets != "[]" else (),
        )
        yield Stored(number, ActionReport(article, mention, source, published), story, agency, act)
