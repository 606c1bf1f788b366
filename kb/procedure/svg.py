"""Draw SVG with a parser's own tree, so that every text of a user is escaped."""

from __future__ import annotations

import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Sequence

FONT = "'IPAexGothic','Noto Sans JP','Hiragino Sans','Yu Gothic','Meiryo',sans-serif"
INK, GREY, PAPER = "#1b1b1b", "#6b7280", "#ffffff"


class Drawing:
    """An SVG picture of a given size in pixels, with a title and a description for screen readers."""

    def __init__(self, width: float, height: float, title: str, description: str) -> None:
        self.width, self.height = width, height
        self._root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {number(width)} {number(height)}",
                "role": "img",
                "font-family": FONT,
                "style": "max-width:100%;height:auto",
                "width": number(width),
            },
        )
        ET.SubElement(self._root, "title").text = clean(title)
        ET.SubElement(self._root, "desc").text = clean(description)
        self.rectangle(0, 0, width, height, fill=PAPER)

    def rectangle(self, x: float, y: float, width: float, height: float, **style: str | float) -> None:
        """Draw a rectangle from its top left corner."""
        self._add("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), **style)

    def circle(self, x: float, y: float, radius: float, **style: str | float) -> None:
        """Draw a circle."""
        self._add("circle", cx=x, cy=y, r=radius, **style)

    def line(self, x1: float, y1: float, x2: float, y2: float, **style: str | float) -> None:
        """Draw a straight line."""
        self._add("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": INK, "stroke_width": 1, **style})

    def polygon(self, points: Sequence[tuple[float, float]], **style: str | float) -> None:
        """Draw a closed shape."""
        self._add("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in points), **style)

    def path(self, data: str, **style: str | float) -> None:
        """Draw a path."""
        self._add("path", d=data, **style)

    def text(self, x: float, y: float, words: str, size: float = 15, anchor: str = "start", fill: str = INK) -> None:
        """Write a line of text; control characters are dropped and what would not fit the width is cut."""
        element = self._add("text", x=x, y=y, font_size=size, text_anchor=anchor, fill=fill)
        element.text = fit(clean(words), (self.width - 24) / size)

    def write(self) -> str:
        """Return the picture as SVG text."""
        return ET.tostring(self._root, encoding="unicode")

    def _add(self, tag: str, **attributes: str | float) -> ET.Element:
        named = {
            name.replace("_", "-"): number(value) if isinstance(value, int | float) else value
            for name, value in attributes.items()
        }
        return ET.SubElement(self._root, tag, named)


def number(value: float) -> str:
    """Write a coordinate with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def clean(text: str) -> str:
    """Drop what XML 1.0 cannot carry and what cannot be seen: control, format, private and unassigned characters."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cn", "Cs"))


def fit(text: str, width: float) -> str:
    """Cut a text that is wider than so many full-width letters; a half-width letter counts as half of one."""
    used = 0.0
    for index, letter in enumerate(text):
        used += 1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.55
        if used > width:
            return f"{text[: max(index - 1, 0)]}…"
    return text
