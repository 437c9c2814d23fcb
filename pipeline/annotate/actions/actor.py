"""The actor of an act, as records and rules hand it on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor as the report names it. ``public``: a body of a state or an international one."""

    name: str
    entities: tuple[str, ...]
    country: str | None
    kind: str
    public: bool
    members: tuple[Actor, ...] = ()  # of a joint act of several states
