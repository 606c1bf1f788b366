"""Read and check `procedures.yaml`, where a guideline has one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kb.corpus.references import References
from kb.corpus.strict_yaml import Path_, Source
from kb.corpus.validate import build
from kb.errors import CorpusError
from kb.model.base import Words
from kb.model.procedure import AngleProcedure, AreaProcedure, ProcedureFigure, Procedures, SightlineProcedure
from kb.quantity import UNITS
from kb.text import fold

_DIMENSIONS = {
    "survey_radius": "length",
    "special_radius": "length",
    "road_width": "length",
    "divided_share": "share",
    "mixed_share": "share",
}
"""What each figure of an area classification measures."""

_Named = tuple[str, Words]


def read_procedures(
    sources: Iterable[Source], document: str, references: References, errors: list[CorpusError]
) -> Iterator[Procedures]:
    """Read the procedures of one guideline; problems are added to `errors`."""
    for source in sources:
        procedures = build(Procedures, source, (), source.data, errors, document=document)
        if procedures is None:
            continue
        if procedures.area is not None:
            _check_area(source, document, procedures.area, references, errors)
        if procedures.sightline is not None:
            _check_sightline(source, document, procedures.sightline, references, errors)
        if procedures.angles is not None:
            _check_angles(source, document, procedures.angles, references, errors)
        yield procedures


def procedure_files(folder: Path) -> list[Path]:
    """List the files of procedures of one guideline."""
    return sorted(folder.glob("procedures*.yaml"))


def _check_angles(
    source: Source, document: str, angles: AngleProcedure, references: References, errors: list[CorpusError]
) -> None:
    references.locator(source, ("angles", "clause"), document, angles.clause)
    for index, frame in enumerate(angles.frames):
        if UNITS[frame.share.unit].dimension != "share" or not 0 < frame.share.base <= 1:
            path: Path_ = ("angles", "frames", index, "share")
            errors.append(
                source.error(path, f"found {frame.share.number} {frame.share.unit}", "a share above 0, up to 1")
            )


def _check_area(
    source: Source, document: str, area: AreaProcedure, references: References, errors: list[CorpusError]
) -> None:
    for name, locator in area.clauses:
        references.locator(source, ("area", "clauses", name), document, locator)
    for name, figure in area.figures:
        path: Path_ = ("area", "figures", name)
        _check_figure(source, path, document, figure, _DIMENSIONS[name], references, errors)
    for index, kind in enumerate(area.kinds):
        references.locator(source, ("area", "kinds", index, "clause"), document, kind.clause)
    _check_names(source, ("area", "kinds"), [(kind.id, kind.names) for kind in area.kinds], errors)


def _check_sightline(
    source: Source, document: str, sightline: SightlineProcedure, references: References, errors: list[CorpusError]
) -> None:
    for name, rules in sightline.contexts.items():
        path: Path_ = ("sightline", "contexts", name)
        for key in ("clause", "eye_clause", "supplement"):
            references.locator(source, (*path, key), document, getattr(rules, key))
        for key in ("eye_height", "eye_height_wider", "distance"):
            figure = getattr(rules, key)
            if figure is not None:
                _check_figure(source, (*path, key), document, figure, "length", references, errors)
    path = ("sightline", "forbidden_height")
    _check_figure(source, path, document, sightline.forbidden_height, "length", references, errors)
    references.locator(source, ("sightline", "attention"), document, sightline.attention)
    for index, viewpoint in enumerate(sightline.viewpoints):
        references.locator(source, ("sightline", "viewpoints", index, "clause"), document, viewpoint.clause)
        for one in viewpoint.also:
            references.locator(source, ("sightline", "viewpoints", index, "also"), document, one)
    for index, obstacle in enumerate(sightline.obstacles):
        references.locator(source, ("sightline", "obstacles", index, "clause"), document, obstacle.clause)
    contexts = [(name, rules.names) for name, rules in sightline.contexts.items()]
    _check_names(source, ("sightline", "contexts"), [(str(name), names) for name, names in contexts], errors)
    _check_names(source, ("sightline", "viewpoints"), [(v.id, v.names) for v in sightline.viewpoints], errors)
    _check_names(source, ("sightline", "obstacles"), [(o.id, o.names) for o in sightline.obstacles], errors)


def _check_figure(
    source: Source,
    path: Path_,
    document: str,
    figure: ProcedureFigure,
    dimension: str,
    references: References,
    errors: list[CorpusError],
) -> None:
    for key in ("value", "value_max"):
        quantity = getattr(figure, key)
        if quantity is not None and UNITS[quantity.unit].dimension != dimension:
            errors.append(source.error((*path, key), f"unit {quantity.unit!r}", f"a unit of {dimension}"))
    for index, locator in enumerate(figure.clauses):
        references.locator(source, (*path, "clauses", index), document, locator)


def _check_names(source: Source, path: Path_, entries: list[_Named], errors: list[CorpusError]) -> None:
    """Refuse two entries that answer to one name (ids count as names)."""
    seen: dict[str, str] = {}
    for index, (key, names) in enumerate(entries):
        for name in dict.fromkeys(fold(one) for one in (key, *names.all)):
            if seen.get(name, key) != key or (name == fold(key) and name in seen):
                found = f"name {name!r} of {key!r} belongs to {seen[name]!r} already"
                errors.append(source.error((*path, index), found, "each name once"))
            seen.setdefault(name, key)
