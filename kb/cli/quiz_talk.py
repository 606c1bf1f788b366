"""Ask cards and practice papers in the terminal; answers may be piped in, and the end of input ends the quiz."""

from __future__ import annotations

import sys
import unicodedata
from datetime import datetime

from kb.model.base import Language
from kb.model.progress import PaperRecord
from kb.model.study import Item
from kb.study.paper import Paper, draw_paper
from kb.study.session import Study
from kb.study.words import tell

_TRUE, _FALSE = ("o", "○", "〇", "◯", "t", "y"), ("x", "×", "✕", "f", "n")


def go_through(study: Study, subject: str | None, count: int | None, language: Language) -> None:
    """Ask today's cards until they are done, `count` is reached, or the learner stops."""
    queue = study.queue(subject)
    total = len(queue) if count is None else min(count, len(queue))
    _say("today" if queue else "none_today", language, count=len(queue), learner=study.store.learner)
    exam = study.store.settings().exam_date
    if exam is not None and exam >= study.today:
        _say("exam", language, days=(exam - study.today).days)
    asked = right = 0
    position = 0
    while position < total:
        item = queue[position]
        _show(
            item,
            tell("card", language, number=position + 1, total=total, subject=_subject(study, item, language)),
            language,
        )
        given = _answer(item, language)
        if given == "quit":
            _say("stopped", language, count=asked, right=right)
            return
        if given == "undo":
            review = study.undo()
            _say("undone" if review else "nothing_to_undo", language, number=review.id if review else 0)
            if review is not None and review.item in study.deck.by_id:
                queue.insert(position, study.deck.by_id[review.item])
                total, asked, right = total + 1, max(asked - 1, 0), max(right - review.right, 0)
            continue
        if given == "suspend":
            study.store.suspend(item.id)
            _say("suspended", language, item=item.id)
        else:
            is_right = given == item.answer
            _explain(item, int(given), language)
            rating = _rating(language) if is_right else 1
            if rating is None:
                _say("stopped", language, count=asked, right=right)
                return
            review = study.rate(item, rating, is_right)
            due = review.after.due.astimezone(study.zone)
            _say("kept", language, number=review.id, due=due.strftime("%Y-%m-%d %H:%M"))
            asked, right = asked + 1, right + is_right
        position += 1
    if total:
        _say("done" if total == len(queue) else "stopped", language, count=asked, right=right)


def sit_paper(
    study: Study, seed: int, items: int, minutes: int, weights: dict[str, int], language: Language
) -> PaperRecord:
    """Ask a practice paper, mark it, show what was missed, and keep the result."""
    paper = draw_paper(study.deck, seed, study.now, items, minutes, weights)
    _say("paper", language, count=len(paper.items), minutes=minutes, seed=seed)
    chosen: dict[int, int] = {}
    for position, item in enumerate(paper.items):
        left = int(paper.left(study.now).total_seconds())
        if not left:
            _say("time_up", language)
            break
        head = tell(
            "paper_card", language, number=position + 1, total=len(paper.items), minutes=left // 60, seconds=left % 60
        )
        _show(item, head, language)
        given = _paper_answer(item, language)
        if given == "quit":
            break
        if isinstance(given, int) and paper.left(study.now):
            chosen[position] = given
    record = paper.hand_in(chosen, study.now)
    study.store.add_paper(record)
    _show_result(study, paper, record, language)
    return record


def _show_result(study: Study, paper: Paper, record: PaperRecord, language: Language) -> None:
    took, total = _seconds(record.started_at, record.finished_at), len(paper.items)
    print()
    _say(
        "score",
        language,
        score=record.score,
        total=total,
        percent=round(100 * record.score / total),
        minutes=took // 60,
        seconds=took % 60,
    )
    for subject in study.deck.guide.subjects:
        marks = [a.right for a, i in zip(record.answers, paper.items, strict=True) if i.subject == subject.id]
        if marks:
            _say("by_subject", language, subject=subject.label.get(language), right=sum(marks), total=len(marks))
    missed = [(a, i) for a, i in zip(record.answers, paper.items, strict=True) if not a.right]
    if missed:
        print()
        _say("misses", language)
    for number, (answer, item) in enumerate(missed, 1):
        _show(item, f"[{number}/{len(missed)}]", language)
        given = tell("no_answer", language) if answer.chosen is None else item.options[answer.chosen].text.get(language)
        _say("your_answer", language, answer=given)
        _explain(item, answer.chosen, language)


def _show(item: Item, head: str, language: Language) -> None:
    print(f"\n{head}\n{item.stem.get(language)}")
    if item.quote is not None:
        print(f"  {item.quote.get(language)}")
    for number, option in enumerate(item.options, 1):
        print(f"  {number}. {option.text.get(language)}")


def _explain(item: Item, given: int | None, language: Language) -> None:
    answer = item.options[item.answer].text.get(language)
    if given == item.answer:
        _say("right", language)
    else:
        _say("wrong", language, number=item.answer + 1, answer=answer)
    for option in item.options:
        if not option.right:
            _say("because", language, option=option.text.get(language), why=option.why.get(language))
    _say("source", language, text=item.explanation.get(language))


def _answer(item: Item, language: Language) -> int | str:
    """Return the option chosen (from 0), `undo`, `suspend` or `quit`."""
    while True:
        given = _read(tell("ask", language, last=len(item.options)))
        if given is None or given in ("q", "quit"):
            return "quit"
        if given in ("s", "suspend"):
            return "suspend"
        if given in ("u", "undo"):
            return "undo"
        option = _option(given, item)
        if option is not None:
            return option
        _say("not_an_answer", language, given=given, last=len(item.options))


def _paper_answer(item: Item, language: Language) -> int | str | None:
    while True:
        given = _read(tell("ask_paper", language, last=len(item.options)))
        if given is None or given in ("q", "quit"):
            return "quit"
        if not given:
            return None
        option = _option(given, item)
        if option is not None:
            return option
        _say("not_an_answer", language, given=given, last=len(item.options))


def _option(given: str, item: Item) -> int | None:
    if item.kind == "statement" and given in _TRUE + _FALSE:
        return 0 if given in _TRUE else 1
    return int(given) - 1 if given.isdecimal() and 1 <= int(given) <= len(item.options) else None


def _rating(language: Language) -> int | None:
    while True:
        given = _read(tell("ask_rating", language))
        if given is None or given in ("q", "quit"):
            return None
        if given in ("", "2", "3", "4"):
            return int(given or 3)
        _say("not_a_rating", language, given=given)


def _read(prompt: str) -> str | None:
    """Ask on stderr and read a line; None at the end of input."""
    print(prompt, end="", file=sys.stderr, flush=True)
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        print(file=sys.stderr)
    return unicodedata.normalize("NFKC", line).strip().lower() if line else None


def _say(key: str, language: Language, **parts: object) -> None:
    print(tell(key, language, **parts), flush=True)


def _subject(study: Study, item: Item, language: Language) -> str:
    return next(s.label.get(language) for s in study.deck.guide.subjects if s.id == item.subject)


def _seconds(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())
