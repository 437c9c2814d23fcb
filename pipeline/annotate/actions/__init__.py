"""Policy acts: who did what to whom, by which instrument, from which day, on whose word.

One pass over the tokens of a sentence against a set of lemmas; a trigger's arguments are read off the parse. The
rules are named for the linguistics: ``verbal_acts``, ``nominal_acts``, ``provisions``.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span

from pipeline.annotate.actions.actors import Cast
from pipeline.annotate.actions.aftermath import outcome_above, with_outcomes
from pipeline.annotate.actions.candidate import Candidate
from pipeline.annotate.actions.dating import attach
from pipeline.annotate.actions.duties import duties
from pipeline.annotate.actions.echoes import answered, same_again
from pipeline.annotate.actions.effects import changing_rates, starting_acts
from pipeline.annotate.actions.factuality import factuality
from pipeline.annotate.actions.headlines import headline_acts, title_acts
from pipeline.annotate.actions.hearsay import on_word_of
from pipeline.annotate.actions.instruments import legal_form
from pipeline.annotate.actions.merge import merged, without_echoes, without_elaborations
from pipeline.annotate.actions.nouns import nominal_acts
from pipeline.annotate.actions.provisions import REACH, Focus, focus_of, provisions
from pipeline.annotate.actions.quoted import unquoted
from pipeline.annotate.actions.status import status_of
from pipeline.annotate.actions.targets import with_content
from pipeline.annotate.actions.verbs import verbal_acts
from pipeline.annotate.text import Text
from pipeline.records import ActionMention, DateMention, Direction, Mention

RESTRICTIVE = frozenset({"restrict", "ban/block", "impose", "require", "fine/penalise", "enforce", "sue/challenge"})
LIBERALISING = frozenset({"lift/repeal", "permit/license", "fund/subsidise", "delay/extend"})

LONGEST_HEADING = 20  # tokens, white space among them
FOCUS_REACH = 3  # sentences after an act in which a passive may still be its maker's

__all__ = ["find_actions"]


def find_actions(
    text: Text,
    mentions: tuple[Mention, ...],
    dates: tuple[DateMention, ...],
    title_mentions: tuple[Mention, ...] = (),
) -> tuple[ActionMention, ...]:
    """The policy acts of one article, one for each actor, type and target, in the order of the text."""
    cast = Cast(text, mentions)
    found: list[Candidate] = []
    focus: Focus | None = None
    begins = text.doc._.text_begins
    for number, sentence in enumerate(text.doc.sents):
        near = focus is not None and not focus.proposed and number - focus.sentence <= FOCUS_REACH
        if not cast.triggers.here(sentence) and not (focus is not None and number - focus.sentence <= REACH):
            continue
        if sentence.end_char <= begins or _is_heading(sentence):
            continue
        maker = focus.actor if near and focus is not None else None
        here = list(verbal_acts(sentence, cast, maker))
        taken = {c.noun.i for c in here if c.noun is not None} | {c.trigger.i for c in here}
        here = without_elaborations(here)
        here += answered(sentence, cast)
        here += same_again(sentence, cast, here, found)
        here += nominal_acts(sentence, cast, taken)
        here += starting_acts(sentence, cast, here, found, maker)
        here += changing_rates(sentence, cast, here, maker)
        if not here:
            here += duties(sentence, cast, maker)
        if not here and text.article.access == "headline":
            here += headline_acts(sentence, cast)
        if not here:
            here += provisions(sentence, number, cast, focus)
            if here and focus is not None:  # a provision keeps its instrument in mind
                focus = replace(focus, sentence=number)
        else:
            focus = focus_of(here, number, focus)
        found += unquoted(here, text.article.text)  # what stands in quotation marks is opinion, not report
    found += title_acts(text, title_mentions, found) if text.article.access == "full" else ()
    by_dates = attach(text.doc, found, dates)
    at = {id(c): n for n, c in enumerate(found)}
    acts = []
    for c, own in zip(found, by_dates, strict=True):
        whole = at.get(id(c.part_of)) if c.part_of is not None else None
        act = _mention(c, own, by_dates[whole] if whole is not None else own, cast, text)
        acts.append(replace(act, status=outcome_above(c, found) or act.status))
    return with_outcomes(merged(without_echoes(acts)))


def _is_heading(sentence: Span) -> bool:
    """A short line of its own without a full stop: ``What parties must do``."""
    if len(sentence) > LONGEST_HEADING:
        return False
    words = [t for t in sentence if not t.is_space]
    doc = sentence.doc
    after = sentence[-1] if sentence[-1].is_space else doc[sentence.end] if sentence.end < len(doc) else None
    ends = after is None or "\n" in after.text
    return (
        0 < len(words) < 12
        and ends
        and sentence.end < len(doc)
        and words[-1].text not in (".", "!", "?", "”", '"', ":", ")")
    )


def _mention(c: Candidate, dates: dict[str, str], whole: dict[str, str], cast: Cast, text: Text) -> ActionMention:
    sentence = _evidence(c.sentence, text.doc._.text_begins)
    effective = whole.get("effective_date")
    return ActionMention(
        start=sentence.start_char,
        end=sentence.end_char,
        evidence=sentence.text,
        actor=c.actor.name,
        type=c.type,
        target=with_content(c.target, c.noun),
        status=status_of(c, effective, text.article.local_day),
        jurisdiction=c.actor.country,
        trigger=(c.trigger.idx, c.trigger.idx + len(c.trigger)),
        method=c.rule,
        actor_entities=c.actor.entities,
        target_entities=cast.within(c.sentence.doc[c.noun.left_edge.i : c.noun.right_edge.i + 1])
        if c.noun is not None
        else (),
        instrument=c.instrument,
        legal_form=legal_form(c),
        direction=_direction(c),
        on_word_of=on_word_of(c, cast),
        factuality=factuality(c, dates.get("announced_date"), effective, text.article.local_day, cast),
        confidence=c.confidence,
        **dates,
    )


def _direction(c: Candidate) -> Direction:
    return "restrictive" if c.type in RESTRICTIVE else "liberalising" if c.type in LIBERALISING else "unclear"


def _evidence(sentence: Span, begins: int) -> Span:
    """The sentence without the dateline and the white space around it."""
    start, end = sentence.start, sentence.end
    while start < end and (sentence.doc[start].is_space or sentence.doc[start].idx < begins):
        start += 1
    while end > start + 1 and sentence.doc[end - 1].is_space:
        end -= 1
    return sentence.doc[start:end]
