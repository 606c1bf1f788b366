"""The JSON Schema of a design file, with every place and every fact that the requirements look at."""

from __future__ import annotations

from typing import Any

from kb.design.catalogue import Catalogue, Use, list_uses
from kb.model.knowledge import Corpus
from kb.model.vocabulary import Fact

_UNKNOWN: dict[str, Any] = {"enum": ["unknown", "不明", None]}
_ABOUT = (
    "A design to check with `kb check` (YAML or JSON). A fact that is not given, null, `unknown` or 不明 is unknown: "
    "it is never taken for no or zero."
)
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def design_schema(corpus: Corpus) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a design file.

    It has the ids; a file may have Japanese labels in their place, which the schema does not list.
    """
    catalogue = list_uses(corpus)
    names = sorted({fact for uses in catalogue.uses.values() for fact in uses})
    facts = {name: corpus.vocabulary.facts[name] for name in names}
    places = _describable(catalogue)
    kinds = list(corpus.vocabulary.facts["building"].choices)
    labels = {one: corpus.vocabulary.places[one].label.ja for one in places}
    several = {name: {"enum": list(fact.measures)} for name, fact in facts.items() if len(fact.measures) > 1}
    return {
        "$schema": _DRAFT,
        "title": "DesignFile",
        "description": _ABOUT,
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "design": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/head"}]},
            "guidelines": {"type": "array", "items": {"enum": [one.id for one in corpus.documents]}},
            "building": {"anyOf": [{"enum": kinds}, _place(corpus, catalogue, "building")]},
            "operator": _place(corpus, catalogue, "operator"),
            "presence": {
                "type": "object",
                "description": "Whether the design has a kind of place; an absent one needs no facts.",
                "additionalProperties": False,
                "properties": {one: {"$ref": "#/$defs/presence", "description": labels[one]} for one in places},
            },
            "measured_as": {
                "type": "object",
                "description": "How quantities of this file were measured where their value does not say, by fact id.",
                "properties": several,
            },
            "points": {
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
                "description": "CSV files of measured illuminance points: place, x, y, lx.",
            },
            "places": {
                "anyOf": [
                    {"type": "array", "items": {"anyOf": [{"$ref": f"#/$defs/place_{one}"} for one in places]}},
                    {"type": "object", "description": "Lists of places by kind, without `place` in each."},
                ]
            },
        },
        "$defs": {
            "head": _head(),
            "claims": {
                "type": "array",
                "items": {"type": "string"},
                "description": "Provisos that are claimed: ids of requirements or locators.",
            },
            "presence": {"enum": ["present", "absent", "unknown"]},
            "date": {"type": "string", "pattern": r"^\d{4}[-/]\d{1,2}[-/]\d{1,2}$"},
            "origin": {"enum": ["given", "measured", "derived"]},
            **_shared({fact.unit for fact in facts.values() if fact.unit is not None}),
            **{f"place_{one}": _place(corpus, catalogue, one) for one in places},
            **{f"fact_{name}": _fact(name, fact) for name, fact in facts.items()},
        },
    }


def _describable(catalogue: Catalogue) -> list[str]:
    every = [*catalogue.subjects, *catalogue.asked_after, *catalogue.uses]
    return [one for one in dict.fromkeys(every) if one not in ("building", "operator")]


def _place(corpus: Corpus, catalogue: Catalogue, place: str) -> dict[str, Any]:
    uses = catalogue.at(place, corpus.vocabulary)
    facts: dict[str, Any] = {
        fact: {"$ref": f"#/$defs/fact_{fact}", "description": _clauses(use)} for fact, use in uses.items()
    }
    own: dict[str, Any] = {
        "name": {"type": "string"},
        "remark": {"type": "string"},
        "claims": {"$ref": "#/$defs/claims"},
        "facts": {"type": "object", "description": "The facts may stand under this key, or beside it."},
    }
    if place == "building":
        own["type"] = {"enum": list(corpus.vocabulary.facts["building"].choices)}
    if place in ("building", "operator"):
        return {"type": "object", "properties": {**own, **facts}}
    label = corpus.vocabulary.places[place].label
    return {
        "type": "object",
        "title": f"{label.ja} / {label.en}",
        "required": ["place"],
        "properties": {"place": {"const": place}, "id": {"type": "string"}, **own, **facts},
    }


def _clauses(use: Use) -> str:
    return "; ".join(f"{document} {locator}" for document, locator in use.clauses)


def _fact(name: str, fact: Fact) -> dict[str, Any]:
    question = name if fact.question is None else f"{name}: {fact.question.ja}"
    described = {"title": f"{fact.label.ja} / {fact.label.en}", "description": question}
    if fact.type == "boolean":
        return {**described, "$ref": "#/$defs/yes_no"}
    if fact.unit is None:
        value = _choices(fact)
        return {**described, "anyOf": [_UNKNOWN, value, _full(value, {})]}
    number = {"$ref": f"#/$defs/in_{fact.unit}"}
    value = number if fact.type == "quantity" else {"type": "array", "items": number}
    measure = {"measure": {"enum": list(fact.measures)}} if fact.measures else {}
    full = _full(value, {"unit": {"type": "string"}, **measure})
    forms = [_UNKNOWN, value, full]
    if len(fact.measures) > 1:
        ways = {one: {"anyOf": [value, _full(value, {})]} for one in fact.measures}
        forms.append({"type": "array", "items": full, "description": "Values measured in several ways."})
        forms.append({"type": "object", "additionalProperties": False, "properties": ways})
    return {**described, "anyOf": forms}


def _full(value: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    keys = {"value": value, **more, "origin": {"$ref": "#/$defs/origin"}, "date": {"$ref": "#/$defs/date"}}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["value"],
        "properties": {**keys, "remark": {"type": "string"}},
    }


def _choices(fact: Fact) -> dict[str, Any]:
    words = {key: choice.label.ja if choice.label else key for key, choice in fact.choices.items()}
    choice = {"enum": list(words), "description": "; ".join(f"{key}: {label}" for key, label in words.items())}
    return choice if fact.type == "choice" else {"type": "array", "items": choice}


def _shared(units: set[str]) -> dict[str, Any]:
    """Definitions that many facts share: yes or no, and a quantity in each unit."""
    yes_no = {"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no", "はい", "いいえ", "あり", "なし", "有", "無"]}]}
    return {
        "yes_no": {"anyOf": [_UNKNOWN, yes_no, _full(yes_no, {})]},
        **{
            f"in_{unit}": {
                "anyOf": [
                    {"type": "number", "minimum": 0, "description": f"a bare number is in {unit}"},
                    {"type": "string", "description": f"a number and its unit, such as `1.5 {unit}`"},
                ]
            }
            for unit in sorted(units)
        },
    }


def _head() -> dict[str, Any]:
    words = {key: {"type": "string"} for key in ("name", "address", "author", "remark")}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**words, "date": {"$ref": "#/$defs/date"}},
    }
