"""Where in a yml file a mistake stands: the line of a place that a typed reading or a search names."""

from __future__ import annotations

import re

import yaml

_PLACE = re.compile(r"`\$([^`]*)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_LINE = re.compile(r"line (\d+)")


def told(file: str, text: bytes, message: str, word: str | None = None) -> str:
    """``file:line: message`` on one line. ``word``: the text at fault, where the message names no place."""
    line = _line_of_word(text, word) if word else line_of(text, message)
    plain = " ".join(message.split())
    return f"{file}:{line}: {plain}" if line else f"{file}: {plain}"


def line_of(text: bytes, message: str) -> int | None:
    """The line of the place that a message of msgspec or PyYAML names, counted from 1; None where it names none."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        found = _LINE.findall(message)
        return int(found[-1]) if found else None
    place = _PLACE.findall(message)
    for name, index in _STEP.findall(place[-1]) if place else ():
        below = _below(node, name, index)
        if below is None:
            break
        node = below
    if unknown := _UNKNOWN.search(message):
        node = next((key for key, _ in _pairs(node) if key.value == unknown[1]), node)
    return None if node is None else node.start_mark.line + 1


def _below(node: yaml.Node | None, name: str, index: str) -> yaml.Node | None:
    if name:
        return next((value for key, value in _pairs(node) if key.value == name), None)
    if isinstance(node, yaml.SequenceNode) and index.isdigit() and int(index) < len(node.value):
        below: yaml.Node = node.value[int(index)]
        return below
    return None


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _line_of_word(text: bytes, word: str) -> int | None:
    lines = text.decode("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if word in line), None)
