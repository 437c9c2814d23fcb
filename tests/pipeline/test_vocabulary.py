"""Every vocabulary file is read: ids are unique, names that two actors share are told apart by country."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from pipeline import vocabulary
from pipeline.annotate.gazetteer import is_loose
from pipeline.vocabulary import Group, VocabularyError


def test_there_are_actors_enough() -> None:
    assert len(vocabulary.actors()) >= 1500


def test_ids_are_unique() -> None:
    entities = [actor.entity for actor in vocabulary.actors()]
    assert len(entities) == len(set(entities))


@pytest.mark.parametrize("path", sorted(vocabulary.FOLDER.glob("actors_*.yml")), ids=lambda path: path.stem)
def test_no_name_stands_twice_in_a_group(path: Path) -> None:
    twice, seen = [], set[str]()
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("- "):
            seen = set()
        elif line.startswith("    ") and not line.startswith("     "):
            name = line.strip().partition(": ")[0]
            twice += [name] if name in seen else []
            seen.add(name)
    assert twice == []


def test_a_name_that_two_actors_share_is_told_apart_by_country_or_maker() -> None:
    owners = defaultdict(list)
    for actor in vocabulary.actors():
        for alias in {actor.name, *actor.aliases}:
            owners[alias.casefold() if is_loose(actor, alias) else alias].append(actor)
    clashes = {
        alias: [a.name for a in shared]
        for alias, shared in owners.items()
        if len({a.entity for a in shared}) > 1 and len({(a.country, a.by) for a in shared}) < len(shared)
    }
    assert clashes == {}


def test_roles_of_actors_are_listed_roles_with_one_holder_a_country() -> None:
    holders = defaultdict(list)
    for actor in vocabulary.actors():
        for role in actor.roles:
            assert role in vocabulary.roles(), actor.name
            holders[role, actor.country].append(actor.name)
    assert {key: names for key, names in holders.items() if len(names) > 1} == {}


def test_countries_are_known_codes_and_makers_are_actors() -> None:
    known = {*vocabulary.states(), "INT", None}
    names = {actor.name for actor in vocabulary.actors()}
    for actor in vocabulary.actors():
        assert actor.country in known, actor.name
        assert actor.by is None or actor.by in names, actor.name


def test_word_lists_are_read() -> None:
    assert "Inc." in vocabulary.names().legal_suffixes
    assert "on" in vocabulary.names().connectors  # not a truth value
    assert "regulator" in vocabulary.descriptions().kinds["regulator"]


def test_a_mistake_names_file_line_and_entry(tmp_path: Path) -> None:
    path = tmp_path / "actors_x.yml"
    path.write_text("- type: ORG\n  kind: company\n  names:\n    Bar:\n    Foo: {alias: [Foo Inc.]}\n")
    (group,) = vocabulary.read("actors_x.yml", list[Group], tmp_path)
    with pytest.raises(VocabularyError, match=r"actors_x\.yml:5: Foo: .*alias"):
        list(vocabulary.read_group(group, path))


def test_a_file_that_is_no_group_names_itself(tmp_path: Path) -> None:
    (tmp_path / "actors_bad.yml").write_text("- {type: FISH, kind: company, names: {}}\n")
    with pytest.raises(VocabularyError, match=r"actors_bad\.yml:1: .*type"):
        vocabulary.read("actors_bad.yml", list[Group], tmp_path)
