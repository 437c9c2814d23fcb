"""Where a noun phrase that names a speaker begins and ends; firmer than the parse beside quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from pipeline.annotate.columns import texts
from pipeline.annotate.speech import words

_TURNS = frozenset('“”"')
QUOTE_MARKS = frozenset('"“”„«»')
_STOPS = frozenset(",.;:!?—–―-()[]/<>") | QUOTE_MARKS | {"--"}
_DAYS = frozenset(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_NEAR_DAYS = frozenset(("last", "this", "earlier", "yesterday", "today"))
_CLOSERS = frozenset(("while", "when", "after", "before", "as", "but", "because", "adding", "referring", "speaking"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


def quoted_tokens(doc: Doc) -> list[bool]:
    """For each token whether it stands within quotation marks; read once a document."""
    kept: list[bool] | None = doc.user_data.get("quoted")
    if kept is None:
        inside, kept = False, []
        for word in texts(doc):
            if word in _TURNS:
                inside = word == "“" or (word == '"' and not inside)
            elif inside and "\n" in word:
                inside = False
            kept.append(inside)
        doc.user_data["quoted"] = kept
    return kept


def is_irish(token: Token) -> bool:
    """``O’Neill``, which the model takes for an adverb where its apostrophe is curly."""
    return token.text[1:2] in ("’", "'") and token.text[:1].isupper() and token.text[2:3].isupper()


def ends_sentence(token: Token) -> bool:
    """Whether a sentence can end with the token: a mark, a paragraph; where the parser broke one, it cannot."""
    return token.is_space or token.is_quote or token.text[-1] in ".!?…:;)"


def noun_of(doc: Doc, first: int, stop: int) -> Token | None:
    """The noun of the phrase: the last of its first run of nouns; after "one of" the noun of the whole."""
    if stop - first > 2 and doc[first].lower_ in ("one", "another", "some") and doc[first + 1].lower_ == "of":
        first += 2
    noun = None
    for token in doc[first:stop]:
        if token.pos_ in ("NOUN", "PROPN"):
            noun = token
        elif token.tag_ == "POS":  # "the ministry's director"
            noun = None
        elif noun is not None and token.text != "-":
            break
    return noun


def phrase_start(doc: Doc, at: int) -> int:
    """The first token of the noun phrase whose noun stands at ``at``."""
    while at > 0 and (
        doc[at - 1].pos_ in ("ADJ", "NOUN", "PROPN", "DET", "NUM") or doc[at - 1].tag_ in ("POS", "VBN", "HYPH")
    ):
        at -= 1
    return at


def phrase_end(doc: Doc, first: int, stop: int) -> int:
    """Where the phrase ends: at punctuation, a finite verb, a day, or the occasion ("in an interview")."""
    at = first
    while at < stop:
        token = doc[at]
        joined = token.text in "-–" and at > first and doc[at - 1].whitespace_ == "" and token.whitespace_ == ""
        if token.is_space or (token.text in _STOPS and not joined) or _is_closing(doc, at, stop, first):
            break
        at += 1
    while at > first + 1 and doc[at - 1].pos_ in ("ADP", "DET", "CCONJ", "SCONJ", "ADV"):
        at -= 1
    return at


def _is_closing(doc: Doc, at: int, stop: int, first: int) -> bool:
    """Whether the token begins what no longer belongs to the name."""
    token = doc[at]
    if at == first:
        return False
    if token.lower_ == "who":  # "who asked not to be named" is left out, "who advises banks" kept
        verbs = [t for t in doc[at + 1 : at + 6] if t.pos_ in ("VERB", "AUX")]
        return any(t.lemma_ in words("anonymity") for t in verbs)
    if token.pos_ == "ADP" and _is_occasion(doc, at):
        return True
    if token.text in _DAYS or (token.lower_ in _NEAR_DAYS and token.ent_type_ in ("DATE", "TIME")):
        return True
    relative = any(t.lower_ in ("who", "that", "which", "whose") for t in doc[first:at])
    return (token.tag_ in _FINITE and not relative) or token.lower_ in _CLOSERS


def _is_occasion(doc: Doc, at: int) -> bool:
    """``in an emailed statement``, ``on Tuesday``, ``at a briefing``."""
    ahead = doc[at + 1 : at + 6]
    if not len(ahead):
        return False
    nouns = [t for t in ahead if t.pos_ in ("NOUN", "PROPN")][:2]
    timed = ahead[0].ent_type_ in ("DATE", "TIME")
    near = not nouns or nouns[0].i <= at + 4
    return near and (timed or any(t.lower_ in words("occasions") for t in (nouns[:1] + nouns[-1:])))
