"""The report's pictures: bars by kind and columns by year. Each stands alone, names nobody, and says its figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil

from demur.core.exposures import ExposureKind

_WIDTH, _ROW, _BAR_FROM = 304, 26, 190
_COLUMN_HEIGHT, _FOOT = 96, 22


def bars(rows: Sequence[tuple[str, int]], title: str) -> str:
    """Labels with a bar each, the longest as wide as there is room. SVG; all text in it is escaped."""
    most = max((count for _, count in rows), default=0) or 1
    drawn = []
    for number, (label, count) in enumerate(rows):
        y = number * _ROW
        width = max(1.0, (_WIDTH - _BAR_FROM - 34) * count / most)
        drawn.append(
            f'<text x="0" y="{y + 17}" fill="currentColor">{escape(label)}</text>'
            f'<rect x="{_BAR_FROM}" y="{y + 5}" width="{width:.1f}" height="14" fill="currentColor"/>'
            f'<text x="{_WIDTH}" y="{y + 17}" text-anchor="end" fill="currentColor">{count}</text>'
        )
    told = " ".join(f"{label}: {count}." for label, count in rows)
    return _picture(title, told, max(1, len(rows)) * _ROW, "".join(drawn))


def columns(years: Mapping[int, Mapping[ExposureKind, int]], title: str) -> str:
    """A column a year, all kinds together; years between without any are shown empty. SVG."""
    if not years:
        return ""
    first, last = min(years), max(years)
    sums = {year: sum(years.get(year, {}).values()) for year in range(first, last + 1)}
    most = max(sums.values()) or 1
    step = _WIDTH / len(sums)
    wide = max(1.5, step * 0.7)
    drawn = []
    for number, (year, count) in enumerate(sums.items()):
        height = (_COLUMN_HEIGHT - 16) * count / most
        x = number * step + (step - wide) / 2
        drawn.append(
            f'<rect x="{x:.1f}" y="{_COLUMN_HEIGHT - height:.1f}" width="{wide:.1f}" height="{height:.1f}" '
            f'fill="currentColor"/>'
        )
        if step >= 26 and count:
            middle = number * step + step / 2
            drawn.append(
                f'<text x="{middle:.1f}" y="{_COLUMN_HEIGHT - height - 4:.1f}" text-anchor="middle" '
                f'fill="currentColor">{count}</text>'
            )
        every = max(1, ceil(40 / step))
        if number % every == 0:
            drawn.append(f'<text x="{number * step:.1f}" y="{_COLUMN_HEIGHT + 16}" fill="currentColor">{year}</text>')
    told = " ".join(f"{year}: {count}." for year, count in sums.items() if count)
    line = f'<line x1="0" x2="{_WIDTH}" y1="{_COLUMN_HEIGHT}" y2="{_COLUMN_HEIGHT}" stroke="currentColor"/>'
    return _picture(title, told, _COLUMN_HEIGHT + _FOOT, line + "".join(drawn))


def _picture(title: str, told: str, height: int, inside: str) -> str:
    return (
        f'<svg class="picture" xmlns="http://www.w3.org/2000/svg" role="img" width="19em" '
        f'viewBox="0 0 {_WIDTH} {height}" font-family="system-ui, sans-serif" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(told)}</desc>{inside}</svg>"
    )
