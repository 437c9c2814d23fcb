"""A yml file read as what it should be; a mistake in it is one line that names the file and the line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from pipeline.records import DatelineError

T = TypeVar("T")
VOCABULARY = Path(__file__).resolve().parent / "vocabulary"

_PLACE = re.compile(r"`\$([^`]*)`")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_GOT, _VALUE, _MISSING = (re.compile(p) for p in (r"got `(\w+)`", r"value '([^']*)'", r"required field `([^`]+)`"))
_TAGS = {"array": "seq", "object": "map"}
_LINE = re.compile(r"line (\d+)")


class YmlError(DatelineError, ValueError):
    """A yml file cannot be used; the message names file, line and mend."""


def read(path: Path, shape: type[T], error: type[DatelineError] = YmlError, loader: type[Any] = yaml.CSafeLoader) -> T:
    """Read one file as ``shape``. Raises ``error`` where it is missing, is no yml or holds what it should not."""
    text = b""
    try:
        text = path.read_bytes()
        return msgspec.convert(yaml.load(text, Loader=loader), shape, strict=True)  # noqa: S506 - a CSafeLoader
    except (msgspec.MsgspecError, yaml.YAMLError, OSError, ValueError) as fault:
        raise error(told(path.name, text, str(fault))) from fault


def told(file: str, text: bytes, message: str, word: str | None = None) -> str:
    """``file:line: message`` on one line. ``word``: the text at fault, where the message names no place."""
    line = _line_of_word(text, word) if word else line_of(text, message)
    plain = " ".join(message.split())
    return f"{file}:{line}: {plain}" if line else f"{file}: {plain}"


def line_of(text: bytes, message: str) -> int | None:
    """The line of the place that a message of msgspec or PyYAML names, counted from 1; None where it names none."""
    try:
        top = yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError):
        found = _LINE.findall(message)
        return int(found[-1]) if found else None
    nodes = [] if top is None else [top]
    place = _PLACE.findall(message)
    for name, index in _STEP.findall(place[-1]) if place else ():
        nodes = [below for node in nodes for below in _below(node, name, index)] or nodes
    if unknown := _UNKNOWN.search(message):
        nodes = [key for node in nodes for key, _ in _pairs(node) if key.value == unknown[1]] or nodes
    at_fault = next((node for node in nodes if _is_told(node, message)), nodes[0] if nodes else None)
    return None if at_fault is None else at_fault.start_mark.line + 1


def _below(node: yaml.Node, name: str, index: str) -> list[yaml.Node]:
    """What stands under a key, at a number, or anywhere (``...``) in a node."""
    if name:
        return [value for key, value in _pairs(node) if key.value == name]
    items = node.value if isinstance(node, yaml.SequenceNode) else [value for _, value in _pairs(node)]
    return items[int(index) : int(index) + 1] if index.isdigit() else items


def _is_told(node: yaml.Node, message: str) -> bool:
    """Whether the message, which may speak of many places, is true of this one."""
    got, value, missing = (pattern.search(message) for pattern in (_GOT, _VALUE, _MISSING))
    if got:
        return bool(node.tag == f"tag:yaml.org,2002:{_TAGS.get(got[1], got[1])}")
    if missing:
        return missing[1] not in {key.value for key, _ in _pairs(node)}
    return value is None or bool(node.value == value[1])


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    return node.value if isinstance(node, yaml.MappingNode) else []


def _line_of_word(text: bytes, word: str) -> int | None:
    lines = text.decode("utf-8", "replace").splitlines()
    return next((number for number, line in enumerate(lines, 1) if word in line), None)
