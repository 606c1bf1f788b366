"""From lines to numbered sections: the numbering is recovered from its own sequence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from indexer.outline.model import LeftOut, Outline, Section, SectionKind
from indexer.reader.model import Line

__all__ = ["LeftOut", "Outline", "Section", "SectionKind", "outline"]

_LABEL = re.compile(r"^(?:[-・]\s*)?(第\d+[章節条]?|\(注\d+\)|\d+|\(\d+\)|[ア-ン]|\([ア-ン]\)|・)[\s　:]+(.*)")


def outline(lines: Sequence[Line]) -> Outline:
    """Divide lines into sections; every line that is not blank is in exactly one section or in `left_out`."""
    found: list[tuple[str, list[Line], str]] = []
    for line in lines:
        if not line.text:
            continue
        match = _LABEL.match(unicodedata.normalize("NFKC", line.text))
        if match or not found:
            found.append((match.group(1) if match else "表題", [line], match.group(2) if match else line.text))
        else:
            found[-1] = (found[-1][0], [*found[-1][1], line], found[-1][2] + line.text)
    return Outline(
        tuple(
            Section(label, (label,), "sentence", "", text, own[0].number, own[-1].number, tuple(x.number for x in own))
            for label, own, text in found
        )
    )
