"""Counts a week as an inline SVG of stacked bars, and as a table for programs that show no SVG."""

from __future__ import annotations

from html import escape

from pipeline.digest.model import Chart
from pipeline.site import words

WIDTH, HEIGHT, LEFT, BOTTOM, BAR = 640, 200, 34, 46, 44
# Told apart also without colour vision and on dark paper (after Okabe and Ito).
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#888888")


def svg(chart: Chart) -> str:
    """The chart with its numbers as text for those who do not see it."""
    top = max(sum(values[i] for _, values in chart.series) for i in range(len(chart.weeks))) or 1
    step = (WIDTH - LEFT) / len(chart.weeks)
    scale = (HEIGHT - BOTTOM - 16) / top
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" width="100%" '
        f'font-family="sans-serif" font-size="11" fill="currentColor"><title>{escape(chart.title)}</title>'
        f"<desc>{escape(_told(chart))}</desc>"
    ]
    for i, monday in enumerate(chart.weeks):
        x, y = LEFT + i * step, float(HEIGHT - BOTTOM)
        for colour, (name, values) in zip(COLOURS, chart.series, strict=False):
            if values[i]:
                y -= values[i] * scale
                parts.append(
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{BAR}" height="{values[i] * scale:.1f}" fill="{colour}">'
                    f"<title>{escape(name)}: {values[i]}</title></rect>"
                )
        total = sum(values[i] for _, values in chart.series)
        parts.append(f'<text x="{x + BAR / 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">{total or ""}</text>')
        below = f'y="{HEIGHT - BOTTOM + 14}" text-anchor="middle"'
        parts.append(f'<text x="{x + BAR / 2:.1f}" {below}>{words.short_day(monday)}</text>')
    x = float(LEFT)
    for colour, (name, _) in zip(COLOURS, chart.series, strict=False):
        parts.append(f'<rect x="{x:.0f}" y="{HEIGHT - 18}" width="10" height="10" fill="{colour}"></rect>')
        parts.append(f'<text x="{x + 14:.0f}" y="{HEIGHT - 9}">{escape(name[:28])}</text>')
        x += 26 + 6.2 * min(len(name), 28)
    return "".join([*parts, "</svg>"])


def _told(chart: Chart) -> str:
    return "; ".join(
        f"{words.day(week)}: "
        + (", ".join(f"{name} {values[i]}" for name, values in chart.series if values[i]) or "none")
        for i, week in enumerate(chart.weeks)
    )
