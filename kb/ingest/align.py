"""Find the clauses of a held guideline in the lines of its original.

A clause begins where its label is printed and where the words are that our restatement shares with the original; the
clauses come in printed order, with few exceptions. The best assignment of clauses to lines is found by dynamic
programming (Viterbi, 1967) over the order of the clauses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from kb.model.corpus import Clause
from kb.text import fold

Scores = NDArray[np.float64]

_BACK, _FAR_BACK, _SAME, _SAME_PLAIN, _FAR = 2.6, 0.012, 0.35, 1.6, 0.004
_LABEL_STARTS, _LABEL_INSIDE, _BULLET, _TITLE, _CONTENT = 2.0, 0.8, 1.0, 3.0, 7.0
_PARAGRAPH, _TABLE, _EARLIER = 8, 60, 1e-5
_HEADING_REACH = 30
_WHOLE_TITLE = "表題"
_CELLS = re.compile(r"<(?:td|li|ul|p|br|input)\b|\||\t|[□☐]")
_STARTS = re.compile(
    r"^\s*(?:[-*#>]+\s*)?(?:第\s*\d+|[(（]?(?:\d{1,2}|[ア-ン]|[a-z]|注\s*\d*)[)）.．、]|\d+(?:\.\d+)+|[①-⑳]|[➡→])"
)
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\^\{|\}")
_DECORATION = r"[\s\-*|#>・•●○□☐■◆◇▪（(【\[^{]*"
_BULLETS = re.compile(r"^[\s\-|*]*(?:<[^>]+>\s*)*[・•●○◦▪※]|^\s*-\s|<li>|<p>・")
_PUNCTUATION = re.compile(r"[\s、。，．,.・「」『』()（）\[\]【】<>|:：;；\-~→➡=\"'`*^{}□☐／/]")


def align_clauses(clauses: Sequence[Clause], lines: Sequence[str], numbers: Sequence[int]) -> list[int]:
    """Return, for each clause in order, the index of the line where it begins.

    `lines` are those with text, `numbers` their line numbers (a gap is a blank line, which ends a paragraph).
    """
    if not clauses or not lines:
        return [0] * len(clauses)
    shared = np.array([_SAME if _CELLS.search(line) else _SAME_PLAIN for line in lines])
    scores = score_clauses(clauses, lines, numbers) - _EARLIER * np.arange(len(lines))
    path = _under_parents(clauses, _best_path(scores, shared), scores)
    if clauses[0].locator == _WHOLE_TITLE:
        path[0] = 0
    return path


def _under_parents(clauses: Sequence[Clause], path: list[int], scores: Scores) -> list[int]:
    """Move a clause that landed before the clause above it to its best line between that one and the next outside it."""
    rows = {clause.locator: row for row, clause in enumerate(clauses)}
    for row, clause in enumerate(clauses):
        above = rows.get(clause.locator.rpartition("/")[0])
        if above is None or clause.kind == "table" or path[row] >= path[above]:
            continue
        prefix = clauses[above].locator + "/"
        outside = (path[r] for r in range(row + 1, len(clauses)) if not clauses[r].locator.startswith(prefix))
        end = max(next(outside, scores.shape[1]), path[above] + 1)
        if (
            path[above] - path[row] <= _HEADING_REACH
            and scores[row, path[row]] > 2 * scores[row, path[above] : end].max()
        ):
            continue  # a heading that is printed after what it heads
        path[row] = path[above] + int(np.argmax(scores[row, path[above] : end]))
    return path


def score_clauses(clauses: Sequence[Clause], lines: Sequence[str], numbers: Sequence[int]) -> Scores:
    """Return how well each clause [row] fits each line [column] as its beginning."""
    folded = [fold(_MARKUP.sub(" ", line)) for line in lines]
    raw = [fold(line) for line in lines]
    plain = [_PUNCTUATION.sub("", line) for line in folded]
    grams = [_grams(line) for line in plain]
    rarity = _rarity(grams)
    weights = np.array([sum(rarity[g] for g in line) for line in grams])
    summed_weights = np.append(0.0, np.cumsum(weights))
    paragraph_ends, table_ends = _ends(raw, numbers, _PARAGRAPH), _ends(raw, numbers, _TABLE, over_blanks=True)
    scores = np.zeros((len(clauses), len(lines)))
    holders: dict[str, list[int]] = {}
    for index, line in enumerate(grams):
        for gram in line:
            holders.setdefault(gram, []).append(index)
    for row, clause in enumerate(clauses):
        shared = np.zeros(len(lines))
        own = _grams(_PUNCTUATION.sub("", fold(_words_of(clause))))
        for gram in own:
            for index in holders.get(gram, ()):
                shared[index] += rarity[gram]
        total = sum(rarity.get(gram, rarity[""]) for gram in own) or 1.0
        ends = table_ends if clause.kind == "table" else paragraph_ends
        reach = np.maximum(summed_weights[ends] - summed_weights[:-1], 1.0)
        overlap = np.minimum(np.append(0.0, np.cumsum(shared))[ends] - np.append(0.0, np.cumsum(shared))[:-1], total)
        content = _CONTENT * overlap / np.sqrt(total * reach)
        printed = _label_scores(clause.locator.rpartition("/")[2], folded, raw) + _title_scores(clause, plain)
        below = np.append(content, 0.0)[ends]  # a heading stands for the paragraph below it
        headed = (printed >= _LABEL_STARTS) & (np.append(printed, 0.0)[ends] < _LABEL_STARTS)
        scores[row] = np.where(headed, np.maximum(content, below), content) + printed
    return scores


def _ends(raw: Sequence[str], numbers: Sequence[int], most: int, over_blanks: bool = False) -> NDArray[np.int64]:
    """Return, for each line, where the text that begins on it ends: at a blank line, a bullet or a label."""
    ends = []
    for index in range(len(raw)):
        end = index + 1
        while end < len(raw) and end - index < most:
            if _BULLETS.search(raw[end]) or _STARTS.search(raw[end]) or (not over_blanks and _CELLS.search(raw[end])):
                break
            if not over_blanks and numbers[end] - numbers[end - 1] > 1:
                break
            end += 1
        ends.append(end)
    return np.array(ends, dtype=np.int64)


def _words_of(clause: Clause) -> str:
    title = "" if clause.title is None else clause.title.ja
    return title if clause.text is None else f"{title} {clause.text.ja}"


def _grams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)} or ({text} if text else set())


def _rarity(grams: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(gram for line in grams for gram in line)
    rarity = {gram: log(1 + len(grams) / count) for gram, count in counts.items()}
    rarity[""] = log(1 + len(grams))
    return rarity


def _label_scores(label: str, folded: Sequence[str], raw: Sequence[str]) -> Scores:
    """Return a bonus for the lines that begin with a label, or hold it inside (cells of a table)."""
    scores = np.zeros(len(folded))
    if re.fullmatch(r"[・➡→]\d+", label):
        mark = fold(label[0])
        for index, line in enumerate(raw):
            if (mark == "・" and _BULLETS.search(line)) or (mark != "・" and line.lstrip(" -").startswith(mark)):
                scores[index] = _BULLET if mark == "・" else _LABEL_STARTS
        return scores
    core = fold(label).strip("()")
    bare = re.escape(core)
    start = re.compile(
        rf"^{_DECORATION}(?:\()?{bare}(?:\))?(?![0-9a-z.]*\d)" if core.isascii() else rf"^{_DECORATION}{bare}"
    )
    inside = re.compile(rf"[(（]{bare}[)）]" if label.startswith("(") else rf"(?:^|[\s|>(]){bare}(?:[\s.、)]|$)")
    for index, line in enumerate(folded):
        if start.search(line):
            scores[index] = _LABEL_STARTS
        elif inside.search(line):
            scores[index] = _LABEL_INSIDE
    return scores


def _title_scores(clause: Clause, plain: Sequence[str]) -> Scores:
    """Return a bonus for the lines that print the heading of a clause, more the less else they hold."""
    scores = np.zeros(len(plain))
    if clause.title is None:
        return scores
    title = _PUNCTUATION.sub("", fold(clause.title.ja))
    for index, line in enumerate(plain):
        if len(title) > 1 and title in line:
            scores[index] = _TITLE * (0.4 + 0.6 * len(title) / len(line))
    return scores


def _best_path(scores: Scores, shared: Scores) -> list[int]:
    """Return the best line for each clause: forward freely, on the same line (`shared`) or back for a price."""
    rows, columns = scores.shape
    best = scores[0] - _FAR * np.arange(columns)
    came = np.zeros((rows, columns), dtype=np.int64)
    places = np.arange(columns)
    for row in range(1, rows):
        ahead = best + _FAR * places  # the price of a step forward grows with its length
        top = np.maximum.accumulate(ahead)
        where = np.maximum.accumulate(np.where(ahead == top, places, 0))
        forward = np.concatenate(([-np.inf], top[:-1])) - _FAR * places
        origin = np.concatenate(([0], where[:-1]))
        chosen, come = forward, origin
        same = best - shared
        come = np.where(same > chosen, places, come)
        chosen = np.maximum(same, chosen)
        behind = (best - _FAR_BACK * places)[::-1]
        top_behind = np.maximum.accumulate(behind)
        where_behind = np.maximum.accumulate(np.where(behind == top_behind, places, 0))
        back = top_behind[::-1] + _FAR_BACK * places - _BACK
        come = np.where(back > chosen, columns - 1 - where_behind[::-1], come)
        chosen = np.maximum(back, chosen)
        came[row], best = come, chosen + scores[row]
    path = [int(np.argmax(best))]
    for row in range(rows - 1, 0, -1):
        path.append(int(came[row, path[-1]]))
    return path[::-1]
