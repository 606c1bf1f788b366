"""`kb documents`, `kb clauses` and `kb schema`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kb.cli.ask import AsJson, check_guidelines
from kb.cli.open import open_kb
from kb.cli.output import print_json
from kb.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="documents", help="指針の一覧 / List the guidelines.")
    def documents(as_json: AsJson = False) -> None:
        kb = open_kb()
        rows = []
        for document in kb.corpus.documents:
            clauses = sum(1 for c in kb.corpus.clauses if c.document == document.id)
            row = {
                "document": document.id,
                "clauses": clauses,
                **document.model_dump(mode="json", exclude={"id", "aliases"}),
            }
            rows.append(row)
        if as_json:
            print_json(rows)
            return
        for document in kb.corpus.documents:
            print(f"{document.id}  {document.title.ja}（{document.issuer.ja}）\n    {document.legal_force.ja}")

    @app.command(name="clauses", help="条項の一覧 / List the clauses.")
    def clauses(
        document: Annotated[str | None, typer.Argument(help="指針のID / guideline id")] = None,
        as_json: AsJson = False,
    ) -> None:
        kb = open_kb()
        if document is not None:
            check_guidelines(kb, [document], "DOCUMENT")
        chosen = [c for c in kb.corpus.clauses if document in (None, c.document)]
        if as_json:
            print_json([_row(c) for c in chosen])
            return
        for clause in chosen:
            text = clause.text.ja if clause.text else (clause.title.ja if clause.title else "")
            print(f"{kb.corpus.label(clause, 'ja')}  [{clause.kind}]\n    {text}")

    @app.command(name="coverage", help="要件でのカバー状況 / Which clauses the requirements cover.")
    def coverage(as_json: AsJson = False) -> None:
        from kb.coverage import measure_coverage

        rows = measure_coverage(open_kb().corpus)
        if as_json:
            print_json(rows)
            return
        for row in rows:
            print(f"{row.document}: {row.rows} rows, {row.share_covered:.0%} covered")
            print(
                f"    by a requirement {row.with_requirement}, by a node of one {row.with_node}, by a reason {row.with_reason}"
            )
            print(f"    requirements by strength: {row.requirements_by_strength}")
            print(f"    set aside (surveyor_duty, scope): {row.share_set_aside:.1%}")
            for one in row.without:
                by = f" by {', '.join(one.by)}" if one.by else ""
                print(f"      {one.locator}: {one.reason or 'NO REASON'}{by}")
        total, aside = sum(r.rows for r in rows), sum(r.rows * r.share_set_aside for r in rows)
        open_rows = sum(len(r.unexplained) for r in rows)
        print(f"all: {total} rows, {1 - open_rows / total:.1%} covered, set aside {aside / total:.1%}")

    @app.command(name="schema", help="JSON Schema を出力 / Print a JSON Schema.")
    def schema(name: Annotated[str | None, typer.Argument(help="名前 / name")] = None) -> None:
        schemas = _schemas()
        if name is None:
            print_json(sorted([*schemas, "design"]))
        elif name == "design":
            from kb.design.schema import design_schema

            print_json(design_schema(open_kb().corpus))
        elif name in schemas:
            print_json(schemas[name].model_json_schema())
        else:
            raise UsageError(f"schema {name!r}: one of {', '.join(sorted([*schemas, 'design']))}")


def _row(clause: Any) -> dict[str, Any]:
    text = clause.text or clause.title
    return {
        "document": clause.document,
        "locator": clause.locator,
        "kind": clause.kind,
        "strength": clause.strength,
        "title": clause.title.model_dump() if clause.title else None,
        "text": text.model_dump() if text else None,
        "basis": list(clause.basis),
        "note": clause.note.model_dump() if clause.note else None,
        "quote": clause.quote,
    }


def _schemas() -> dict[str, Any]:
    from kb.area.survey import AreaSurvey
    from kb.ingest.editions import EditionChanges
    from kb.ingest.model import Ingested
    from kb.ingest.verify import VerifyReport
    from kb.model.answer import Answer, SearchHit
    from kb.model.area import AreaResult
    from kb.model.check import Check
    from kb.model.corpus import Clause, Definition, Document, Table
    from kb.model.judgement import Judgement
    from kb.model.progress import Progress, StudyExport
    from kb.model.sightline import SightlineResult
    from kb.model.study import Item
    from kb.model.vocabulary import Fact
    from kb.sightline.survey import SightlineSurvey

    return {
        "answer": Answer,
        "area": AreaSurvey,
        "area-result": AreaResult,
        "judgement": Judgement,
        "sightline": SightlineSurvey,
        "sightline-result": SightlineResult,
        "search_hit": SearchHit,
        "check": Check,
        "clause": Clause,
        "document": Document,
        "table": Table,
        "definition": Definition,
        "fact": Fact,
        "study-item": Item,
        "study-progress": Progress,
        "study-export": StudyExport,
        "ingest": Ingested,
        "editions": EditionChanges,
        "verify": VerifyReport,
    }
