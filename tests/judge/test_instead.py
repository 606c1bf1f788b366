"""Statements that set one thing against another fall apart into two."""

from pathlib import Path

import pytest
import yaml

from kb.judge.instead import split_instead
from kb.text import language_of

CASES = yaml.safe_load((Path(__file__).parent / "instead.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["says"][:28] for case in CASES])
def test_a_statement_falls_apart_into_what_it_affirms_and_what_it_denies(case):
    sides = split_instead(case["says"], language_of(case["says"]))
    if case["kept"] is None:
        assert sides is None
    else:
        assert sides is not None
        assert (sides.kept, sides.swapped) == (case["kept"], case["swapped"])


@pytest.mark.parametrize(
    "text", ["", "ではなく", "AではなくB", "rather than", ", not ", "not x but y", "。ではなく、。"]
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_torso_is_read_without_a_traceback(text, language):
    sides = split_instead(text, language)
    assert sides is None or (sides.kept and sides.swapped)
