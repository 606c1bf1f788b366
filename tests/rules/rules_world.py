"""A small vocabulary and short ways to write requirements, places and designs."""

# ruff: noqa: E501 (tables and requirements on one line each)

from __future__ import annotations

from typing import Any

from kb.corpus.nodes import NodeReader
from kb.corpus.strict_yaml import parse_yaml
from kb.model.base import Text
from kb.model.corpus import Document, Statement
from kb.model.knowledge import Corpus, Vocabulary
from kb.model.requirement import Node, Requirement
from kb.rules import DesignView, FactValue, Finding, PlaceInstance, evaluate, read_fact

WORDS = """
buildings:
  apartment: {label: {ja: 共同住宅, en: apartment building}}
  detached: {label: {ja: 一戸建住宅, en: detached house}}
places:
  hall: {label: {ja: ホール, en: hall}, part_of: lift}
  lift: {label: {ja: エレベーター, en: lift}}
  car: {label: {ja: かご, en: car}, part_of: lift}
  stairs: {label: {ja: 階段, en: stairs}}
  outdoor_stairs: {label: {ja: 屋外階段, en: outdoor stairs}, kind_of: stairs}
  parking: {label: {ja: 駐車場, en: parking}}
  grounds: {label: {ja: 敷地, en: grounds}, members: [parking, fence]}
  fence: {label: {ja: 塀, en: fence}}
  door: {label: {ja: 扉, en: door}}
facts:
  building: {type: choice, label: {ja: 建物の種類, en: building type}, choices: {apartment: {label: {ja: 共同住宅, en: apartment building}}, detached: {label: {ja: 一戸建住宅, en: detached house}}}}
  works: {type: choice, label: {ja: 工事, en: works}, choices: {new: {}, existing: {}}}
  floor: {type: choice, label: {ja: 階, en: floor}, question: {ja: どの階ですか。, en: Which floor?}, choices: {entrance: {label: {ja: 玄関階, en: entrance floor}}, other: {label: {ja: その他の階, en: other floor}}}}
  angle: {type: choice, label: {ja: 画角, en: angle}, choices: {A: {}, AA: {}, B: {}}}
  illuminance: {type: quantity, unit: lx, measures: [horizontal, vertical], label: {ja: 照度, en: illuminance}, question: {ja: 床面の平均照度は何ルクスですか。, en: "What is the average illuminance, in lux?"}}
  height: {type: quantity, unit: m, label: {ja: 高さ, en: height}}
  width: {type: quantity, unit: mm, label: {ja: 幅, en: width}}
  mounted: {type: quantity, unit: m, measures: [lowest_point], label: {ja: 取付高さ（lowest point）, en: mounting height}}
  retention: {type: quantity, unit: days, label: {ja: 保存期間, en: retention}}
  distances: {type: quantity_list, unit: m, label: {ja: 足場との距離, en: distance to footholds}}
  seen_from: {type: list, label: {ja: どこから見えるか, en: seen from}, choices: {road: {label: {ja: 道路, en: road}}, window: {label: {ja: 窓, en: window}}, office: {label: {ja: 管理室, en: office}}}}
  camera: {type: boolean, label: {ja: カメラがある, en: a camera is installed}, question: {ja: カメラはありますか。, en: Is there a camera?}}
  mirror: {type: boolean, label: {ja: 鏡がある, en: a mirror is installed}, question: {ja: 鏡はありますか。, en: Is there a mirror?}}
  lock: {type: boolean, label: {ja: 施錠できる, en: can be locked}}
  certified: {type: boolean, label: {ja: 認定品である, en: certified}}
  light: {type: boolean, label: {ja: 照明がある, en: lights are on}}
  foothold: {type: boolean, label: {ja: 足場になる, en: serves as a foothold}}
  large: {type: boolean, label: {ja: 侵入できる大きさの開口, en: opening large enough to enter}}
  auto_lock: {type: boolean, places: [building], label: {ja: オートロックがある, en: there is an auto-lock}}
  patrol: {type: boolean, places: [operator], label: {ja: 巡回している, en: staff make rounds}}
"""


def _vocabulary() -> Vocabulary:
    data = parse_yaml(WORDS).data
    return Vocabulary.model_validate(data)


VOCABULARY = _vocabulary()
READER_SOURCE = parse_yaml("x: 1")


def node(text: str) -> Node:
    """Read a node from YAML."""
    return NodeReader(READER_SOURCE, VOCABULARY.facts, VOCABULARY.places).node((), parse_yaml(text).data)


def rule(require: str, **fields: Any) -> Requirement:
    """Make a requirement; `when` and `unless` are YAML too."""
    reader = NodeReader(READER_SOURCE, VOCABULARY.facts, VOCABULARY.places)
    data: dict[str, Any] = {
        "document": "guide",
        "id": "rule",
        "clause": "1",
        "subjects": ("hall",),
        "strength": "shall",
        **fields,
    }
    for key in ("when", "unless"):
        if key in data:
            data[key] = reader.condition((), parse_yaml(data[key]).data)
    return Requirement(require=node(require), **data)


def facts(**said: Any) -> dict[str, tuple[FactValue, ...]]:
    """Make facts; a tuple (value, measure) says how it was measured, a list of tuples gives several."""
    found: dict[str, tuple[FactValue, ...]] = {}
    for name, value in said.items():
        entry = VOCABULARY.facts[name]
        several = value if isinstance(value, list) and value and isinstance(value[0], tuple) else [value]
        found[name] = tuple(
            read_fact(entry, one[0], one[1]) if isinstance(one, tuple) and one else read_fact(entry, one)
            for one in several
        )
    return found


def place(
    kind: str = "hall", id: str = "p1", name: str = "", claims: tuple[str, ...] = (), **said: Any
) -> PlaceInstance:
    """Make a place with facts."""
    return PlaceInstance(id, kind, name, facts(**said), frozenset(claims))


def design(*places: PlaceInstance, building: str | None = "apartment", **more: Any) -> DesignView:
    """Make a design of an apartment building."""
    known = facts(building=building) if building else {}
    known |= more.pop("building_facts", {})
    return DesignView(
        places,
        building=PlaceInstance("building", "building", facts=known),
        operator=PlaceInstance("operator", "operator", facts=more.pop("operator_facts", {})),
        presence=more.pop("presence", {}),
    )


def judge(requirement: Requirement, subject: PlaceInstance, *others: PlaceInstance, **more: Any) -> Finding:
    """Judge a requirement at a place of a design that has others too."""
    derivations = more.pop("derivations", None)
    return evaluate(requirement, subject, design(subject, *others, **more), VOCABULARY, derivations)


def verdict(require: str, **said: Any) -> str:
    """Give the verdict on a requirement at one place with these facts."""
    return judge(rule(require), place(**said)).verdict


def asked(finding: Finding) -> list[str]:
    """List the ids of the missing facts."""
    return [missing.fact for missing in finding.missing]


def document(id: str, *buildings: str) -> Document:
    """Make a guideline that speaks of these types of building."""
    name, said = Text(ja=id, en=id), Statement(ja="", en="")
    return Document(
        id=id,
        title=name,
        short=name,
        issuer=name,
        buildings=buildings,
        legal_force=said,
        addressees=said,
        scope=said,
        obtain=name,
    )


def corpus(*rules: Requirement, documents: tuple[Document, ...] | None = None) -> Corpus:
    """Make a corpus of these requirements."""
    if documents is None:
        documents = tuple(document(id) for id in dict.fromkeys(rule.document for rule in rules))
    return Corpus(vocabulary=VOCABULARY, documents=documents, clauses=(), requirements=rules)
