"""From lines to numbered sections: the numbering is recovered from its own sequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.outline.model import Doubt, LeftOut, Outline, Section, SectionKind
from indexer.reader.model import Line

__all__ = ["Doubt", "LeftOut", "Outline", "Section", "SectionKind", "outline"]


def outline(lines: Sequence[Line]) -> Outline:
    """Divide lines into sections; every line that is not blank is in a section or in `left_out`.

    Lines are in exactly one of them, save a line that holds several labels (a cell of a check sheet): its sections share it.
    """
    from indexer.outline.assemble import Assembler
    from indexer.outline.doubts import find_doubts
    from indexer.outline.folding import fold_tables
    from indexer.outline.furniture import find_contents, mark_furniture
    from indexer.outline.pieces import Piece, attach_captions, mark_full, split_labels, split_lines
    from indexer.outline.sequence import find_sequence
    from indexer.outline.tables import group_rows
    from indexer.outline.tokens import make_tokens

    split = mark_furniture(fold_tables(split_lines(lines)))
    inside = {k for region in find_contents(split) for k in region}
    pieces: list[Piece] = []
    run: list[Piece] = []
    for k, piece in enumerate(split):
        if k in inside:
            pieces.extend(group_rows(run))
            run = []
            pieces.append(replace(piece, row=0, cells=()))
        else:
            run.append(piece)
    pieces.extend(group_rows(run))
    pieces = attach_captions(split_labels(mark_full(pieces)))
    contents = find_contents(pieces)
    tokens = make_tokens(pieces, contents)
    decisions = find_sequence(tokens)
    assembler = Assembler()
    previous = None
    for piece, decision in zip(pieces, decisions, strict=True):
        assembler.take(piece, decision, previous)
        if not piece.left_out:
            previous = piece
    sections, left = assembler.finish()
    return Outline(sections, left, find_doubts(pieces, tokens, decisions))
