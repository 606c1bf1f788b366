"""Turn raw YAML into models, with errors that point at file, line and key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from kb.corpus.strict_yaml import Path_, Source
from kb.errors import CorpusError
from kb.model.base import Frozen

M = TypeVar("M", bound=Frozen)


def build(model: type[M], source: Source, path: Path_, data: Any, errors: list[CorpusError], **extra: Any) -> M | None:
    """Build one model from raw data; problems are added to `errors` and None is returned."""
    if not isinstance(data, dict):
        errors.append(source.error(path, f"found {_show(data)}", "a mapping of keys to values"))
        return None
    try:
        return model.model_validate({**data, **extra})
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            errors.append(_explain(source, path, problem, model))
        return None


def expect_mapping(
    source: Source, path: Path_, data: Any, allowed: Iterable[str], errors: list[CorpusError]
) -> dict[str, Any]:
    """Return data as a mapping with only the allowed keys; problems are added to `errors`."""
    names = list(allowed)
    if not isinstance(data, dict):
        errors.append(source.error(path, f"found {_show(data)}", f"a mapping with the keys {', '.join(names)}"))
        return {}
    for key in data:
        if key not in names:
            errors.append(source.error((*path, key), f"unknown key {key!r}", f"one of {', '.join(names)}"))
    return {key: value for key, value in data.items() if key in names}


def expect_list(source: Source, path: Path_, data: Any, errors: list[CorpusError]) -> list[Any]:
    """Return data as a list; anything else is added to `errors`."""
    if isinstance(data, list):
        return data
    errors.append(source.error(path, f"found {_show(data)}", "a list"))
    return []


def _show(data: Any) -> str:
    text = repr(data)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _explain(source: Source, path: Path_, problem: Any, model: type[Frozen]) -> CorpusError:
    location: Path_ = (*path, *(part for part in problem["loc"] if part not in ("function-plain",)))
    kind = problem["type"]
    if kind == "extra_forbidden":
        names = ", ".join(field.alias or name for name, field in model.model_fields.items() if name != "document")
        return source.error(
            location, f"unknown key {problem['loc'][-1]!r}", f"keys of {model.__name__.lower()}: {names}"
        )
    if kind == "missing":
        return source.error(location, f"missing key {problem['loc'][-1]!r}", "every required key")
    if kind == "value_error":
        return source.error(location, str(problem["ctx"]["error"]), "")
    return source.error(location, f"found {_show(problem['input'])}", problem["msg"].removeprefix("Input should be "))
