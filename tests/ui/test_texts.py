"""The parts of the pages that are plain functions: markup, marks, conversation, presentation, matrix, colours."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_knowledge import CORPUS, EV_HALL, MAILBOX, NO_LOCK, STATED, FakeKnowledge

from kb.model.answer import Understood, Value
from kb.ui.conversation import context_of, continues, link_to, open_questions, read_address, refine, take_turn
from kb.ui.highlight import find_shared
from kb.ui.markup import element, marked, plain, rich
from kb.ui.matrix import illuminance_matrix
from kb.ui.present import (
    chips,
    figure_digest,
    figure_rows,
    figure_text,
    finding_rows,
    notes,
    rest_of_text,
    short_title,
    whole_text,
)

ROOT = Path(__file__).resolve().parents[2]


@given(st.text())
def test_markup_shows_exactly_the_text(source: str) -> None:
    shown = marked(source, [])
    assert unescape(shown) == source or "\r" in source
    assert "<" not in shown and ">" not in shown and '"' not in shown


def test_rich_text_knows_paragraphs_lists_and_bold_only() -> None:
    source = "**太字**の段落\n二行目\n\n- 一つ\n- <b>二つ</b>"
    assert rich(source) == (
        "<p><strong>太字</strong>の段落<br>二行目</p><ul><li>一つ</li><li>&lt;b&gt;二つ&lt;/b&gt;</li></ul>"
    )


def test_attributes_are_escaped() -> None:
    assert element("p", cls='a"b') == '<p class="a&quot;b"></p>'


def test_labels_say_markdown_signs_as_they_are() -> None:
    assert plain("1(1) *a* :red[x] $y$") == r"1\(1\) \*a\* \:red\[x\] \$y\$"


@given(st.text(max_size=60), st.text(max_size=30))
def test_marks_lie_inside_the_text_in_order(source: str, query: str) -> None:
    spans = find_shared(source, query)
    assert all(0 <= start < end <= len(source) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("source", "query", "found"),
    [
        ("防犯カメラを設ける。", "カメラ 防犯カメラ", ["防犯カメラ"]),
        ("防犯ｶﾒﾗを設ける。", "カメラ", ["ｶﾒﾗ"]),
        ("照度は50ルクス", "50 ルクス", ["50", "ルクス"]),
        ("このような場合", "このような", []),
        ("A camera and cameras", "camera", ["camera"]),
        ("An order", "or an", []),
    ],
)
def test_the_words_of_a_search_are_found(source: str, query: str, found: list[str]) -> None:
    assert [source[start:end] for start, end in find_shared(source, query)] == found


@pytest.mark.parametrize(
    "question", ["その他の階は？", "じゃあ、共用廊下は？", "駐車場は？", "屋内なら？", "what about the corridor?"]
)
def test_short_questions_go_on_from_the_one_before(question: str) -> None:
    assert continues(question)


@pytest.mark.parametrize(
    "question", [EV_HALL, "駐車場の料金は？", "防犯カメラは必要ですか", "andon lights?", "What is a CP part?"]
)
def test_whole_questions_stand_alone(question: str) -> None:
    assert not continues(question)


@given(
    question=st.text(min_size=1, max_size=80).filter(lambda text: bool(text.strip())),
    facts=st.dictionaries(st.from_regex("[a-z_]{1,12}", fullmatch=True), st.text(min_size=1, max_size=20), max_size=3),
)
def test_a_link_opens_the_question_that_it_was_made_from(question: str, facts: dict[str, str]) -> None:
    question = question.strip()
    turn = take_turn(FakeKnowledge(), 1, "EV", None, {})
    turn = type(turn)(1, question, turn.answer, None, facts)
    link = link_to(turn, "ja", "http://localhost:8501/?q=old")
    opened = read_address(dict(parse_qsl(urlsplit(link).query, keep_blank_values=True)))
    assert opened == (question, None, facts)


def test_an_address_without_a_question_opens_nothing() -> None:
    assert read_address({"q": "  ", "f.floor": "other"}) is None


def test_a_refined_turn_remembers_what_was_asked() -> None:
    knowledge = FakeKnowledge()
    turn = refine(knowledge, take_turn(knowledge, 1, EV_HALL), "floor", "other")
    assert [missing.fact for missing in turn.asked] == ["floor"] and not turn.answer.missing
    assert refine(knowledge, turn, "floor", None).facts == {}


def test_two_facts_are_asked_for_at_once_and_chosen_ones_stay() -> None:
    knowledge = FakeKnowledge()
    turn = take_turn(knowledge, 1, EV_HALL)
    fact = turn.asked[0]
    many = tuple(fact.model_copy(update={"fact": name}) for name in ("a", "b", "c", "d"))
    turn = replace(turn, asked=many, facts={"d": "x"}, answer=turn.answer.model_copy(update={"missing": many[:3]}))
    assert [missing.fact for missing in open_questions(turn)] == ["a", "b", "d"]


def test_yes_and_no_reach_the_knowledge_base_as_such() -> None:
    knowledge = FakeKnowledge()
    take_turn(knowledge, 1, EV_HALL, facts={"lock": "true", "sign": "false", "floor": "other"})
    assert knowledge.asked[0][1] == {"lock": True, "sign": False, "floor": "other"}


def test_a_follow_up_of_a_follow_up_keeps_the_thread() -> None:
    knowledge = FakeKnowledge()
    first = take_turn(knowledge, 1, EV_HALL)
    second = take_turn(knowledge, 2, "その他の階は？", context_of(first))
    assert context_of(second) == f"{EV_HALL} その他の階は？"


def value(**parts: object) -> Value:
    given = {"value": 50, "operator": ">=", "unit": "lx", "property": "illuminance", "document": "home", "locator": "1"}
    return Value.model_validate(given | parts)


@pytest.mark.parametrize(
    ("figure", "ja", "en"),
    [
        (value(approximate=True), "おおむね50ルクス以上", "about 50 lx or more"),
        (value(value="23:00", operator="=", unit="clock"), "23時", "23:00"),
        (value(value=1.3, value_max=1.5, operator="range", unit="m"), "1.3m～1.5m", "1.3 m to 1.5 m"),
        (value(value=2, operator=">", unit="m"), "2m超", "more than 2 m"),
    ],
)
def test_a_figure_is_written_as_the_clause_means_it(figure: Value, ja: str, en: str) -> None:
    assert (figure_text(figure, "ja"), figure_text(figure, "en")) == (ja, en)


def test_rows_stand_by_guideline_with_their_conditions() -> None:
    rows = figure_rows(FakeKnowledge().ask(EV_HALL), CORPUS)
    assert [(row.guide, row.building, row.condition, row.figure) for row in rows] == [
        ("住宅指針", "共同住宅", "共用玄関のある階", "おおむね50ルクス以上"),
        ("住宅指針", "共同住宅", "その他の階", "おおむね20ルクス以上"),
        ("店舗指針", "店舗", "どの場合も", "おおむね20ルクス以上"),
    ]
    assert rows[0].source == "1(1) 1点目" and rows[0].badge is None


def test_rows_carry_the_verdict_of_their_case() -> None:
    rows = figure_rows(FakeKnowledge().ask(STATED), CORPUS)
    assert [(row.badge.word if row.badge else "", row.shortfall) for row in rows] == [
        ("不適合", "20ルクス不足"),
        ("適合", None),
        ("適合", None),
    ]


def test_a_verdict_without_a_figure_has_a_row_of_its_own() -> None:
    answer = FakeKnowledge().ask(NO_LOCK)
    assert [(row.required, row.actual, row.badge.word) for row in finding_rows(answer, CORPUS)] == [
        ("施錠できる", "施錠できない", "推奨未達")
    ]
    assert finding_rows(FakeKnowledge().ask(STATED), CORPUS) == []


def test_a_long_headline_is_cut_where_the_table_says_the_rest() -> None:
    knowledge = FakeKnowledge()
    assert short_title(knowledge.ask(EV_HALL)) == "エレベーターホールの照度は条件によって違います。"
    assert short_title(knowledge.ask(STATED)) == "30ルクスで足りるかどうかは、指針や条件によって違います。"
    assert short_title(knowledge.ask(MAILBOX)) == "住宅指針：郵便受箱は施錠できるものが望ましい。"


def test_figures_that_the_title_leaves_out_stand_below_it() -> None:
    assert figure_digest(FakeKnowledge().ask(EV_HALL)) == ["おおむね50ルクス以上", "おおむね20ルクス以上"]
    assert figure_digest(FakeKnowledge().ask(STATED)) == [] == figure_digest(FakeKnowledge().ask(MAILBOX))


def test_nothing_is_said_twice_and_nothing_is_lost() -> None:
    answer = FakeKnowledge().ask(MAILBOX)
    assert rest_of_text(answer) == "指針そのものの拘束力：<i>なし</i>\n\n- 一つ\n- 二つ"
    assert notes(answer) == {"本文と図で食い違う。": "住宅指針 1(2)"}
    assert "住宅指針 1(2)" in whole_text(answer) and answer.headline in whole_text(answer)


def test_a_word_is_explained_once_by_the_thing_it_names() -> None:
    assert chips(FakeKnowledge().ask(EV_HALL)) == [("EVホール", "エレベーターホール")]


def test_an_english_word_is_shown_whole() -> None:
    answer = FakeKnowledge().ask("Do mailboxes need a lock?")
    word = Understood(span=(3, 11), surface="mailboxe", concept="mailbox", label="mailbox")
    assert chips(answer.model_copy(update={"understood": (word,)})) == [("mailboxes", "mailbox")]


def test_the_matrix_holds_every_level_of_a_place() -> None:
    matrix = illuminance_matrix(CORPUS, "ja")
    assert matrix.places == ("elevator_hall",) and matrix.documents == ("home", "shop")
    levels = matrix.cells["elevator_hall", "home"]
    assert [(level.figure, level.condition, level.depth) for level in levels] == [
        ("おおむね50ルクス以上", "共用玄関のある階", 3),
        ("おおむね20ルクス以上", "その他の階", 2),
    ]


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_pair_of_text_and_ground_has_enough_contrast() -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 : 1 for text of this size."""
    style = (ROOT / "kb" / "ui" / "style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", style))
    pairs = [(colours[name], colours[f"{name}-tint"]) for name in ("good", "bad", "open", "brand")]
    pairs += [(colours[name], ground) for name in ("ink", "soft") for ground in ("#ffffff", colours["tint"])]
    pairs += [(colours["ink"], ground) for ground in re.findall(r"kb-depth-\d \{ background: (#[0-9a-f]+)", style)]
    pairs += [
        ("#ffffff", colours["brand"]),
        ("#3d4a57", "#eef1f4"),
        (colours["ink"], "#ffe58a"),
        ("#0f4c81", "#ffffff"),
    ]
    for front, ground in pairs:
        light, dark = sorted((luminance(front), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (front, ground)


def test_streamlit_is_known_to_the_pages_only() -> None:
    pages = {ROOT / "app.py", *(ROOT / "kb" / "ui").rglob("*.py")}
    for path in [*(ROOT / "kb").rglob("*.py"), *(ROOT / "indexer").rglob("*.py")]:
        if path in pages:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "streamlit" for name in names), path


def test_usage_statistics_are_off_and_forgery_protection_is_on() -> None:
    import tomllib

    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["enableXsrfProtection"] is True
    assert config["client"]["showErrorDetails"] == "none"
