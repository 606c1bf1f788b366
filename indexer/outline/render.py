"""Sections back to text: what is printed can be outlined again and gives the same locators."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.outline.model import Section

_PLAIN = {"表題", "前文"}


def render_sections(sections: Sequence[Section]) -> str:
    """Print sections as a plain text, one clause after the other, with the labels as printed and a full-width space after them.

    Bullets are `・`; a part without a number stands in 【】. Tables are not printed as tables but row by row.
    """
    rows: list[str] = []
    for section in sections:
        label = section.labels[-1]
        words = [w for w in (section.heading, section.text) if w]
        if label in _PLAIN:
            rows.extend(words)
        elif label.startswith("・"):
            rows.append(f"・　{'　'.join(words)}")
        else:
            rows.append(f"{label}　{words[0] if words else ''}".rstrip("　"))
            rows.extend(words[1:])
    return "\n".join(rows) + "\n"
