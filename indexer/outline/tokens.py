"""Pieces to tokens: the readings of each piece and what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.outline.furniture import is_sentence
from indexer.outline.labels import Candidate, find_candidates, read_word_number
from indexer.outline.pieces import Piece
from indexer.outline.stack import Token
from indexer.outline.words import names_contact, opens_preface, read_word, signs

_ANNOUNCES = re.compile(
    r"(?:次の|以下の|下記の|次に掲げる|下記|いずれ|どちらか|項目を|とおり|ただし、$|[:：]$|"
    r"following|listed below|as follows|either of|one of|all of)",
    re.IGNORECASE,
)
_ON_NOTES = re.compile(r"注|用語|語句|定義|\bnotes?\b|definition|glossary|terms", re.IGNORECASE)
_OPEN_END = re.compile(r"[^。．.!?！？:：」』)）]$")


@dataclass
class _Around:
    """What is known while walking through the text: where its front ends, and which brackets hold headings."""

    brackets: set[str]
    words: set[str]
    first: int
    front: bool = True
    preface: bool = False
    started: bool = False
    top_line: int = 0


def make_tokens(pieces: Sequence[Piece], contents: Sequence[range]) -> list[Token]:
    """Make one token per piece; pieces left out and those inside a table of contents get no readings."""
    inside = {k for region in contents for k in region}
    starts = {region.start for region in contents}
    around = _Around(
        _heading_brackets(pieces), _counting_words(pieces), next((k for k, p in enumerate(pieces) if not p.left_out), 0)
    )
    around.top_line = pieces[around.first].line if pieces else 0
    tokens: list[Token] = []
    previous: tuple[Piece, Token] | None = None
    one_star = sum(1 for p in pieces if p.text[:1] in "★☆") == 1
    imprint = _find_imprint(pieces)
    for k, piece in enumerate(pieces):
        if k in inside:
            tokens.append(Token(forced="目次") if k in starts else Token())
            around.preface, around.front, around.started = False, False, True
            continue
        if piece.left_out:
            tokens.append(Token())
            continue
        token = _make_token(piece, previous, around, top=k == around.first)
        around.started = around.started or any(
            c.form > 0.8 and c.kind in ("number", "bullet") for c in token.candidates
        )
        if k == imprint:
            token = replace(token, candidates=(Candidate("root", (), "奥付", piece.text, 0.95, "part"),))
        elif one_star and piece.text[:1] and piece.text[0] in "★☆":
            mark = Candidate("mark", (), piece.text[0], piece.text[1:].strip(), 0.95, "mark")
            token = replace(token, candidates=(mark,))
        elif token.candidates and token.candidates[0].style == "sub" and piece.text[:1] in around.brackets:
            word = replace(token.candidates[0], style=f"title{piece.text[0]}", kind="title")
            token = replace(token, candidates=(word,))
        tokens.append(token)
        around.preface = around.front and (around.preface or (token.sentence and not token.labelled))
        previous = (piece, token)
    return tokens


def _counting_words(pieces: Sequence[Piece]) -> set[str]:
    """Tell which words number the clauses of this text: those that stand in front of 1, 2 and so on."""
    seen: dict[str, list[int]] = {}
    for piece in pieces:
        if not piece.left_out and not piece.row and (found := read_word_number(piece.text)):
            seen.setdefault(found.style, []).append(found.value[0])
    return {
        style for style, numbers in seen.items() if len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1))
    }


def _heading_brackets(pieces: Sequence[Piece]) -> set[str]:
    """Tell which brackets hold the headings of this text: those that stand around two lines or more."""
    words = {
        (p.text[0], w.label)
        for p in pieces
        if not p.left_out and (w := read_word(p.text, 0)) and w.style == "sub" and not w.rest
    }
    counts = Counter(mark for mark, _ in words if mark in "【〔〈《<[［＜")
    return {mark for mark, n in counts.items() if n >= 2}


def _find_imprint(pieces: Sequence[Piece]) -> int | None:
    """Find where the imprint starts: the name above a line of contact data, near the end of the file."""
    for k in range(len(pieces) - 1, max(0, len(pieces) - 25), -1):
        if not pieces[k].left_out and not pieces[k].row and names_contact(pieces[k].text):
            return _top_of_imprint(pieces, k)
    return None


def _top_of_imprint(pieces: Sequence[Piece], k: int) -> int | None:
    while k > 0 and _may_name(pieces[k - 1]):
        if (word := read_word(pieces[k - 1].text, 0)) and word.style == "root":
            return None
        k -= 1
        if pieces[k].gap and not names_contact(pieces[k].text):
            break
    return k


def _may_name(piece: Piece) -> bool:
    return not piece.left_out and not is_sentence(piece.text) and not find_candidates(piece.text)


def _make_token(piece: Piece, previous: tuple[Piece, Token] | None, around: _Around, *, top: bool) -> Token:
    text = piece.text
    if piece.row:
        return Token(gap=piece.gap, in_form=False)
    before, token_before = previous or (None, None)
    unfinished = (
        before is not None
        and not piece.gap
        and piece.first
        and not before.row
        and before.full
        and bool(_OPEN_END.search(before.text))
    )
    candidates = _read(piece, text, around, top=top)
    rest = candidates[0].rest if candidates else text
    titled = not is_sentence(rest) and bool(rest) and len(rest) <= (80 if rest.isascii() else 40)
    announced = token_before is not None and token_before.labelled and token_before.titled
    return Token(
        candidates=tuple(candidates),
        gap=piece.gap,
        indent=piece.indent,
        wrapped=unfinished,
        title_before=_title_before(piece, previous),
        after_title=before is not None and before.line == around.top_line,
        opens_row=piece.opens_row,
        in_form=piece.in_form,
        boxed=piece.boxed,
        item=piece.item,
        titled=titled,
        announces=bool(_ANNOUNCES.search(text)),
        sentence=is_sentence(text),
        directly_under=bool(announced and before and _ON_NOTES.search(before.text)),
        preface=around.preface,
        level=piece.level,
    )


def _title_before(piece: Piece, previous: tuple[Piece, Token] | None) -> str | None:
    """Return the line before `piece` where it could be a heading without a label."""
    if previous is None:
        return None
    before, token = previous
    if token.labelled or before.row or before.in_form or not before.first:
        return None
    plain = before.text.strip("【】[]〔〕<>〈〉《》 ")
    lone = before.gap or before.indent < piece.indent or before.level > 0
    least = 1 if before.gap and re.match(r"[一-龠]", plain) else 2
    short = least <= len(plain) <= (60 if plain.isascii() else 25)
    return plain if lone and short and not is_sentence(plain) and re.search(r"\w", plain) else None


def _read(piece: Piece, text: str, around: _Around, *, top: bool) -> list[Candidate]:
    candidates = [c for c in find_candidates(text) if c.form >= 0.05 and not (top and c.kind == "part")]
    if around.words and (counted := read_word_number(text)) and counted.style in around.words:
        candidates = [counted, *candidates]
    if piece.sure and candidates:
        candidates = [replace(candidates[0], form=0.9), *candidates[1:]]
    numbered = any(c.form > 0.6 for c in candidates)
    if piece.opens_row and not numbered:
        return [Candidate("row", (), "・", text, 1.0, "bullet")]
    if not piece.in_form:
        may_name = around.started or around.preface or piece.level > 0 or text[:1] in around.brackets
        may_name = may_name or (not top and piece.gap and opens_preface(text))
        word = read_word(text, 0 if top or numbered else piece.level) if may_name else None
        if around.preface and signs(text):
            word = Candidate("sub", (), "署名", text, 0.95, "word")
        if word and not any(c.form > 0.6 for c in candidates if c.kind != "bullet"):
            candidates = [word]
        if piece.item and not any(c.form > 0.5 for c in candidates):
            candidates = [Candidate("bullet-", (), "・", text, 0.95, "bullet")]
    if piece.boxed and candidates and candidates[0].kind == "bullet":
        candidates = [Candidate("bullet□", (), "・", candidates[0].rest, 0.95, "bullet"), *candidates[1:]]
    return candidates
