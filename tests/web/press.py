"""A few reports with what annotators find in them, for the site's tests: records put together by hand."""

from __future__ import annotations

from typing import Any

from pipeline.records import (
    ActionMention,
    Annotations,
    Article,
    DateMention,
    Mention,
    Quote,
    Statistic,
    Story,
    article_id,
)

OPENAI, CHINA, TREASURY, WIPO = "Q21708200", "Q148", "Q648666", "Q177773"
NAMES: dict[str, tuple[str, str, str | None]] = {
    OPENAI: ("OpenAI", "ORG", "US"),
    CHINA: ("China", "GPE", "CN"),
    TREASURY: ("US Department of the Treasury", "ORG", "US"),
    WIPO: ("World Intellectual Property Organization", "ORG", "INT"),
}
STORIES = (
    Story("openai-block-2024-06", "OpenAI to block API traffic from China", ()),
    Story("us-outbound-2024-06", "US drafts rules on investment in Chinese technology", ()),
)


def article(url: str, source: str, published: str, title: str, text: str, **more: Any) -> Article:
    return Article(
        id=article_id(url),
        url=url,
        source=source,
        title=title,
        text=text,
        published=published,
        zone=None,
        fetched_at="2024-07-22T06:00:00Z",
        **more,
    )


FIRST = article(
    "https://www.reuters.com/technology/openai-block-2024-06-25/",
    "reuters",
    "2024-06-25T09:05:00Z",
    "OpenAI to block API traffic from China",
    "OpenAI will block API traffic from China from July 9, it told users by e-mail on Tuesday.\n\n"
    "“We are taking additional steps to block API traffic,” a spokesperson said.",
    byline=("A. Writer",),
)
SECOND = article(
    "https://www.globaltimes.cn/page/202407/1315600.shtml",
    "global_times",
    "2024-07-09T11:30:00Z",
    "OpenAI's block takes effect",
    "The company's block on API traffic from China began on July 9.\n\n"
    "China counted more than 4,500 AI companies in 2023, the ministry said.",
)
THIRD = article(
    "https://www.bloomberg.com/news/articles/2024-06-25/openai-cuts-off-china",
    "bloomberg",
    "2024-06-25T11:00:00Z",
    "OpenAI cuts off China",
    "OpenAI said on Tuesday it blocks API traffic from China.",
    access="headline",
)
RULES = article(
    "https://www.reuters.com/world/us/treasury-draft-2024-06-21/",
    "reuters",
    "2024-06-21T20:00:00Z",
    "US Treasury drafts rules on investment in China",
    "The US Treasury proposed rules on investment in Chinese technology, with comments due by August 4, 2099.",
)
HOSTILE = article(
    "javascript:alert(1)",
    "xinhua",
    "2024-07-10",
    "<script>alert('title')</script> & \"quotes\"",
    "China <img src=x onerror=alert(2)> issued a <b>notice</b> on July 10.",
)
ARTICLES = (FIRST, SECOND, THIRD, RULES, HOSTILE)
LABELS = {FIRST.id: STORIES[0].id, SECOND.id: STORIES[0].id, THIRD.id: STORIES[0].id, RULES.id: STORIES[1].id}


def at(item: Article, words: str) -> dict[str, Any]:
    start = item.text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def mention(item: Article, words: str, entity: str, **more: Any) -> Mention:
    name, kind, country = NAMES[entity]
    return Mention(
        **at(item, words),
        type=kind,
        canonical=name,
        entity=entity,
        method="test",
        country=country,
        **more,  # type: ignore[arg-type]
    )


def day(item: Article, words: str, value: str, role: Any) -> DateMention:
    return DateMention(**at(item, words), value=value, role=role, precision="day", basis="explicit", method="test")


def act(item: Article, sentence: str, word: str, **told: Any) -> ActionMention:
    where = at(item, sentence)
    start = item.text.index(word)
    fields: dict[str, Any] = {
        "actor": "OpenAI",
        "type": "ban/block",
        "target": "API traffic from China",
        "status": "adopted",
        "jurisdiction": "US",
        "actor_entities": (OPENAI,),
        "target_entities": (CHINA,),
        "direction": "restrictive",
    }
    return ActionMention(
        start=where["start"],
        end=where["end"],
        evidence=sentence,
        trigger=(start, start + len(word)),
        method="test",
        **fields | told,
    )


SENTENCE = "OpenAI will block API traffic from China from July 9, it told users by e-mail on Tuesday."
ANNOTATIONS = (
    Annotations(
        FIRST.id,
        mentions=(mention(FIRST, "OpenAI", OPENAI), mention(FIRST, "China", CHINA)),
        dates=(day(FIRST, "July 9", "2024-07-09", "effective"), day(FIRST, "Tuesday", "2024-06-25", "announced")),
        actions=(
            act(
                FIRST, SENTENCE, "block", announced_date="2024-06-25", effective_date="2024-07-09", on_word_of="OpenAI"
            ),
        ),
        quotes=(
            Quote(
                **at(FIRST, "We are taking additional steps to block API traffic"),
                speaker="a spokesperson",
                speaker_entity=OPENAI,
                cue="said",
                method="test",
            ),
        ),
    ),
    Annotations(
        SECOND.id,
        mentions=(mention(SECOND, "The company", OPENAI, kind="description"), mention(SECOND, "China", CHINA)),
        dates=(day(SECOND, "July 9", "2024-07-09", "effective"),),
        actions=(
            act(
                SECOND,
                "The company's block on API traffic from China began on July 9.",
                "block",
                status="in_force",
                effective_date="2024-07-09",
                announced_date="2024-06-24",
            ),
        ),
        statistics=(
            Statistic(
                **at(SECOND, "more than 4,500 AI companies"),
                value=4500,
                unit="companies",
                of_what="AI companies in China",
                period="2023",
                attributed_to="the ministry",
                method="test",
                bound="at_least",
            ),
        ),
    ),
    Annotations(
        THIRD.id,
        mentions=(mention(THIRD, "OpenAI", OPENAI),),
        actions=(act(THIRD, THIRD.text, "blocks", announced_date="2024-06-25"),),
    ),
    Annotations(
        RULES.id,
        mentions=(mention(RULES, "US Treasury", TREASURY),),
        dates=(day(RULES, "August 4, 2099", "2099-08-04", "deadline"),),
        actions=(
            act(
                RULES,
                RULES.text,
                "proposed",
                actor="US Department of the Treasury",
                type="propose",
                target="rules on investment in Chinese technology",
                status="proposed",
                actor_entities=(TREASURY,),
                deadline_date="2099-08-04",
            ),
        ),
    ),
    Annotations(
        HOSTILE.id,
        mentions=(mention(HOSTILE, "China", CHINA),),
        dates=(day(HOSTILE, "July 10", "2024-07-10", "announced"),),
        actions=(
            act(
                HOSTILE,
                HOSTILE.text,
                "issued",
                actor="China",
                type="issue",
                target="<b>notice</b>",
                status="in_force",
                jurisdiction="CN",
                actor_entities=(CHINA,),
                target_entities=(),
                direction="unclear",
            ),
        ),
    ),
)
