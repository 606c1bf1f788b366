"""YAML without surprises: no aliases, no duplicate keys, no implicit types but true, false, null and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from kb.errors import CorpusError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"-?(0|[1-9]\d*)$")
_FLOAT = re.compile(r"-?(0|[1-9]\d*)\.\d+$")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|nan)$", re.IGNORECASE)
_DEEPEST = 40
_LONGEST_NUMBER = 40
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")

Path_ = tuple[str | int, ...]


class Source:
    """The parsed data of one YAML file, and the line of every key and item."""

    def __init__(self, file: Path | str, data: Any, lines: dict[Path_, int]) -> None:
        self.file = file
        self.data = data
        self.lines = lines

    def line(self, path: Sequence[str | int]) -> int | None:
        """Return the line (from 1) of the nearest enclosing key or item of a path."""
        for length in range(len(path), -1, -1):
            line = self.lines.get(tuple(path[:length]))
            if line is not None:
                return line
        return None

    def error(self, path: Sequence[str | int], found: str, allowed: str) -> CorpusError:
        """Make an error that points at a path of this file."""
        return CorpusError(self.file, self.line(path), ".".join(str(p) for p in path), found, allowed)


def read_yaml(file: Path) -> Source:
    """Read a YAML file strictly; raises `CorpusError` with file and line."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise CorpusError(file, None, "", f"cannot be read ({error.strerror})", "a readable file") from None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CorpusError(file, line, "", f"not UTF-8 at byte {error.start}", "a UTF-8 text file") from None
    return parse_yaml(text, file)


def parse_yaml(text: str, file: Path | str = "<text>") -> Source:
    """Parse YAML text strictly; raises `CorpusError` with line and key."""
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise CorpusError(file, line, "", f"control character {control[0]!r}", "text without control characters")
    try:
        return _Builder(yaml.parse(text, Loader=_Loader), file).read()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = mark.line + 1 if mark else None
        raise CorpusError(file, where, "", f"not YAML: {error.problem or error.context}", "well-formed YAML") from None
    except (yaml.YAMLError, ValueError) as error:
        raise CorpusError(file, None, "", f"not YAML: {str(error).splitlines()[0]}", "well-formed YAML") from None


class _Builder:
    """Builds data from YAML events, and notes the line of every key and item."""

    def __init__(self, events: Iterator[Any], file: Path | str) -> None:
        self._events = events
        self._file = file
        self._lines: dict[Path_, int] = {(): 1}

    def read(self) -> Source:
        event = self._next(())
        if isinstance(event, yaml.StreamEndEvent):
            raise CorpusError(self._file, None, "", "empty file", "at least one entry")
        data = self._value(self._next(()), ())
        self._next(())
        after = self._next(())
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._error(after, (), "a second document after `---`", "one document a file")
        if data is None:
            raise CorpusError(self._file, None, "", "empty file", "at least one entry")
        return Source(self._file, data, self._lines)

    def _error(self, event: Any, path: Path_, found: str, allowed: str) -> CorpusError:
        return CorpusError(self._file, _line(event), ".".join(map(str, path)), found, allowed)

    def _next(self, path: Path_) -> Any:
        event = next(self._events)
        if isinstance(event, yaml.StreamStartEvent):
            event = next(self._events)
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            raise self._error(event, path, f"anchor or alias {anchor!r}", "no anchors or aliases")
        if tag is not None:
            raise self._error(event, path, f"tag {tag!r}", "no tags")
        return event

    def _value(self, event: Any, path: Path_) -> Any:
        self._lines.setdefault(path, _line(event))
        if len(path) > _DEEPEST:
            raise self._error(event, (), "nested too deeply", f"at most {_DEEPEST} levels")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path)

    def _mapping(self, path: Path_) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := self._next(path), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(event, path, "a key that is not a word", "words as keys")
            key = str(event.value)
            inner = (*path, key)
            if key in result:
                raise self._error(event, inner, f"duplicate key {key!r}", "each key once")
            self._lines[inner] = _line(event)
            result[key] = self._value(self._next(inner), inner)
        return result

    def _sequence(self, path: Path_) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := self._next((*path, len(result))), yaml.SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _scalar(self, event: Any, path: Path_) -> Any:
        text = str(event.value)
        if not event.implicit[0]:
            return text
        if text in ("", "null", "~"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if (_INT.match(text) or _FLOAT.match(text)) and len(text) > _LONGEST_NUMBER:
            raise self._error(event, path, f"a number of {len(text)} digits", f"at most {_LONGEST_NUMBER}")
        if _INT.match(text):
            return int(text)
        if _FLOAT.match(text):
            return float(text)
        if _NOT_FINITE.match(text):
            raise self._error(event, path, f"{text!r} is not a finite number", "finite numbers")
        return text


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
