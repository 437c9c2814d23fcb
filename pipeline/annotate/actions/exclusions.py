"""What is told in the words of an act but is no policy: crime, accidents, drills, appointments, talks, business.

Each reason is a closed set of nouns of ``actions.yml``, tested on the object of the act and what it is about.
"""

from __future__ import annotations

from spacy.tokens import Token

from pipeline.annotate.actions import clause
from pipeline.annotate.actions.actors import Actor, Cast
from pipeline.annotate.actions.lexicon import classes, verb_lemma, word_set
from pipeline.records import ActionType

HEARD = frozenset({"hearing", "trial", "session", "argument"})
SPACE = frozenset({"space", "moon", "lunar", "mission", "mars"})
CHARGING = frozenset({"charge", "indict"})
ARRESTING = word_set("arresting")
ASKING = frozenset({"interview", "question", "inspect", "examine"})
LOOSE_PROPOSING = frozenset({"suggest", "recommend", "float"})
CARRYING_OUT = frozenset({"implement", "enforce", "apply"})
DELEGATING = frozenset({"authorise", "authorize", "empower"})
MISSILES = frozenset({"satellite", "rocket", "missile", "spacecraft", "airstrike"})
LEAVING = frozenset({"resign", "retire", "leave", "quit", "run", "step", "travel", "visit", "meet"})
RESULTING = frozenset({"effectively", "thereby", "thus", "potentially"})
TOLERATING = frozenset({"allow", "let", "permit", "enable"})
IDIOM_PARTICLES = frozenset({"off", "ahead", "through", "together", "over"})


def no_policy(kind: ActionType, verb: Token, noun: Token | None, actor: Actor, cast: Cast) -> bool:
    """Whether an act of this kind on this object is outside policy."""
    lemma = verb_lemma(verb) or verb.lemma_.lower()
    topics = _topics(noun)
    if kind == "investigate" and topics & word_set("accidents"):
        return True
    if (kind == "enforce" and lemma in ARRESTING) or (kind == "investigate" and lemma in ASKING):
        return not _is_market_matter(verb, noun, cast)
    if lemma in ASKING and clause.is_passive(verb) and clause.agent(verb) is None:
        return True  # "was interviewed on the programme"
    if kind == "enforce" and lemma in CHARGING and clause.is_passive(verb) and clause.agent(verb) is None:
        return not (_is_market_matter(verb, noun, cast) or topics & word_set("office_holders"))
    if kind == "investigate" and _is_count(noun):
        return True
    if kind == "investigate" and lemma == "conduct" and noun is not None and noun.lemma_ == "review":
        return True
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and any(c.lower_ in RESULTING for c in verb.children):
        return True  # "passed a law, effectively ending the fees": what comes of it
    if kind in ("rule", "permit/license", "agree/sign") and topics & word_set("crime"):
        return True
    if kind == "rule" and topics & HEARD:
        return True
    if kind in ("adopt", "permit/license") and topics & word_set("offices"):
        return True
    if kind == "permit/license" and any(i.lemma_ in ("expire", "lapse") for i in clause.complements(verb)):
        return True  # "allowed the programme to expire"
    if kind == "permit/license" and lemma in DELEGATING and _is_colleague(noun, actor, cast):
        return True
    if lemma in CARRYING_OUT and _is_of_another(noun, actor, cast):
        return True
    if kind == "sue/challenge" and actor.kind == "person" and lemma != "sue":
        return True  # an accused's appeal
    if lemma == "name" and verb.dep_ == "acl":
        return True  # "a man named"
    if kind == "investigate" and topics & word_set("envoys"):
        return True
    if kind == "investigate" and topics & SPACE:
        return True
    if lemma == "question" and not _is_one_to_ask(noun, cast):
        return True
    if kind == "require" and noun is not None and noun.lemma_.lower() in word_set("civilians"):
        return True  # advice to the public
    if kind == "propose" and (topics & word_set("talks") or (lemma in LOOSE_PROPOSING and _is_bare(noun))):
        return True
    if kind == "require" and _is_command(verb, noun):
        return True
    if _is_general(verb) or (lemma == "cap" and verb.dep_ == "advcl" and verb.tag_ == "VBG"):
        return True
    if kind == "permit/license" and noun is not None and noun.lower_ == "way":
        return True
    if kind == "fund/subsidise" and verb.dep_ == "relcl" and verb.tag_ in ("VBZ", "VBP"):
        return True  # "the subsidies it gives to industry": a standing practice
    if kind == "rule" and noun is not None and noun.lemma_ == "decision" and actor.kind != "court":
        return True  # what was decided is told by its own words
    if kind == "issue":
        return _is_intention(noun) or _is_appointment(verb, noun, cast) or _is_only_named(verb, noun)
    if kind == "permit/license" and lemma in TOLERATING and verb.tag_ == "VBG" and _is_progressive(verb):
        return True  # "is allowing oil to cross": lets it happen
    if kind in ("require", "permit/license") and verb.dep_ == "relcl" and verb.tag_ == "VBZ":
        owner = cast.mention(verb.head)  # "the country, which requires citizenship": a standing regime
        return owner is not None and owner.type == "GPE"
    if not actor.public:
        return _is_business(kind, verb, noun)
    return False


def _is_colleague(noun: Token | None, actor: Actor, cast: Cast) -> bool:
    """``authorises the treasury secretary to prohibit``: power handed within one state."""
    other = cast.actor(noun)
    return other is not None and other.public and other.kind != "state" and other.country == actor.country


def _is_of_another(noun: Token | None, actor: Actor, cast: Cast) -> bool:
    """``the border guard carried out the president's ban``: the act is his who made it."""
    owner = clause.child(noun, "poss") if noun is not None else None
    whose = cast.actor(owner) if owner is not None else None
    return whose is not None and whose.public and whose.name != actor.name


def _topics(noun: Token | None) -> set[str]:
    """The object's head noun and the nouns that hang on it by ``into``, ``of`` and the like."""
    if noun is None:
        return set()
    found = {noun.lemma_.lower()} | {c.lemma_.lower() for c in noun.children if c.dep_ == "compound"}
    for prep in (*noun.children, *(noun.head.children if noun.head.pos_ == "VERB" else ())):
        if prep.dep_ == "prep" and prep.lower_ in ("into", "over", "of") and (own := clause.child(prep, "pobj")):
            found.add(own.lemma_.lower())
            found |= {g.lemma_.lower() for p in own.children if p.lower_ == "of" for g in p.children}
    return found


def _is_one_to_ask(noun: Token | None, cast: Cast) -> bool:
    """``questioned two executives``, ``questioned the firm``; not ``questioned the use of``."""
    if noun is None:
        return False
    mention = cast.mention(noun)
    named = (
        mention is not None and mention.type in ("ORG", "PERSON") and not any(c.lower_ == "of" for c in noun.children)
    )
    return named or noun.lemma_.lower() in word_set("official_titles") | {"executive", "founder", "company", "firm"}


def is_of_trade(noun: Token) -> bool:
    """``the seizure of chips``, ``a crackdown on exchanges``: what is enforced is no common crime."""
    return any(t.lemma_.lower() in word_set("market_matters") for t in noun.subtree)


def _is_market_matter(verb: Token, noun: Token | None, cast: Cast) -> bool:
    """``charged two traders with smuggling chips``, ``raided the offices of the firm``."""
    for t in noun.subtree if noun is not None else ():
        mention = cast.mention(t)
        if mention is not None and mention.type in ("ORG", "PRODUCT") and abs(t.i - verb.i) < 12:
            return True
    about = (*verb.subtree, *(noun.subtree if noun is not None else ()))
    return any(t.lemma_.lower() in word_set("market_matters") for t in about)


def _is_count(noun: Token | None) -> bool:
    """``investigated 6,529 cases``: a year's work in figures."""
    return (
        noun is not None
        and noun.tag_ == "NNS"
        and noun.lemma_ in ("case", "complaint", "report")
        and any(c.dep_ == "nummod" and c.ent_type_ != "ORDINAL" for c in noun.children)
    )


def _is_bare(noun: Token | None) -> bool:
    """An object that is no instrument, levy or curb."""
    if noun is None:
        return True
    kinds = set(classes().get(noun.lemma_.lower(), ()))
    return not kinds & {"ban", "levy", "curb", "penalty", "permit", "law", "rule", "draft", "fund", "treaty"}


def _is_command(verb: Token, noun: Token | None) -> bool:
    """``ordered a drill``, ``warned citizens to take cover``: the military's and the police's orders of the day."""
    if noun is not None and noun.lemma_.lower() in word_set("drills"):
        return True
    civilians = noun is not None and noun.lemma_.lower() in word_set("civilians")
    return civilians and any(i.lemma_.lower() in word_set("shelter") for i in clause.complements(verb))


def _is_intention(noun: Token | None) -> bool:
    """``announced plans to launch two missions``: what is planned is told by its own verb."""
    if noun is None:
        return False
    aims = [c for c in noun.children if c.dep_ in ("acl", "relcl") and clause.has_to(c)]
    if noun.lemma_.lower() == "plan" and any(c.lemma_.lower() in LEAVING for c in aims):
        return True  # "announced his plan to resign"
    if any(t.lemma_.lower() in MISSILES for c in aims for t in c.subtree):
        return True  # "signed the order to launch the rocket"
    return bool(aims) and (noun.lemma_.lower() in ("decision", "intention") or noun.lower_ == "plans")


def _is_appointment(verb: Token, noun: Token | None, cast: Cast) -> bool:
    """``named a lawyer as ambassador``."""
    if noun is not None and (mention := cast.mention(noun)) is not None and mention.type == "PERSON":
        return True
    for as_ in verb.children:
        own = clause.child(as_, "pobj") if as_.dep_ == "prep" and as_.lower_ == "as" else None
        own = as_ if as_.dep_ == "oprd" else own
        if own is not None and own.lemma_.lower() in word_set("offices") | word_set("official_titles"):
            return True
    return False


def _is_general(verb: Token) -> bool:
    """``countries that tax imports``, ``before any penalty is applied``: of no case in particular."""
    if verb.dep_ == "relcl" and verb.tag_ in ("VBP", "VBZ") and verb.head.lemma_.lower() in ("country", "state"):
        return _is_bare_plural(verb.head)
    own = clause.child(verb, "nsubj") if verb.tag_ == "VBP" and clause.child(verb, "aux") is None else None
    if own is not None and verb.dep_ == "relcl" and own.pos_ in ("NOUN", "PROPN"):
        return True  # "fees that states compel them to pay"
    if own is not None and _is_bare_plural(own) and own.lemma_.lower() in ("country", "state", "government"):
        return True  # "EU countries enact the act": of no day
    present = any(c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in verb.children)
    return present and any(c.dep_ == "mark" and c.lower_ == "before" for c in verb.children)


def _is_bare_plural(noun: Token) -> bool:
    return noun.tag_ == "NNS" and not any(c.dep_ in ("det", "nummod", "poss") for c in noun.children)


def _is_only_named(verb: Token, noun: Token | None) -> bool:
    """``did not apply the framework, which it published in May``: named in passing, without its content."""
    if noun is None or verb.dep_ != "relcl" or verb.head != noun:
        return False
    return not any(c.dep_ in ("prep", "compound", "amod", "acl", "nmod", "appos", "poss") for c in noun.children)


def _is_progressive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)


def _is_business(kind: ActionType, verb: Token, noun: Token | None) -> bool:
    """``licenses its technology``, ``removed illegal content``, ``pulled it off``: a firm's trade, or an idiom."""
    if (kind == "restrict" and verb.lemma_ in ("throttle", "slow")) or verb.lemma_ == "enforce":
        return True
    if kind == "permit/license" and verb.lemma_ == "license" and not clause.is_passive(verb):
        return True
    if verb.lemma_ == "pull" and any(c.dep_ == "prt" and c.lower_ in IDIOM_PARTICLES for c in verb.children):
        return True
    return kind in ("withdraw", "ban/block") and noun is not None and noun.lemma_.lower() in word_set("posts")
