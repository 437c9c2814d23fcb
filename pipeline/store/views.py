"""The views over the tables, as a table of names to SQL, made anew whenever one of them has changed.

A plus before a column keeps SQLite from the index of that column where another one finds the rows sooner.
"""

from __future__ import annotations

from sqlite_utils import Database

VIEWS: dict[str, str] = {
    "coming_dates": """
select x.effective_on as day, 'effective' as kind, x.id as act, x.title, x.status, x.jurisdiction, x.reports, x.sources
from actions x where x.effective_on is not null and x.withdrawn = 0
union all
select x.deadline_on, 'deadline', x.id, x.title, x.status, x.jurisdiction, x.reports, x.sources
from actions x where x.deadline_on is not null and x.withdrawn = 0
union all
select x.expires_on, 'expiry', x.id, x.title, x.status, x.jurisdiction, x.reports, x.sources
from actions x where x.expires_on is not null and x.withdrawn = 0
""",
    "act_changes": """
select a.day as reported_on, e.kind, e.date, x.id as act, x.title, x.status, s.name as outlet, a.id as article,
  a.title as headline
from action_events e join articles a on a.id = e.article join actions x on x.id = e.action
  join sources s on s.id = e.source
where x.withdrawn = 0
""",
    "linked_acts": """
select x.first_reported_at, x.id as act, x.title, x.status, x.change, o.id as changed,
  o.title as changed_title, o.status as changed_status, x.story
from actions x join actions o on o.id = x.changes where x.withdrawn = 0
""",
    "act_reports": """
select r.reported_at, s.name as outlet, x.id as act, x.title, a.id as article, a.title as headline, r.sentence,
  r.on_word_of, a.url
from action_reports r join actions x on x.id = r.action join articles a on a.id = r.article
  join sources s on s.id = r.source
where x.withdrawn = 0
""",
    "figure_tellings": """
select f.id as figure, a.day, r.value, r.unit, r.of_what, r.period, r.attributed_to, r.bound, r.change, r.words,
  s.name as outlet, a.id as article, a.title as headline, a.url, r.start, r.statistic, f.reports, f.sources
from figure_reports r join figures f on f.id = r.figure join articles a on a.id = r.article
  join sources s on s.id = r.source
""",
    "contradicting_figures": """
select d.counted, f.unit, f.period, f.story, f.id as figure, f.words, f.of_what, f.attributed_to, f.sources,
  (select group_concat(name, ', ') from (select distinct s.name from figure_reports r join sources s on s.id = r.source
    where r.figure = f.id order by s.name)) as outlets,
  o.id as other, o.words as other_words, o.of_what as other_of_what, o.attributed_to as other_attributed_to,
  o.sources as other_sources,
  (select group_concat(name, ', ') from (select distinct s.name from figure_reports r join sources s on s.id = r.source
    where r.figure = o.id order by s.name)) as other_outlets,
  max(f.last_reported_at, o.last_reported_at) as last_reported_at
from figure_disputes d join figures f on f.id = d.figure join figures o on o.id = d.other where f.id < o.id
""",
    "act_tellings": """
select x.id as act, x.title, s.name as outlet, case when o.origin <> o.source
    then coalesce((select name from sources where id = o.origin), replace(o.origin, '_', ' ')) end as word_of,
  o.on_word_of, o.first_reported_at, a.id as article, a.title as headline, a.url, o.reports,
  (select group_concat(p.kind || ': ' || p.words, '; ') from act_points p
    where p.action = o.action and +p.source = o.source and p.how = 'adds') as adds,
  (select group_concat(p.kind || ': ' || p.words, '; ') from act_points p
    where p.action = o.action and +p.source = o.source and p.how = 'leaves_out') as leaves_out,
  (select group_concat(p.kind || ': ' || p.words || ' (others: ' || p.others || ')', '; ') from act_points p
    where p.action = o.action and +p.source = o.source and p.how = 'otherwise') as otherwise,
  x.sources, x.story
from act_outlets o join actions x on x.id = o.action join sources s on s.id = o.source
  join articles a on a.id = o.first_article
where x.withdrawn = 0
""",
    "act_differences": """
select x.id as act, x.title, s.name as outlet, p.how, p.kind, p.words, p.others, p.told_by, p.sources, a.day,
  a.id as article, a.title as headline, a.url, p.start, p.figure, x.story
from act_points p join actions x on x.id = p.action join sources s on s.id = p.source
  left join articles a on a.id = p.article
where x.withdrawn = 0
""",
    "sayings": """
select a.day, q.speaker, q.text as quote, q.direct, s.name as outlet, a.id as article, a.title as headline, a.url,
  q.speaker_entity as entity
from quotes q join articles a on a.id = q.article join sources s on s.id = a.source
""",
    "source_health": """
with last as (
  select s.id, s.name, (select max(run) from fetches f where f.source = s.id) as run from sources s
), counted as (
  select l.*, (select count(*) from fetches f where f.source = l.id and f.run = l.run) as asked,
    (select count(*) from fetches f where f.source = l.id and f.run = l.run
      and f.outcome in ('article', 'headline', 'not_modified', 'duplicate')) as good
  from last l
)
select c.id as source, c.name, (select count(*) from articles a where a.source = c.id) as articles,
  (select max(day) from articles a where a.source = c.id) as freshest,
  (select started_at from runs r where r.id = c.run) as last_run, c.asked, c.good,
  case
    when 0 = (select json_extract(r.report, '$.discovered.' || c.id) from runs r where r.command = 'crawl'
      and json_type(r.report, '$.discovered.' || c.id) is not null order by r.id desc limit 1) then 'broken'
    when c.asked = 0 then 'never crawled' when c.good = 0 then 'broken' else 'ok' end as state
from counted c
""",
    "source_days": """
with since as (select date(max(at), '-30 days') as day from fetches), fetched as (
  select source, substr(at, 1, 10) as day, count(*) as fetched,
    sum(outcome = 'article') as articles, sum(outcome = 'headline') as headlines,
    sum(outcome in ('not_modified', 'duplicate')) as unchanged,
    sum(outcome in ('blocked', 'consent', 'robots')) as turned_away, sum(outcome = 'paywall') as paywalls,
    sum(outcome in ('gone', 'soft_404', 'redirect_off_site', 'not_news')) as no_reports,
    sum(outcome in ('error', 'too_big', 'torn', 'no_text', 'no_title', 'no_date')) as errors
  from fetches where at >= (select day from since) group by +source, 2
), seen as (
  select source, substr(first_seen, 1, 10) as day, count(*) as discovered
  from pages where first_seen >= (select day from since) group by +source, 2
), read as (
  select source, substr(fetched_at, 1, 10) as day, max(published) as freshest,
    round(100.0 * avg(title <> ''), 0) as title_pct, round(100.0 * avg(length(published) > 10), 0) as time_pct,
    round(100.0 * avg(byline is not null), 0) as byline_pct, round(100.0 * avg(access = 'full'), 0) as text_pct
  from articles where fetched_at >= (select day from since) group by +source, 2
)
select f.source, f.day, s.expect_low, s.expect_high, coalesce(n.discovered, 0) as discovered, f.fetched, f.articles,
  f.headlines, f.unchanged, f.turned_away, f.paywalls, f.no_reports, f.errors, r.freshest, r.title_pct, r.time_pct,
  r.byline_pct, r.text_pct
from fetched f join sources s on s.id = f.source left join seen n on n.source = f.source and n.day = f.day
  left join read r on r.source = f.source and r.day = f.day
""",
    "source_warnings": """
select json_extract(w.value, '$[0]') as source, json_extract(w.value, '$[1]') as warning, r.id as run, r.started_at
from runs r, json_each(r.report, '$.warnings') w
where r.report is not null and r.id > (select max(id) - 30 from runs)
""",
}


def apply_views(db: Database) -> None:
    """Make each view that is missing or differs, and drop views that are no longer wanted."""
    have = {row["name"]: row["sql"] for row in db.query("select name, sql from sqlite_master where type = 'view'")}
    want = {name: f"CREATE VIEW {name} as {sql.strip()}" for name, sql in VIEWS.items()}
    if have == want:
        return
    with db.atomic():
        for name in have.keys() - {n for n in want if have.get(n) == want[n]}:
            db.execute(f"drop view [{name}]")
        for name in want.keys() - {n for n in want if have.get(n) == want[n]}:
            db.execute(want[name])
