"""YAML without surprises: no aliases, no duplicate keys, no implicit types but true, false, null and numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from kb.errors import CorpusError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"-?(0|[1-9]\d*)$")
_FLOAT = re.compile(r"-?(0|[1-9]\d*)\.\d+$")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)$", re.IGNORECASE)

Path_ = tuple[str | int, ...]


class Source:
    """The parsed data of one YAML file, and the line of every key and item."""

    def __init__(self, file: Path | str, data: Any, lines: dict[Path_, int]) -> None:
        self.file = file
        self.data = data
        self._lines = lines

    def line(self, path: Sequence[str | int]) -> int | None:
        """Return the line (from 1) of the nearest enclosing key or item of a path."""
        for length in range(len(path), -1, -1):
            line = self._lines.get(tuple(path[:length]))
            if line is not None:
                return line
        return None

    def error(self, path: Sequence[str | int], found: str, allowed: str) -> CorpusError:
        """Make an error that points at a path of this file."""
        return CorpusError(self.file, self.line(path), ".".join(str(p) for p in path), found, allowed)


def read_yaml(file: Path) -> Source:
    """Read a YAML file strictly; raises `CorpusError` with file and line."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(file, None, "", f"not UTF-8 at byte {error.start}", "a UTF-8 text file") from None
    except OSError as error:
        raise CorpusError(file, None, "", f"cannot be read ({error.strerror})", "a readable file") from None
    return parse_yaml(text, file)


def parse_yaml(text: str, file: Path | str = "<text>") -> Source:
    """Parse YAML text strictly; raises `CorpusError` with line and key."""
    try:
        for event in yaml.parse(text, Loader=_Loader):
            anchor = getattr(event, "anchor", None)
            if anchor is not None:
                raise CorpusError(
                    file, (event.start_mark.line + 1 if event.start_mark else None), "", f"anchor or alias {anchor!r}", "no anchors or aliases"
                )
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise CorpusError(file, line, "", f"not YAML: {error.problem or error.context}", "well-formed YAML") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise CorpusError(file, None, "", f"not YAML: {str(error).splitlines()[0]}", "well-formed YAML") from None
    if root is None:
        raise CorpusError(file, None, "", "empty file", "at least one entry")
    lines: dict[Path_, int] = {(): 1}
    return Source(file, _build(root, (), lines, file), lines)


def _build(node: Any, path: Path_, lines: dict[Path_, int], file: Path | str) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise CorpusError(file, line, ".".join(map(str, path)), "a key that is not a word", "words as keys")
            key = str(key_node.value)
            if key in result:
                raise CorpusError(
                    file, line, ".".join(map(str, (*path, key))), f"duplicate key {key!r}", "each key once"
                )
            lines[(*path, key)] = line
            result[key] = _build(value_node, (*path, key), lines, file)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*path, index), lines, file) for index, child in enumerate(node.value)]
    return _scalar(node, path, file)


def _scalar(node: Any, path: Path_, file: Path | str) -> Any:
    text = str(node.value)
    if node.style in ("'", '"', "|", ">"):
        return text
    if text in ("", "null", "~"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        number = float(text)
        if math.isfinite(number):
            return number
    if _NOT_FINITE.match(text):
        line = node.start_mark.line + 1
        raise CorpusError(file, line, ".".join(map(str, path)), f"{text!r} is not a finite number", "finite numbers")
    return text
