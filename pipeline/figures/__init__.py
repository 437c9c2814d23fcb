"""Statistics -> figures: one figure, many reports; values that contradict each other found.

``match`` says when two readings are one figure and when they contradict, ``gather`` keeps the tables up to date.
"""

from __future__ import annotations

from pipeline.figures.gather import gather

__all__ = ["gather"]
