"""Requirements, facts and findings in plain Japanese and English."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

import pytest
from rules_world import VOCABULARY, facts, judge, node, place, rule

from kb.model.base import Text
from kb.model.finding import Reason
from kb.quantity import parse_quantity
from kb.rules import FactValue
from kb.rules.speaker import Speaker
from kb.rules.words import measure_label, negated, verdict_label

JA, EN = Speaker(VOCABULARY, "ja"), Speaker(VOCABULARY, "en")


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("camera: true", "カメラがある", "a camera is installed"),
        ("camera: false", "カメラがない", "a camera is not installed"),
        ("height: {at_least: 1.8 m}", "高さが1.8m以上", "height at least 1.8 m"),
        ("height: {more_than: 2 m}", "高さが2m超", "height more than 2 m"),
        ("height: {less_than: 2 m}", "高さが2m未満", "height less than 2 m"),
        ("height: {equals: 2 m}", "高さが2m", "height 2 m"),
        ("height: {at_least: 1.3 m, at_most: 1.5 m}", "高さが1.3m以上1.5m以下", "height at least 1.3 m and at most 1.5 m"),
        ("illuminance: {at_least: 50 lx, measure: vertical, approximate: true}", "照度（鉛直面）がおおむね50ルクス以上", "illuminance (vertical) at least about 50 lx"),
        ("illuminance: {at_most: 50 lx, measure: horizontal}", "照度（horizontal）が50ルクス以下", "illuminance (horizontal) at most 50 lx"),
        ("mounted: {at_least: 2.5 m, measure: lowest_point}", "取付高さ（lowest point）が2.5m以上", "mounting height (lowest point) at least 2.5 m"),
        ("each: {of: distances, at_least: 1.8 m}", "足場との距離がすべて1.8m以上", "distance to footholds: each at least 1.8 m"),
        ("floor: entrance", "階が「玄関階」", 'floor is "entrance floor"'),
        ("floor: {equals: other}", "階が「その他の階」", 'floor is "other floor"'),
        ("angle: {one_of: [A, AA]}", "画角が「A」「AA」のいずれか", 'angle is one of "A", "AA"'),
        ("seen_from: {includes_any: [road, window]}", "どこから見えるかに「道路」「窓」のいずれかを含む", 'seen from includes one of "road", "window"'),
        ("seen_from: {includes_any: [road]}", "どこから見えるかに「道路」を含む", 'seen from includes "road"'),
        ("seen_from: {includes_all: [road, window]}", "どこから見えるかに「道路」「窓」のすべてを含む", 'seen from includes all of "road", "window"'),
        ("seen_from: {includes_any: [office], includes_all: [road]}", "どこから見えるかに「管理室」を含む、かつどこから見えるかに「道路」を含む", 'seen from includes "office" and seen from includes "road"'),
        ("present: door", "扉がある", "there is this place: door"),
        ("not: {camera: true}", "カメラがない", "a camera is not installed"),
        ("not: {foothold: true}", "足場にならない", "not “serves as a foothold”"),
        ("if: {camera: true}\nthen: {mirror: true}", "カメラがあるなら、鏡がある", "if a camera is installed, then a mirror is installed"),
        ("all_of: [{camera: true}, {mirror: true}]", "カメラがある、かつ鏡がある", "a camera is installed and a mirror is installed"),
        ("all_of: [{camera: true}]", "カメラがある", "a camera is installed"),
        (
            "any_of: [{all_of: [{camera: true}, {mirror: true}]}, {light: true}]",
            "（カメラがある、かつ鏡がある）、または照明がある",
            "(a camera is installed and a mirror is installed) or lights are on",
        ),
        ("{light: true, when: {floor: entrance}}", "階が「玄関階」なら、照明がある", 'where floor is "entrance floor", lights are on'),
        ("{light: true, unless: {mirror: true}}", "照明がある（鏡があるなら対象外）", "lights are on (not where a mirror is installed)"),
        (
            "{any_of: [{light: true}, {lock: true}], when: {any_of: [{camera: true}, {mirror: true}]}}",
            "（カメラがある、または鏡がある）なら、（照明がある、または施錠できる）",
            "where (a camera is installed or a mirror is installed), (lights are on or can be locked)",
        ),
        (
            "{any_of: [{light: true}, {lock: true}], unless: {any_of: [{camera: true}, {mirror: true}]}}",
            "（照明がある、または施錠できる）（（カメラがある、または鏡がある）なら対象外）",
            "(lights are on or can be locked) (not where (a camera is installed or a mirror is installed))",
        ),
        ("{lock: true, proviso: {ja: 原則として, en: as a rule}}", "施錠できる（原則として）", "can be locked (as a rule)"),
        ("{at: {place: door, which: every}, lock: true}", "すべての扉で、施錠できる", "at every “door”, can be locked"),
        ("{at: {place: door}, lock: true}", "いずれかの扉で、施錠できる", "at any “door”, can be locked"),
        (
            "{at: {place: hall, when: {floor: entrance}}, any_of: [{lock: true}, {light: true}]}",
            "いずれかのホール（階が「玄関階」）で、（施錠できる、または照明がある）",
            'at any “hall” where floor is "entrance floor", (can be locked or lights are on)',
        ),
        (
            "{at: {place: hall, when: {any_of: [{camera: true}, {mirror: true}]}}, lock: true}",
            "いずれかのホール（（カメラがある、または鏡がある））で、施錠できる",
            "at any “hall” where (a camera is installed or a mirror is installed), can be locked",
        ),
        ("not: {camera: true, when: {mirror: true}}", "「鏡があるなら、カメラがある」に当たらない", "not “where a mirror is installed, a camera is installed”"),
        ("not: {camera: true, unless: {mirror: true}}", "「カメラがある（鏡があるなら対象外）」に当たらない", "not “a camera is installed (not where a mirror is installed)”"),
        ("not: {at: {place: door}, lock: true}", "「いずれかの扉で、施錠できる」に当たらない", "not “at any “door”, can be locked”"),
        (
            "any_of: [{not: {any_of: [{camera: true}, {mirror: true}]}}, {if: {all_of: [{camera: true}, {mirror: true}]}, then: {any_of: [{lock: true}, {light: true}]}}]",
            "「カメラがある、または鏡がある」に当たらない、または（カメラがある、かつ鏡がある）なら、（施錠できる、または照明がある）",
            "not “a camera is installed or a mirror is installed” or if (a camera is installed and a mirror is installed), then (can be locked or lights are on)",
        ),
        ("any_of: [{all_of: [{any_of: [{camera: true}, {mirror: true}]}]}, {lock: true}]", "（カメラがある、または鏡がある）、または施錠できる", "(a camera is installed or a mirror is installed) or can be locked"),
        ("all_of: [{any_of: [{camera: true}, {mirror: true}]}]", "カメラがある、または鏡がある", "a camera is installed or a mirror is installed"),
    ],
)  # fmt: skip
def test_a_node_is_put_into_words(text: str, ja: str, en: str) -> None:
    assert JA.node(node(text)) == ja
    assert EN.node(node(text)) == en


@pytest.mark.parametrize(
    ("text", "ja", "en"),
    [
        ("height: {at_least: 1.8 m}", "高さが1.8m未満", "height less than 1.8 m"),
        ("height: {more_than: 1.8 m}", "高さが1.8m以下", "height at most 1.8 m"),
        ("height: {at_most: 1.8 m}", "高さが1.8m超", "height more than 1.8 m"),
        ("height: {less_than: 1.8 m, approximate: true}", "高さが1.8m以上", "height at least 1.8 m"),
        ("height: {equals: 2 m}", "「高さが2m」に当たらない", "not “height 2 m”"),
        ("height: {at_least: 1 m, at_most: 2 m}", "「高さが1m以上2m以下」に当たらない", "not “height at least 1 m and at most 2 m”"),
        ("each: {of: distances, at_least: 1.8 m}", "「足場との距離がすべて1.8m以上」に当たらない", "not “distance to footholds: each at least 1.8 m”"),
        ("camera: true", "カメラがない", "a camera is not installed"),
        ("camera: false", "カメラがある", "a camera is installed"),
        ("floor: entrance", "「階が「玄関階」」に当たらない", 'floor is not "entrance floor"'),
        ("seen_from: {includes_any: [road]}", "「どこから見えるかに「道路」を含む」に当たらない", 'not “seen from includes "road"”'),
    ],
)  # fmt: skip
def test_a_failed_test_is_put_into_words(text: str, ja: str, en: str) -> None:
    asked = node(text)
    assert asked.fact is not None and asked.test is not None
    assert JA.test(asked.fact, asked.test, holds=False) == ja
    assert EN.test(asked.fact, asked.test, holds=False) == en


@pytest.mark.parametrize(
    ("phrase", "denied"),
    [
        ("照明がある", "照明がない"),
        ("認定品である", "認定品ではない"),
        ("点検している", "点検していない"),
        ("施錠できる", "施錠できない"),
        ("開けられる", "開けられない"),
        ("足場になる", "足場にならない"),
        ("足場", "「足場」に当たらない"),
    ],
)
def test_japanese_statements_are_denied(phrase: str, denied: str) -> None:
    assert negated(phrase, "ja") == denied


@pytest.mark.parametrize(
    ("phrase", "denied"),
    [
        ("a camera is installed", "a camera is not installed"),
        ("is certified", "is not certified"),
        ("lights are on", "lights are not on"),
        ("can be locked", "cannot be locked"),
        ("it is dark and is cold", "not “it is dark and is cold”"),
        ("it is not dark", "not “it is not dark”"),
        ("doors close", "not “doors close”"),
    ],
)
def test_english_statements_are_denied(phrase: str, denied: str) -> None:
    assert negated(phrase, "en") == denied


def test_values_are_written_for_readers() -> None:
    assert (JA.value("camera", FactValue(True)), JA.value("camera", FactValue(False))) == ("はい", "いいえ")
    assert (EN.value("camera", FactValue(True)), EN.value("camera", FactValue(False))) == ("yes", "no")
    assert JA.value("height", FactValue(parse_quantity("1.8 m"))) == "1.8m"
    assert JA.value("floor", FactValue("entrance")) == "「玄関階」"
    assert EN.value("floor", FactValue("entrance")) == '"entrance floor"'
    assert EN.value("angle", FactValue("AA")) == '"AA"'
    assert JA.value("seen_from", FactValue(frozenset({"office", "road"}))) == "「道路」「管理室」"
    assert EN.value("seen_from", FactValue(frozenset({"office", "road"}))) == '"road", "office"'
    assert EN.value("seen_from", FactValue(frozenset({"zoo", "attic", "road"}))) == '"road", "attic", "zoo"'
    assert (JA.value("seen_from", FactValue(frozenset())), EN.value("seen_from", FactValue(frozenset()))) == (
        "なし",
        "none",
    )
    two = FactValue((parse_quantity("1 m"), parse_quantity("2 m")))
    assert (JA.value("distances", two), EN.value("distances", two)) == ("1m、2m", "1 m, 2 m")
    assert (JA.value("distances", FactValue(())), EN.value("distances", FactValue(()))) == ("なし", "none")


def test_what_the_vocabulary_does_not_know_is_named_by_its_id() -> None:
    assert (JA.fact("mystery"), JA.place("nowhere")) == ("mystery", "nowhere")
    assert EN.value("mystery", FactValue("a")) == '"a"'
    assert EN.value("mystery", FactValue(frozenset({"b", "a"}))) == '"a", "b"'
    assert (
        EN.question("mystery") == "Is it so: mystery?"
        and JA.question("mystery", "x") == "「mystery（x）」に当たりますか。"
    )
    assert EN.options("mystery") == [("true", "yes"), ("false", "no")]


def test_places_have_names() -> None:
    assert (JA.place("building"), JA.place("operator"), JA.place("hall")) == ("建物", "管理者・事業者", "ホール")


def test_measures_and_verdicts_have_labels() -> None:
    assert measure_label("average_horizontal").ja == "床面の平均"
    assert measure_label("as_built") == Text(ja="as built", en="as built")
    assert verdict_label("fail", "should").ja == "推奨未達" and verdict_label("fail", "shall").ja == "不適合"
    assert verdict_label("pass", "should").en == "complies" and verdict_label("fail", "may").en == "option not taken"


def reason_of(text: str, **said: object) -> Reason:
    return judge(rule(text), place(**said)).because.children[0]


def test_what_is_known_of_a_fact() -> None:
    assert JA.known(reason_of("camera: true", camera=False)) == "カメラがない"
    assert EN.known(reason_of("camera: true", camera=True)) == "a camera is installed"
    assert JA.known(reason_of("height: {at_least: 1 m}", height="2 m")) == "高さ: 2m"
    several = reason_of("illuminance: {at_least: 1 lx}", illuminance=[("2 lx", "vertical"), ("3 lx", None)])
    assert JA.known(several) == "照度（鉛直面）: 2ルクス、照度: 3ルクス"
    assert EN.known(several) == "illuminance (vertical): 2 lx, illuminance: 3 lx"


@pytest.mark.parametrize(
    ("text", "said", "ja", "en"),
    [
        ("illuminance: {at_least: 50 lx, measure: vertical}", {"illuminance": ("30 lx", "vertical")}, "照度（鉛直面）があと20ルクス足りない", "illuminance (vertical) is 20 lx short"),
        ("height: {at_most: 1.5 m}", {"height": "1.8 m"}, "高さが0.3m超えている", "height is 0.3 m too much"),
        ("height: {more_than: 2 m}", {"height": "2 m"}, "必要: 高さが2m超", "needed: height more than 2 m"),
        ("camera: true", {"camera": False}, "必要: カメラがある", "needed: a camera is installed"),
    ],
)  # fmt: skip
def test_what_is_lacking(text: str, said: dict[str, object], ja: str, en: str) -> None:
    assert JA.lack(reason_of(text, **said)) == ja
    assert EN.lack(reason_of(text, **said)) == en


def test_a_failing_finding_says_what_falls_short() -> None:
    finding = judge(
        rule("illuminance: {at_least: 50 lx, measure: horizontal}"), place(illuminance=("30 lx", "horizontal"))
    )
    shortfall = finding.shortfall
    assert shortfall is not None and shortfall.text.en == "illuminance (horizontal) is 20 lx short"
    assert (shortfall.fact, shortfall.amount, shortfall.over) == ("illuminance", parse_quantity("20 lx"), False)
    assert finding.actual == Text(ja="照度（horizontal）: 30ルクス", en="illuminance (horizontal): 30 lx")
    assert finding.required.ja == "照度（horizontal）が50ルクス以上"


def test_only_a_fail_has_a_shortfall() -> None:
    assert judge(rule("camera: true"), place(camera=True)).shortfall is None
    assert judge(rule("camera: true"), place()).shortfall is None


def test_the_shortfall_of_several_tests() -> None:
    all_ = judge(rule("all_of: [{camera: true}, {height: {at_most: 1 m}}, {light: true}, {width: {at_least: 2 mm}}]"), place(camera=False, height="3 m", light=True, width="1 mm"))  # fmt: skip
    assert all_.shortfall is not None
    assert all_.shortfall.text.en == "needed: a camera is installed, height is 2 m too much, width is 1 mm short"
    assert (all_.shortfall.fact, all_.shortfall.amount, all_.shortfall.over) == ("height", parse_quantity("2 m"), True)
    either = judge(rule("any_of: [{camera: true}, {light: true}]"), place(camera=False, light=False))
    assert either.shortfall is not None and either.shortfall.text.ja == "必要: カメラがある"
    assert either.shortfall.amount is None and either.shortfall.fact is None
    far = judge(rule("each: {of: distances, at_least: 2 m}"), place(distances=["1 m"]))
    assert far.shortfall is not None and far.shortfall.text.ja == "足場との距離があと1m足りない"
    unknown_beside = judge(rule("all_of: [{camera: true}, {light: true}]"), place(camera=False))
    assert unknown_beside.shortfall is not None and unknown_beside.shortfall.text.ja == "必要: カメラがある"
    turned = judge(rule("not: {camera: true}"), place(camera=True))
    assert turned.shortfall is not None and turned.shortfall.text.ja == "必要: カメラがない"
    assert turned.shortfall is not None and turned.shortfall.text.en == "needed: a camera is not installed"
    deep = judge(rule("not: {all_of: [{camera: true}, {light: true}]}"), place(camera=True, light=True))
    assert deep.shortfall is not None
    assert deep.shortfall.text.en == "needed: not “a camera is installed and lights are on”"
    part = judge(rule("all_of: [{light: true}, {camera: true, strength: should}]"), place(light=False, camera=False))
    assert part.shortfall is not None and part.shortfall.text.en == "needed: lights are on"
    assert part.parts[0].shortfall is not None and part.parts[0].shortfall.text.en == "needed: a camera is installed"


def test_the_shortfall_at_another_place_names_it() -> None:
    finding = judge(
        rule("{at: {place: door, which: every}, lock: true}"), place(), place("door", "d", name="裏口", lock=False)
    )
    assert finding.shortfall is not None and finding.shortfall.text.ja == "裏口: 必要: 施錠できる"
    assert finding.actual.ja == "裏口: 施錠できない"
    gone = judge(rule("{at: {place: door, which: any}, lock: true}"), place(), presence={"door": "absent"})
    assert gone.shortfall is not None and gone.shortfall.text == Text(ja="", en="")
    some = judge(rule("{at: {place: door, which: any}, lock: true}"), place(), place("door", "d", lock=False), place("door", "e", lock=False))  # fmt: skip
    assert some.shortfall is not None and some.shortfall.text.en == "door: needed: can be locked"


def test_nothing_known_is_said() -> None:
    assert judge(rule("camera: true"), place()).actual == Text(ja="不明", en="not known")


def test_a_requirement_is_worded_without_its_parts() -> None:
    finding = judge(rule("all_of: [{light: true}, {camera: true, strength: should}]"), place(light=True))
    assert finding.required.en == "lights are on" and finding.parts[0].required.en == "a camera is installed"
    part = judge(
        rule("all_of: [{light: true}, {strength: should, all_of: [{camera: true}, {lock: true, strength: may}]}]"),
        place(),
    )
    assert [one.required.en for one in part.flat()] == ["lights are on", "a camera is installed", "can be locked"]
    option = judge(rule("any_of: [{light: true}, {camera: true, strength: should}]"), place())
    assert option.required.en == "lights are on or a camera is installed"


def test_a_finding_is_put_into_a_paragraph() -> None:
    dim = judge(
        rule("illuminance: {at_least: 50 lx, approximate: true, measure: horizontal}"),
        place(name="3階", illuminance=("30 lx", "horizontal")),
    )
    assert dim.text.ja == (
        "3階: 不適合。基準: 照度（horizontal）がおおむね50ルクス以上。現状: 照度（horizontal）: 30ルクス。"
        "不足: 照度（horizontal）があと20ルクス足りない。基準は「おおむね」であり、わずかな差の扱いは判定者に委ねられる。"
    )
    assert dim.text.en == (
        "3階: does not comply. Required: illuminance (horizontal) at least about 50 lx. "
        "Found: illuminance (horizontal): 30 lx. Lacking: illuminance (horizontal) is 20 lx short. "
        "The wording is approximate, so a small difference is left to the assessor."
    )
    fine = judge(rule("camera: true"), place(camera=True))
    assert fine.text.ja == "ホール: 適合。基準: カメラがある。現状: カメラがある。"
    unknown = judge(rule("all_of: [{camera: true}, {lock: true}]"), place())
    assert unknown.text.en == (
        "hall: to be confirmed. Required: a camera is installed and can be locked. Found: not known. "
        "To settle: Is there a camera? Is it so: can be locked?"
    )
    saved = judge(rule("any_of: [{light: true}, {clause: 1/2, compensates: true, camera: true}]"), place(camera=True))
    assert saved.text.en == (
        "hall: complies by an accepted alternative. Required: lights are on or a camera is installed. "
        "Found: a camera is installed. Made up for by: 1/2."
    )
    assert saved.text.ja.endswith("補完: 1/2。")
    missed = judge(rule("camera: true", strength="should"), place(camera=False))
    assert missed.text.ja == "ホール: 推奨未達。基準: カメラがある。現状: カメラがない。不足: 必要: カメラがある。"


def test_an_unknown_verdict_says_why_a_known_value_does_not_count() -> None:
    other = judge(rule("illuminance: {at_least: 50 lx, measure: horizontal}"), place(illuminance=("80 lx", "vertical")))
    assert other.text.en == (
        "hall: to be confirmed. Required: illuminance (horizontal) at least 50 lx. Found: illuminance (vertical): 80 lx. "
        "illuminance (horizontal): a value measured in another way does not count. "
        "To settle: What is the average illuminance, in lux?"
    )
    assert "照度（horizontal）: 別の測り方の値では判定できない。" in other.text.ja
    several = judge(
        rule("illuminance: {at_least: 50 lx}"), place(illuminance=[("80 lx", "vertical"), ("8 lx", "horizontal")])
    )
    assert "照度: 食い違う値がある。" in several.text.ja


def test_what_does_not_apply_says_why() -> None:
    when = judge(rule("camera: true", when="floor: entrance"), place(floor="other"))
    assert when.text.ja == "ホール: 対象外。条件に当たらない: 階が「玄関階」。"
    unless = judge(rule("camera: true", unless="mirror: true"), place(mirror=True))
    assert unless.text.en == "hall: not applicable. The exception holds: a mirror is installed."
    inner = judge(rule("{camera: true, when: {mirror: true}}"), place(mirror=False))
    assert inner.text.en == "hall: not applicable. The condition does not hold: a mirror is installed."
    other = judge(rule("camera: true", subjects=("stairs", "door")), place())
    assert other.text.ja == "ホール: 対象外。対象: 階段、扉。" and other.text.en.endswith("It speaks of: stairs, door.")
    two = judge(
        rule("all_of: [{camera: true, when: {mirror: true}}, {light: true, when: {mirror: true}}]"), place(mirror=False)
    )
    assert two.text.en == "hall: not applicable."
    empty = judge(rule("each: {of: distances, at_least: 1 m}"), place(distances=()))
    assert empty.text.ja == "ホール: 対象外。"


def test_reasons_have_a_line_each() -> None:
    tree = judge(
        rule("all_of: [{camera: true}, {not: {lock: true}}, {any_of: [{light: true}]}, {if: {mirror: true}, then: {present: door}}, {at: {place: door, which: every}, lock: true}]"),
        place(name="1F", mirror=True), place("door", "d", name="裏口"),
    ).because  # fmt: skip
    lines = [JA.reason(reason) for reason in tree.walk()]
    assert lines == [
        "1F", "次のすべて", "カメラがある", "次に当たらない", "施錠できる", "次のいずれか", "照明がある", "条件つき",
        "鏡がある", "扉がある", "すべての扉（1か所）", "裏口", "施錠できる",
    ]  # fmt: skip
    english = [EN.reason(reason) for reason in tree.walk()]
    assert english[1] == "all of these" and english[3] == "not this" and english[5] == "any of these"
    assert (
        english[7] == "on a condition"
        and english[10] == "every “door” (1)"
        and english[9] == "there is this place: door"
    )
    any_ = judge(rule("{at: {place: door, which: any}, lock: true}"), place(), place("door", "d")).because
    assert JA.reason(any_) == "ホール" and JA.reason(any_.children[0]) == "いずれかの扉（1か所）"
    assert EN.reason(any_.children[0]) == "any “door” (1)"
    assert facts(camera=True)["camera"][0].value is True
