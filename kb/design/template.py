"""Write the template of a design to a file."""

from __future__ import annotations

from pathlib import Path

from kb.atomic import write_atomically
from kb.design.layout import lay_out
from kb.errors import UsageError
from kb.model.base import Language
from kb.model.knowledge import Corpus


def write_template(
    corpus: Corpus,
    out: Path,
    guidelines: tuple[str, ...] = (),
    building: str | None = None,
    language: Language = "ja",
    force: bool = False,
) -> None:
    """Write the template for some guidelines (or all that fit the building) as XLSX or YAML, by the file's name.

    Raises `UsageError` for another type of file, and where the file exists already (unless `force`).
    """
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(f"{out}: not a file in a folder that exists")
    if out.exists() and not force:
        raise UsageError(f"{out}: exists already; --force writes over it")
    write_atomically(out, template_bytes(corpus, out.suffix.lower(), guidelines, building, language))


def template_bytes(
    corpus: Corpus, suffix: str, guidelines: tuple[str, ...], building: str | None, language: Language
) -> bytes:
    """Return the template as the bytes of a file with this suffix."""
    fitting = tuple(
        document.id
        for document in corpus.documents
        if building is None or not document.buildings or building in document.buildings
    )
    layout = lay_out(corpus, guidelines or fitting, building, language)
    if suffix == ".xlsx":
        from kb.design.write_xlsx import write_xlsx_template

        return write_xlsx_template(layout, building, guidelines)
    if suffix in (".yaml", ".yml"):
        from kb.design.write_yaml import write_yaml_template

        return write_yaml_template(layout, building, guidelines).encode("utf-8")
    raise UsageError(f"{suffix or 'a file without extension'}: .xlsx or .yaml")
