"""Read a design file in JSON, strictly: no duplicate keys, no numbers that are none, lines of the keys where found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kb.corpus.strict_yaml import Path_, Source, parse_yaml
from kb.design.problems import Spot, fail
from kb.errors import CorpusError
from kb.model.base import Text

TOO_DEEP = (
    Text(ja="入れ子が深すぎます", en="nested too deeply"),
    Text(ja="40段まで", en="at most 40 levels"),
)


def parse_json(text: str, file: Path) -> Source:
    """Read JSON without duplicate keys or numbers that are none; raises a problem that names file and line."""
    spot = Spot(file.name)

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, value in found:
            if key in seen:
                raise fail(
                    Spot(file.name, None, key),
                    Text(ja="同じキーが2回あります", en="duplicate key"),
                    Text(ja="各キー1回", en="each key once"),
                )
            seen[key] = value
        return seen

    def constant(word: str) -> Any:
        raise fail(
            spot,
            Text(ja=f"{word} は有限の数ではありません", en=f"{word} is not a finite number"),
            Text(ja="有限の数", en="finite numbers"),
        )

    try:
        data = json.loads(text, object_pairs_hook=pairs, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise fail(
            Spot(file.name, error.lineno),
            Text(
                ja=f"JSONとして読めません（{error.colno}文字目: {error.msg}）",
                en=f"not JSON (column {error.colno}: {error.msg})",
            ),
        ) from None
    except RecursionError:
        raise fail(spot, *TOO_DEEP) from None
    except ValueError as error:  # such as an integer of thousands of digits
        raise fail(spot, Text(ja=f"JSONとして読めません（{error}）", en=f"not JSON ({error})")) from None
    return Source(file.name, data, _json_lines(text))


_LINED = 300_000
"""Up to how many characters of JSON the lines of the keys are found."""


def _json_lines(text: str) -> dict[Path_, int]:
    """Find the lines of the keys by reading the JSON as YAML, of which it is nearly a part; none where it is not."""
    if len(text) > _LINED:
        return {(): 1}
    try:
        return parse_yaml(text).lines
    except (CorpusError, RecursionError):
        return {(): 1}
