"""Page -> Article, or a named reason why not.

The reader is loaded on first use: who needs no more than a url cleaned or a time read does not wait for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extract.document import Refused, load_page
    from pipeline.extract.page import VERSION, extract, read_page

__all__ = ["VERSION", "Refused", "extract", "load_page", "read_page"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("pipeline.extract.page"), name)
