"""Fitting: choose the few measures that make a fiche fill its A4 pages."""

from collections.abc import Callable
from typing import Any

import weasyprint

from models.content import FicheContent

from .setting import Fit

Layout = Callable[[Fit, bool], weasyprint.Document]  # (measures, on the endless sheet?) -> laid out document


def best_fit(content: FicheContent, names: list[str], lay_out: Layout) -> tuple[Fit, Any]:
    """Return the measures and the document laid out with them."""
    fit = Fit(flow=True)
    return fit, lay_out(fit, False)
