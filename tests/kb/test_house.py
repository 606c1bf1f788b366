"""The house: dependencies run one way, and what is heavy is imported only where and when it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("app.py", "kb", "indexer", "evals")
LEARNING = ("torch", "sentence_transformers", "transformers", "langchain")


@dataclass(frozen=True)
class Import:
    """A module imported by a file; `at_top` where importing the file imports it too."""

    file: str
    module: str
    at_top: bool

    def of(self, *packages: str) -> bool:
        """Tell whether this imports one of the packages, or a family such as langchain_core."""
        head = self.module.partition(".")[0]
        return any(head == package or head.startswith(f"{package}_") for package in packages)


def is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports_below(nodes: list[ast.stmt], at_top: bool) -> Iterator[tuple[str, bool]]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, at_top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), at_top
        elif not is_type_checking(node):
            inner = at_top and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            blocks = [value for _, value in ast.iter_fields(node) if isinstance(value, list)]
            for block in blocks:
                held = [one for one in block if isinstance(one, (ast.stmt, ast.excepthandler, ast.match_case))]
                yield from imports_below(held, inner)


@cache
def all_imports() -> tuple[Import, ...]:
    files = [
        file for name in SOURCES for file in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    ]
    return tuple(
        Import(file.relative_to(ROOT).as_posix(), module, at_top)
        for file in sorted(files)
        for module, at_top in imports_below(ast.parse(file.read_text(encoding="utf-8")).body, True)
    )


def files_importing(*packages: str, at_top: bool | None = None) -> set[str]:
    return {one.file for one in all_imports() if one.of(*packages) and at_top in (None, one.at_top)}


def test_the_sources_are_read():
    assert {"app.py", "kb/base.py", "indexer/index.py"} <= {one.file for one in all_imports()}
    assert not any(one.module.startswith(".") for one in all_imports())


def test_faiss_is_imported_by_one_module_of_the_indexer():
    assert len(files_importing("faiss")) == 1
    assert all(file.startswith("indexer/") for file in files_importing("faiss"))


def test_streamlit_is_imported_by_the_page_alone():
    found = files_importing("streamlit")
    assert "app.py" in found
    load_test = "evals/bench_page.py"  # speaks to the running page as a browser does
    assert {file for file in found if file not in ("app.py", load_test) and not file.startswith("kb/ui/")} == set()


@pytest.mark.parametrize("package", LEARNING)
def test_a_learning_framework_is_imported_only_when_it_is_used(package: str):
    seam = "kb/langchain/" if package == "langchain" else "nowhere"
    assert {file for file in files_importing(package, at_top=True) if not file.startswith(seam)} == set()


def test_the_langchain_seam_is_imported_by_nothing_but_itself():
    users = {one.file for one in all_imports() if one.module.startswith("kb.langchain")}
    assert {file for file in users if not file.startswith("kb/langchain/")} == set()


def test_the_archived_langchain_community_is_not_used():
    assert files_importing("langchain_community") == set()


def test_the_indexer_knows_nothing_of_the_guidelines():
    assert {file for file in files_importing("kb", "evals", "app", "tests") if file.startswith("indexer/")} == set()


def test_the_meaning_knows_nothing_of_evals_and_tests():
    assert {file for file in files_importing("evals", "app", "tests", at_top=True) if file.startswith("kb/")} == set()


def test_the_page_is_imported_by_nothing_but_the_page():
    outside = {one.file for one in all_imports() if one.module.startswith("kb.ui")}
    assert {file for file in outside if file not in ("app.py",) and not file.startswith("kb/ui/")} == set()


def test_nothing_is_pickled():
    assert files_importing("pickle", "dill", "joblib", "marshal", "shelve") == set()


def test_every_guideline_is_a_folder_of_data():
    inside = [path for path in (ROOT / "corpus").rglob("*") if path.is_file()]
    assert {path.suffix for path in inside} == {".yaml"}
    names = [path.name for path in (ROOT / "corpus").iterdir() if path.is_dir()]
    sources = {
        file: file.read_text(encoding="utf-8") for name in ("kb", "indexer") for file in (ROOT / name).rglob("*.py")
    }
    assert {
        file.relative_to(ROOT).as_posix()
        for file, text in sources.items()
        if any(f'"{name}"' in text for name in names)
    } == set()
