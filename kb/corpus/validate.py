"""Turn raw YAML into models, with errors that point at file, line and key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from kb.corpus.strict_yaml import Path_, Source
from kb.errors import CorpusError, InputError
from kb.model.base import Frozen

M = TypeVar("M", bound=Frozen)
_QUANTITY = "a number with a unit, such as 50 lx"
_DECIDING = ("kind", "type", "operator")
"""Keys whose value decides which other keys a mapping may have."""
_WORDING = (
    (re.compile(r"^Input should be "), ""),
    (re.compile(r"a valid (dictionary|dict).*"), "a mapping"),
    (re.compile(r"a valid (tuple|list)"), "a list"),
    (re.compile(r"a valid string"), "text"),
    (re.compile(r"a valid boolean.*"), "true or false"),
    (re.compile(r"a valid "), "a "),
)


def build(model: type[M], source: Source, path: Path_, data: Any, errors: list[CorpusError], **extra: Any) -> M | None:
    """Build one model from raw data; problems are added to `errors` and None is returned.

    `extra` are fields that the data may not set itself. Text is never taken for true or false, and never blank.
    """
    if not isinstance(data, dict):
        errors.append(source.error(path, f"found {show(data)}", f"a mapping with {_keys(model, extra)}"))
        return None
    foreign = [key for key in data if key in extra]
    if foreign:
        errors.append(source.error((*path, foreign[0]), f"unknown key {foreign[0]!r}", _keys(model, extra)))
        return None
    try:
        built = model.model_validate({**data, **extra})
    except ValidationError as error:
        errors.extend(_explain(source, path, data, error, model, extra))
        return None
    except (InputError, KeyError) as error:
        errors.append(source.error(path, f"a quantity that cannot be read ({error})", _QUANTITY))
        return None
    wrong = [
        source.error(where, f"found {show(found)}", allowed) for where, found, allowed in _misread(built, data, path)
    ]
    errors.extend(wrong)
    return None if wrong else built


def expect_mapping(
    source: Source, path: Path_, data: Any, allowed: Iterable[str], errors: list[CorpusError]
) -> dict[str, Any]:
    """Return data as a mapping with only the allowed keys; problems are added to `errors`."""
    names = list(allowed)
    if not isinstance(data, dict):
        errors.append(source.error(path, f"found {show(data)}", f"a mapping with the keys {', '.join(names)}"))
        return {}
    for key in data:
        if key not in names:
            errors.append(source.error((*path, key), f"unknown key {key!r}", f"one of {', '.join(names)}"))
    return {key: value for key, value in data.items() if key in names}


def expect_list(source: Source, path: Path_, data: Any, errors: list[CorpusError]) -> list[Any]:
    """Return data as a list; anything else is added to `errors`."""
    if isinstance(data, list):
        return data
    errors.append(source.error(path, f"found {show(data)}", "a list"))
    return []


def expect_words(source: Source, path: Path_, data: Any, errors: list[CorpusError]) -> tuple[str, ...]:
    """Return a list of words as a tuple; anything else is added to `errors`."""
    words = expect_list(source, path, data, errors)
    for index, word in enumerate(words):
        if not isinstance(word, str):
            errors.append(
                source.error((*path, index), f"found {show(word)}", "text (in quotes, if it looks like a number)")
            )
    return tuple(word for word in words if isinstance(word, str))


def show(data: Any) -> str:
    """Write a raw value for a message, cut after 60 characters."""
    text = repr(data)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _misread(built: Any, data: Any, path: Path_) -> Iterator[tuple[Path_, Any, str]]:
    if isinstance(built, bool):
        if not isinstance(data, bool):
            yield path, data, "true or false"
    elif isinstance(built, str):
        if not built.strip():
            yield path, data, "text that is not blank, or no entry"
    elif isinstance(built, BaseModel) and isinstance(data, dict):
        for name, field in type(built).model_fields.items():
            key = field.alias or name
            if key in data:
                yield from _misread(getattr(built, name), data[key], (*path, key))
    elif isinstance(built, dict) and isinstance(data, dict):
        for key, value in built.items():
            yield from _misread(value, data.get(key), (*path, key))
    elif isinstance(built, tuple) and isinstance(data, list):
        for index, (value, raw) in enumerate(zip(built, data, strict=False)):
            yield from _misread(value, raw, (*path, index))


def _explain(
    source: Source, path: Path_, data: Any, error: ValidationError, model: type[Frozen], extra: dict[str, Any]
) -> Iterator[CorpusError]:
    problems: dict[Path_, list[Any]] = {}
    for problem in error.errors(include_url=False):
        problems.setdefault(_locate(data, problem), []).append(problem)
    for location, group in problems.items():
        tagged = all(len(problem["loc"]) > len(location) for problem in group)
        if tagged and any(len(other) > len(location) and other[: len(location)] == location for other in problems):
            continue  # another member of a union got further into the value, and says more
        yield _explain_one(source, path, location, group, model, extra)


def _explain_one(
    source: Source, path: Path_, location: Path_, group: list[Any], model: type[Frozen], extra: dict[str, Any]
) -> CorpusError:
    problem = group[0]
    where = (*path, *location)
    if problem["type"] in ("extra_forbidden", "missing"):
        what = "unknown" if problem["type"] == "extra_forbidden" else "missing"
        keys = _keys(_model_at(model, location[:-1]), extra)
        return source.error(where, f"{what} key {location[-1]!r}", keys)
    if problem["type"] == "value_error":
        return _explain_rule(source, where, problem)
    allowed = " or ".join(dict.fromkeys(_reword(one["msg"]) for one in group))
    return source.error(where, f"found {show(problem['input'])}", allowed)


def _explain_rule(source: Source, where: Path_, problem: Any) -> CorpusError:
    """Explain a rule of our own: `<found>; allowed: <what>`, or only the rule, with the keys it speaks of in backticks."""
    rule, given = str(problem["ctx"]["error"]), problem["input"]
    found, semicolon, allowed = rule.partition("; ")
    if semicolon:
        return source.error(where, found, allowed.removeprefix("allowed: "))
    if isinstance(given, str):
        return source.error(where, rule, _QUANTITY)
    if not isinstance(given, dict):
        return source.error(where, f"found {show(given)}", rule)
    named = re.findall(r"`(\w+)", rule)
    told = dict.fromkeys([*(key for key in _DECIDING if key in given), *named])
    found = ", ".join(f"{key} {show(given[key])}" if key in given else f"no {key}" for key in told)
    inner = next((key for key in named if key in given), None)
    return source.error(where if inner is None else (*where, inner), found, rule)


def _locate(data: Any, problem: Any) -> Path_:
    """Return the part of pydantic's location that is in the data (it adds the names of union members)."""
    path: list[str | int] = []
    for part in problem["loc"]:
        listed = isinstance(data, (list, tuple)) and isinstance(part, int) and part < len(data)
        if listed or (isinstance(data, dict) and part in data):
            data = data[part]
            path.append(part)
    if problem["type"] == "missing":
        path.append(problem["loc"][-1])
    return tuple(path)


def _model_at(model: type[BaseModel], location: Path_) -> type[BaseModel]:
    for part in location:
        fields = model.model_fields.items()
        annotation = next((field.annotation for name, field in fields if part in (name, field.alias)), None)
        model = _model_in(annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(_model_in, get_args(annotation)) if found is not None), None)


def _keys(model: type[BaseModel], extra: Iterable[str]) -> str:
    fields = {
        field.alias or name: field.is_required() for name, field in model.model_fields.items() if name not in extra
    }
    required = [name for name, needed in fields.items() if needed]
    needed = f" (required: {', '.join(required)})" if required else ""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
    return f"the keys of {'an' if name[0] in 'aeiou' else 'a'} {name}: {', '.join(fields)}{needed}"


def _reword(message: str) -> str:
    for pattern, replacement in _WORDING:
        message = pattern.sub(replacement, message)
    return message
