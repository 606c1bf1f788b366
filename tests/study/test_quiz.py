"""`kb quiz` in the terminal: answers piped in, files written whole, wrong use told."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from samples import make_deck

from kb.cli import main
from kb.study.deck import Deck
from kb.study.paper import draw_paper
from kb.study.session import Study

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def deck() -> Deck:
    return make_deck()


@pytest.fixture
def quiz(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, deck: Deck) -> Run:
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("kb.cli.quiz.open_kb", lambda: SimpleNamespace(corpus=SimpleNamespace(by_id={})))
    monkeypatch.setattr("kb.study.deck.open_deck", lambda corpus: deck)

    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["kb", "quiz", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run


def right_answers(deck: Deck, count: int, rating: str = "3") -> str:
    queue = Study(deck, "me").queue()[:count]
    return "".join(f"{item.answer + 1}\n{rating}\n" for item in queue)


def test_cards_are_answered_and_rated_from_a_pipe(quiz: Run, deck: Deck) -> None:
    code, out, _ = quiz("--count", "2", typed=right_answers(deck, 2))
    assert code == 0
    assert out.count("正解です") == 2 and "記録しました（2）" in out
    assert [r.rating for r in Study(deck, "me").store.reviews()] == [3, 3]


def test_a_wrong_answer_is_rated_again_without_asking(quiz: Run, deck: Deck) -> None:
    item = Study(deck, "me").queue()[0]
    _, out, _ = quiz("--count", "1", typed=f"{(item.answer + 1) % 3 + 1}\n")
    assert "不正解です" in out and "根拠" in out
    assert [r.rating for r in Study(deck, "me").store.reviews()] == [1]


def test_the_end_of_input_ends_the_quiz_and_keeps_what_was_rated(quiz: Run, deck: Deck) -> None:
    code, out, _ = quiz(typed=right_answers(deck, 1))
    assert code == 0 and "ここまで1問" in out
    assert len(Study(deck, "me").store.reviews()) == 1


def test_what_is_no_answer_is_asked_again(quiz: Run, deck: Deck) -> None:
    _, out, _ = quiz("--count", "1", typed="9\nえ\n" + right_answers(deck, 1, "7\n4"))
    assert out.count("答えになりません") == 2 and "選べません" in out
    assert [r.rating for r in Study(deck, "me").store.reviews()] == [4]


def test_an_undone_rating_is_asked_again_at_once(quiz: Run, deck: Deck) -> None:
    item = Study(deck, "me").queue()[0]
    answer = f"{item.answer + 1}\n"
    _, out, _ = quiz("--count", "2", typed=f"{answer}2\nu\n{answer}4\nq\n")
    assert "取り消しました" in out
    assert [(r.item, r.rating) for r in Study(deck, "me").store.reviews()] == [(item.id, 4)]


def test_a_card_is_laid_aside_and_brought_back(quiz: Run, deck: Deck) -> None:
    item = Study(deck, "me").queue()[0]
    quiz("--count", "1", typed="s\n")
    assert Study(deck, "me").store.suspended() == {item.id}
    assert quiz("--resume", item.id)[0] == 0
    assert Study(deck, "me").store.suspended() == set()


def test_a_practice_paper_is_marked_and_its_misses_shown(quiz: Run, deck: Deck) -> None:
    paper = draw_paper(deck, 7, Study(deck, "me").now, 4, 10)
    typed = "".join(f"{item.answer + 1}\n" for item in paper.items[:3]) + "\n"
    code, out, _ = quiz("--mock", "--items", "4", "--minutes", "10", "--seed", "7", typed=typed)
    assert code == 0
    assert "3／4問正解（75%）" in out and "間違えた問題" in out and "（答えなし）" in out
    assert "再現したものではありません" in out
    assert Study(deck, "me").store.papers()[0].score == 3


def test_progress_is_json(quiz: Run, deck: Deck) -> None:
    quiz("--count", "1", typed=right_answers(deck, 1))
    told = json.loads(quiz("--json")[1])
    assert told["learner"] == "me" and told["seen"] == 1 and told["items"] == 18
    assert told["subjects"][0].keys() >= {"subject", "items", "seen", "recent_right"}


def test_the_exam_date_is_kept_and_taken_away(quiz: Run, deck: Deck) -> None:
    assert quiz("--exam-date", "2199-01-31", "--cap", "9")[0] == 0
    settings = Study(deck, "me").store.settings()
    assert str(settings.exam_date) == "2199-01-31" and settings.daily_cap == 9
    quiz("--exam-date", "none")
    assert Study(deck, "me").store.settings().exam_date is None


def test_progress_goes_from_one_learner_to_another(quiz: Run, deck: Deck, tmp_path: Path) -> None:
    quiz("--count", "2", typed=right_answers(deck, 2))
    file = tmp_path / "progress.json"
    assert quiz("--save", str(file))[0] == 0
    assert quiz("--learner", "b", "--load", str(file))[0] == 0
    assert Study(deck, "b").store.cards() == Study(deck, "me").store.cards()
    code, _, err = quiz("--learner", "b", "--load", str(file))
    assert code == 2 and "--replace" in err
    assert quiz("--learner", "b", "--load", str(file), "--replace")[0] == 0


def test_the_deck_is_exported(quiz: Run, tmp_path: Path) -> None:
    file = tmp_path / "deck.apkg"
    code, _, err = quiz("--export", str(file))
    assert code == 0 and "18問" in err
    assert "collection.anki2" in zipfile.ZipFile(file).namelist()


def test_english(quiz: Run, deck: Deck) -> None:
    _, out, _ = quiz("--lang", "en", "--count", "1", typed=right_answers(deck, 1))
    assert "Right." in out and "正解" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--lang", "fr"], 2, "ja, en"),
        (["--exam-date", "31.1.2199"], 2, "2027-02-14"),
        (["--exam-date", "2001-01-01"], 2, "or later"),
        (["--exam-date", "9999-12-31"], 2, "2027-02-14"),
        (["--subject", "sea"], 2, "light, lock"),
        (["--suspend", "no-such"], 2, "not in the deck"),
        (["--mock", "--items", "99"], 2, "1 to 18"),
        (["--mock", "--weight", "light"], 2, "SUBJECT=WEIGHT"),
        (["--export", "deck.zip"], 2, ".apkg"),
        (["--load", "no-such.json"], 3, "no-such.json"),
        (["--save", "/no/such/folder/p.json"], 3, "/no/such/folder"),
        (["--learner", " "], 2, "name"),
    ],
)
def test_wrong_use_is_told_with_what_is_allowed(quiz: Run, arguments: list[str], code: int, told: str) -> None:
    given, _, err = quiz(*arguments)
    assert given == code and told in err and "Traceback" not in err
