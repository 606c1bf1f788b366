"""Say a statement otherwise without changing what it says: templates in several registers, and rewordings written by hand."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.gate_tampers import to_kanji
from kb.corpus.strict_yaml import read_yaml
from kb.model.base import Frozen

HAND_WRITTEN = Path(__file__).parent / "wording"
Change = Callable[[re.Match[str]], str]

_CALLS: dict[str, Change] = {
    "to_kanji": lambda m: f"{to_kanji(int(m[1]))}ルクス以上",
    "metres_in_cm_ja": lambda m: f"{int(m[1]) * 100}cm",
    "metres_in_cm_en": lambda m: f"{int(m[1]) * 100} cm ",
    "join_sentence": lambda m: f"According to the {m[1]}, {m[2].lower()}",
    "introduce_sentence": lambda m: f"The {m[1]} puts it this way: {m[2]}",
}


class _Template(Frozen):
    """A regular expression and what takes its place: a replacement, or the name of a function."""

    find: str
    put: str | None = None
    call: str | None = None

    def apply(self, text: str) -> str:
        return re.sub(self.find, _CALLS[self.call] if self.call else self.put or "", text)


@cache
def _templates() -> dict[str, dict[str, tuple[_Template, ...]]]:
    data: dict[str, dict[str, list[object]]] = read_yaml(HAND_WRITTEN / "templates.yaml").data
    return {
        language: {name: tuple(_Template.model_validate(one) for one in rows) for name, rows in sets.items()}
        for language, sets in data.items()
    }


@dataclass(frozen=True)
class Rewording:
    """A statement of the answer to a question, said otherwise."""

    question: str
    statement: str
    text: str
    source: str


def apply_templates(text: str, language: str, choice: random.Random) -> tuple[str, str] | None:
    """Reword by one or two sets of templates; returns the text and the names of the sets, None where nothing changes."""
    sets = _templates()[language]
    names = sorted(choice.sample(sorted(sets), choice.choice([1, 2, 2, 3])))
    changed = text
    for name in names:
        for template in sets[name]:
            changed = template.apply(changed)
    return None if changed == text else (changed, "+".join(names))


def read_hand_written() -> list[Rewording]:
    """Read all rewordings that were written by hand (`evals/wording/*.jsonl`)."""
    return [
        Rewording(**json.loads(line), source=file.stem)
        for file in sorted(HAND_WRITTEN.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
