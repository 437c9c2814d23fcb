"""The tables behind the ledger: where each mention was filed, ids that moved, who said what, topics and watchlists."""

from __future__ import annotations

from sqlite_utils import Database

from pipeline.store import script

LEDGER_STATE = """
create table articles_filed (
  article text primary key references articles(id) on delete cascade, filed_by text not null
);
create table mention_acts (
  mention integer primary key references action_mentions(id) on delete cascade, root text not null, act text not null
);
create index mention_acts_root on mention_acts(root);
create index mention_acts_act on mention_acts(act);
create table action_roots (action text primary key references actions(id) on delete cascade, root text not null);
create index action_roots_root on action_roots(root);
create table ledger_days (step text primary key, day text not null);
create table action_aliases (old text primary key, new text not null references actions(id));
create table action_dates (
  action text not null references actions(id) on delete cascade, kind text not null, date text not null,
  why text not null, others text, primary key (action, kind)
);
create table act_outlets (
  action text not null references actions(id) on delete cascade, source text not null references sources(id),
  origin text not null, first_reported_at text not null, first_article text not null references articles(id),
  reports integer not null, on_word_of text, announced_dates text, effective_dates text,
  primary key (action, source)
);
create index act_outlets_source on act_outlets(source);
create table article_topics (
  article text not null references articles(id) on delete cascade, topic text not null, primary key (topic, article)
);
create index article_topics_article on article_topics(article);
create table action_topics (
  action text not null references actions(id) on delete cascade, topic text not null, primary key (topic, action)
);
create index action_topics_action on action_topics(action);
create table watch_matches (
  watchlist text not null, action text not null references actions(id) on delete cascade, why text not null,
  matched_at text not null, primary key (watchlist, action)
);
create index watch_matches_action on watch_matches(action);
create index watch_matches_at on watch_matches(matched_at);
"""

LEDGER_BLOCKS = """
create table ledger_blocks (
  block integer not null, act text not null, told text not null, primary key (block, act)
) without rowid;
create index ledger_blocks_act on ledger_blocks(act);
create table act_links (
  act text not null, changed text not null, told text not null, primary key (act, changed)
) without rowid;
create index act_links_changed on act_links(changed);
create table mention_acts_anew (
  mention integer primary key references action_mentions(id) on delete cascade, act text not null
);
drop table action_roots;
drop table mention_acts;
alter table mention_acts_anew rename to mention_acts;
create index mention_acts_act on mention_acts(act);
delete from articles_filed;
"""

CHANGE = """
alter table actions add column change text;
delete from articles_filed;
"""


def add_ledger_state(db: Database) -> None:
    """What the ledger needs to go on from where it stood, and what it says beside the acts."""
    script.run(db, LEDGER_STATE)
