"""Measuring, not part of the product. Dateline is imported first: it sets NumPy's threads before NumPy loads."""

import pipeline  # noqa: F401
