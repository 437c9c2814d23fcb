"""Where the small model hangs a date on the wrong verb in a way that news English invites, and all rooms would err.

``The ministry said on Wednesday it would restrict exports``: without ``that``, the day of the words is taken for the
day of the deed.
"""

from __future__ import annotations

from spacy.symbols import ccomp  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token

DAYS = frozenset({"DATE", "TIME"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})


def reattach(doc: Doc) -> Doc:
    """Hang days that stand between a verb and its clause's subject on the verb; the document itself is changed."""
    for place in (doc.to_array("DEP") == ccomp).nonzero()[0].tolist():
        clause = doc[place]
        verb = clause.head
        if verb.i < clause.i and verb.pos_ in ("VERB", "AUX"):
            for token in _misplaced(verb, clause):
                token.head = verb
    return doc


def _misplaced(verb: Token, clause: Token) -> list[Token]:
    """Days among the clause's left children that follow the verb at once, before the subject."""
    found, following = [], verb.i + 1
    for child in clause.lefts:
        if child.dep_ in SUBJECTS or child.i <= verb.i:
            break
        if child.left_edge.i != following or child.dep_ not in ("prep", "npadvmod", "advmod"):
            return []
        following = child.right_edge.i + 1
        found.append(child)
    else:
        return []
    return found if found and any(t.ent_type_ in DAYS for c in found for t in c.subtree) else []
