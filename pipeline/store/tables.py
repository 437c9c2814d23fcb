"""The tables behind the archive: articles, what they say, and the acts and stories told by many."""

from __future__ import annotations

from sqlite_utils import Database

from pipeline.store import script

FACTS = """
create table warcs (name text primary key, read_at text not null, read_by text not null);
create table articles (
  id text primary key, url text not null unique, source text not null references sources(id), title text not null,
  text text not null, published text not null, day text not null, zone text, fetched_at text not null, updated text,
  language text not null, access text not null, byline text, section text, keywords text, agency text,
  dateline_place text, dateline_day text, dateline_end integer not null default 0,
  reprint_of text references articles(id), version integer not null default 1, content_hash text not null,
  story text references stories(id), annotated_by text
);
create table article_versions (
  article text not null references articles(id), version integer not null, title text not null, text text not null,
  fetched_at text not null, updated text, content_hash text not null, primary key (article, version)
);
create table entities (id text primary key, name text not null, type text not null, country text);
create table aliases (
  entity text not null references entities(id), alias text not null, primary key (entity, alias)
);
create table mentions (
  article text not null references articles(id), entity text not null references entities(id),
  start integer not null, end integer not null, text text not null, kind text not null, method text not null,
  confidence real not null, primary key (article, start, end)
);
create table date_mentions (
  article text not null references articles(id), start integer not null, end integer not null, text text not null,
  value text, role text not null, precision text, basis text not null, method text not null, confidence real not null,
  primary key (article, start, end, role)
);
create table action_mentions (
  id integer primary key, article text not null references articles(id), start integer not null, end integer not null,
  evidence text not null, actor text not null, type text not null, target text not null, status text not null,
  jurisdiction text, trigger_start integer not null, trigger_end integer not null, method text not null,
  actor_entities text not null, target_entities text not null, instrument text, legal_form text,
  direction text not null, factuality text not null, announced_date text, effective_date text, deadline_date text,
  expiry_date text, on_word_of text, confidence real not null
);
create table statistics (
  id integer primary key, article text not null references articles(id), start integer not null, end integer not null,
  text text not null, value real not null, unit text not null, of_what text not null, period text, attributed_to text,
  bound text, change text, method text not null, confidence real not null
);
create table quotes (
  id integer primary key, article text not null references articles(id), start integer not null, end integer not null,
  text text not null, speaker text not null, speaker_entity text references entities(id), cue text,
  direct integer not null, method text not null, confidence real not null
);
"""

LEDGER = """
create table stories (id text primary key, title text not null);
create table actions (
  id text primary key, title text not null, actor text not null, actor_entity text references entities(id),
  type text not null, target text not null, instrument text, direction text not null, legal_form text,
  jurisdiction text, status text not null, announced_on text, effective_on text, deadline_on text, expires_on text,
  first_reported_at text not null, last_reported_at text not null, reports integer not null, sources integer not null,
  confidence real not null, story text references stories(id), changes text references actions(id),
  actor_entities text not null, target_entities text not null, withdrawn integer not null default 0
);
create table action_events (
  id integer primary key, action text not null references actions(id), kind text not null, date text, precision text,
  article text not null references articles(id), source text not null references sources(id)
);
create table action_reports (
  action text not null references actions(id), article text not null references articles(id),
  source text not null references sources(id), reported_at text not null, sentence text not null,
  start integer not null, end integer not null, trigger_start integer not null, trigger_end integer not null,
  on_word_of text, type text not null, status text not null, announced_date text, effective_date text,
  method text not null, confidence real not null, primary key (action, article, start, trigger_start)
);
"""

INDEXES = """
create index articles_day on articles(day);
create index articles_source on articles(source, day);
create index articles_story on articles(story);
create index mentions_entity on mentions(entity, article);
create index date_mentions_value on date_mentions(value);
create index action_mentions_article on action_mentions(article);
create index statistics_article on statistics(article);
create index statistics_unit on statistics(unit, value);
create index quotes_article on quotes(article);
create index quotes_speaker on quotes(speaker_entity);
create index actions_actor on actions(actor_entity, first_reported_at);
create index actions_type on actions(type, first_reported_at);
create index actions_jurisdiction on actions(jurisdiction, first_reported_at);
create index actions_effective on actions(effective_on);
create index actions_deadline on actions(deadline_on);
create index actions_first on actions(first_reported_at);
create index actions_story on actions(story);
create index action_events_action on action_events(action, date);
create index action_events_date on action_events(date);
create index action_reports_article on action_reports(article);
create index action_reports_source on action_reports(source);
"""

SITE_INDEXES = """
create index actions_last on actions(last_reported_at);
create index actions_expires on actions(expires_on);
create index actions_status on actions(status, first_reported_at);
create index actions_changes on actions(changes);
create index action_reports_at on action_reports(reported_at);
create index action_events_article on action_events(article);
create index articles_published on articles(published);
create index articles_reprint on articles(reprint_of);
create index entities_name on entities(name);
create index entities_type on entities(type, name);
create index aliases_alias on aliases(alias);
create index pages_last_seen on pages(last_seen);
create index pages_article on pages(article);
create index fetches_url on fetches(url);
create index stories_title on stories(title);
"""

TARGETS = """
create table action_targets (
  entity text not null references entities(id), action text not null references actions(id) on delete cascade,
  primary key (entity, action)
)~
create index action_targets_action on action_targets(action)~
create trigger action_targets_ai after insert on actions begin
  insert into action_targets (entity, action)
    select distinct e.id, new.id from json_each(new.target_entities) j join entities e on e.id = j.value;
end~
create trigger action_targets_au after update of target_entities on actions begin
  delete from action_targets where action = new.id;
  insert into action_targets (entity, action)
    select distinct e.id, new.id from json_each(new.target_entities) j join entities e on e.id = j.value;
end~
insert into action_targets (entity, action)
  select distinct e.id, a.id from actions a, json_each(a.target_entities) j join entities e on e.id = j.value
"""

AT_SIZE = """
create index fetches_source on fetches(source, run, outcome);
create index action_reports_source_at on action_reports(source, reported_at, action);
drop index action_reports_source;
create index actions_live on actions(first_reported_at) where withdrawn = 0;
create index pages_outcome on pages(outcome);
create index articles_language on articles(language);
create index articles_access on articles(access);
create index actions_direction on actions(direction);
"""

EXPECTED = """
alter table sources add column expect_low integer;
alter table sources add column expect_high integer;
create index fetches_at on fetches(at);
create index pages_first_seen on pages(first_seen);
create index articles_fetched_at on articles(fetched_at);
"""

# One that is written anew at every update costs as much as storing the article.
TEXT_TRIGGER = """
drop trigger articles_au;
create trigger articles_au after update of title, text on articles begin
  insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.rowid, old.title, old.text); \
  insert into articles_fts (rowid, title, text) values (new.rowid, new.title, new.text); end;
"""


def add_facts_and_ledger(db: Database) -> None:
    """The first version of the tables, their indexes and the full-text index over articles."""
    for part in (LEDGER, FACTS, INDEXES):
        script.run(db, part)
    db.table("articles").enable_fts(["title", "text"], create_triggers=True, tokenize="porter unicode61")
    db.table("actions").enable_fts(["title", "instrument"], create_triggers=True, tokenize="porter unicode61")
    db.table("entities").enable_fts(["name"], create_triggers=True, tokenize="unicode61")


def add_site(db: Database) -> None:
    """Indexes behind the orders, filters and links of the site; full-text indexes over figures and quotes."""
    script.run(db, SITE_INDEXES)
    db.table("statistics").enable_fts(
        ["of_what", "attributed_to", "text"], create_triggers=True, tokenize="porter unicode61"
    )
    db.table("quotes").enable_fts(["speaker", "text"], create_triggers=True, tokenize="porter unicode61")


def add_indexes_at_size(db: Database) -> None:
    """Indexes without which a page takes long once there are a million articles."""
    script.run(db, AT_SIZE)


def add_expected(db: Database) -> None:
    """The expected range of each source, and indexes by which its last days are counted."""
    script.run(db, EXPECTED)


def add_targets(db: Database) -> None:
    """The acts by their targets, kept in step with ``actions`` by the database itself."""
    for statement in TARGETS.strip().split("~\n"):
        db.execute(statement)
