"""All words of the pages stand in one table, complete in both languages."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.ui.examples import AUDIENCES
from kb.ui.registry import PAGES
from kb.ui.strings import STRINGS, translate

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "app.py", *sorted((ROOT / "kb" / "ui").rglob("*.py"))]
TABLES = set((ROOT / "kb" / "ui" / "words").glob("*.py"))
WORDS_OF_INPUT = {"conversation.py"}
"""The words by which a visitor's question is recognised as a follow-up."""


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def literals(path: Path) -> Iterator[str]:
    """Yield the strings of a file that are not docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@pytest.mark.parametrize("key", STRINGS)
def test_a_string_says_the_same_in_both_languages(key: str) -> None:
    ja, en = STRINGS[key]
    assert ja.strip() and en.strip()
    assert fields(ja) == fields(en)


def test_english_strings_are_english() -> None:
    japanese = re.compile("[ぁ-ヿ㐀-鿿]")
    kept = {"other_language", "about_cannot_text"}  # the name of the other language, and the printed word 概ね
    assert [key for key, (_, en) in STRINGS.items() if japanese.search(en) and key not in kept] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_pages_have_no_words_of_their_own(path: Path) -> None:
    words = re.compile("[ぁ-ヿ㐀-鿿]{2,}")
    if path.name not in WORDS_OF_INPUT and path not in TABLES:
        assert [text for text in literals(path) if words.search(text)] == []


def test_every_string_is_used_and_every_string_used_exists() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path not in TABLES)
    named = set(re.findall(r"[\"']([a-z_0-9]+)[\"']", written))
    patterns = [re.escape(p).replace(r"\{\}", ".+") for p in re.findall(r'translate\(\s*f"([a-z_]+\{)', written)]
    starts = tuple(pattern.replace(r"\{", "") for pattern in patterns)
    texts = tuple(key for key in STRINGS if key.endswith("_text") and key.removesuffix("_text") in named)
    assert [key for key in STRINGS if key not in named and not key.startswith(starts) and key not in texts] == []
    used = set(re.findall(r'translate\(\s*"([a-z_0-9]+)"', written))
    used |= (
        {f"nav_{page.key}" for page in PAGES} | {key for keys in AUDIENCES.values() for key in keys} | set(AUDIENCES)
    )
    assert used <= set(STRINGS)


def test_an_unknown_string_is_an_error() -> None:
    with pytest.raises(KeyError):
        translate("no_such_string", "ja")
