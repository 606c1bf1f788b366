"""Pieces to tokens: the readings of each piece and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.outline.furniture import is_sentence
from indexer.outline.labels import Candidate, find_candidates
from indexer.outline.pieces import Piece
from indexer.outline.stack import Token
from indexer.outline.words import names_contact, read_word, signs

_ANNOUNCES = re.compile(
    r"(?:次の|以下の|下記の|次に掲げる|下記|いずれ|どちらか|項目を|とおり|ただし、$|[:：]$|"
    r"following|listed below|as follows|either of|one of|all of)",
    re.IGNORECASE,
)
_ON_NOTES = re.compile(r"注|用語|語句|定義|\bnotes?\b|definition|glossary|terms", re.IGNORECASE)
_OPEN_END = re.compile(r"[^。．.!?！？:：」』)）]$")


def make_tokens(pieces: Sequence[Piece], contents: Sequence[range]) -> list[Token]:
    """Make one token per piece; pieces left out and those inside a table of contents get no readings."""
    inside = {k for region in contents for k in region}
    starts = {region.start for region in contents}
    first_live = next((k for k, p in enumerate(pieces) if not p.left_out), 0)
    tokens: list[Token] = []
    preface, front, started = False, True, False
    previous: Piece | None = None
    previous_token: Token | None = None
    stars = sum(1 for p in pieces if p.text[:1] in "★☆")
    imprint = _find_imprint(pieces)
    for k, piece in enumerate(pieces):
        if piece.left_out or k in inside:
            tokens.append(Token(forced="目次") if k in starts else Token())
            preface, front, started = False, False, True
            continue
        token = _make_token(piece, previous, previous_token, preface, top=k == first_live, started=started)
        started = started or any(c.form > 0.8 and c.kind in ("number", "bullet") for c in token.candidates)
        if k == imprint:
            token = replace(token, candidates=(Candidate("root", (), "奥付", piece.text, 0.95, "part"),))
        if stars == 1 and piece.text[:1] in "★☆":
            token = replace(
                token, candidates=(Candidate("mark", (), piece.text[:1], piece.text[1:].strip(), 0.95, "mark"),)
            )
        tokens.append(token)
        preface = front and (preface or (token.sentence and not token.candidates))
        previous, previous_token = piece, token
    return tokens


def _find_imprint(pieces: Sequence[Piece]) -> int | None:
    """Find where the imprint starts: the name above a line of contact data, near the end of the file."""
    for k in range(len(pieces) - 1, max(0, len(pieces) - 25), -1):
        piece = pieces[k]
        if piece.left_out or piece.row or not names_contact(piece.text):
            continue
        while (
            k > 0
            and not pieces[k - 1].left_out
            and not is_sentence(pieces[k - 1].text)
            and not find_candidates(pieces[k - 1].text)
        ):
            k -= 1
            if pieces[k].gap and not names_contact(pieces[k].text):
                return k
        return k
    return None


def _may_name(piece: Piece) -> bool:
    return not piece.left_out and not is_sentence(piece.text) and not find_candidates(piece.text)


def _make_token(
    piece: Piece, previous: Piece | None, before: Token | None, preface: bool, *, top: bool, started: bool
) -> Token:
    text = piece.text
    sentence = is_sentence(text)
    if piece.row:
        return Token(gap=piece.gap, in_form=False)
    unfinished = (
        previous is not None
        and not piece.gap
        and piece.first
        and not previous.row
        and previous.full
        and bool(_OPEN_END.search(previous.text))
    )
    candidates = _read(piece, text, top=top, preface=preface, started=started)
    best = candidates[0] if candidates else None
    rest = best.rest if best else text
    titled = not is_sentence(rest) and bool(rest) and len(rest) <= (80 if rest.isascii() else 40)
    title_before = None
    if (
        previous is not None
        and before is not None
        and not before.candidates
        and not previous.row
        and not previous.in_form
        and previous.first
    ):
        plain = previous.text.strip("【】[]〔〕<>〈〉《》 ")
        lone = previous.gap or previous.indent < piece.indent or previous.level > 0
        if (
            lone
            and not is_sentence(plain)
            and 1 < len(plain) <= (60 if plain.isascii() else 25)
            and re.search(r"\w", plain)
        ):
            title_before = plain
    return Token(
        candidates=tuple(candidates),
        gap=piece.gap,
        indent=piece.indent,
        wrapped=unfinished,
        title_before=title_before,
        opens_row=piece.opens_row,
        in_form=piece.in_form,
        boxed=piece.boxed,
        item=piece.item,
        titled=titled,
        announces=bool(_ANNOUNCES.search(text)),
        sentence=sentence,
        directly_under=bool(
            before and before.candidates and before.titled and previous and _ON_NOTES.search(previous.text)
        ),
        preface=preface,
        level=piece.level,
    )


def _read(piece: Piece, text: str, *, top: bool, preface: bool, started: bool) -> list[Candidate]:
    candidates = [c for c in find_candidates(text) if c.form >= 0.05 and not (top and c.kind == "part")]
    if piece.opens_row and not any(c.form > 0.6 for c in candidates):
        return [Candidate("row", (), "・", text, 1.0, "bullet")]
    if not piece.in_form:
        word = (
            None
            if not started and not piece.level and not preface
            else read_word(text, 0 if top or any(c.form > 0.6 for c in candidates) else piece.level)
        )
        if preface and signs(text):
            word = Candidate("sub", (), "署名", text, 0.95, "word")
        if word and not any(c.form > 0.6 for c in candidates if c.kind != "bullet"):
            candidates = [word]
    if piece.item and not any(c.form > 0.5 for c in candidates) and not piece.in_form:
        candidates = [Candidate("bullet-", (), "・", text, 0.95, "bullet")]
    if piece.boxed and candidates and candidates[0].kind == "bullet":
        candidates = [Candidate("bullet□", (), "・", candidates[0].rest, 0.95, "bullet"), *candidates[1:]]
    return candidates
