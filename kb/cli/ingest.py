"""`kb ingest`, `kb review` and `kb verify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kb.cli.ask import AsJson
from kb.cli.output import complain, print_json
from kb.errors import UsageError

if TYPE_CHECKING:
    from kb.ingest.shelf import Kept


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""

    @app.command(name="ingest", help="自分の指針を取り込む / Add guidelines of your own.")
    def ingest(
        files: Annotated[list[Path] | None, typer.Argument(help="ファイル（複数可） / files")] = None,
        ids: Annotated[
            list[str] | None, typer.Option("--id", help="文書ID。ファイルごとに1つ / document id, one per file")
        ] = None,
        title: Annotated[str | None, typer.Option("--title", help="題名 / title")] = None,
        issuer: Annotated[str | None, typer.Option("--issuer", help="発行者 / issuer")] = None,
        separate: Annotated[
            bool,
            typer.Option("--separate", help="原本と認めず別の文書として取り込む / never attach to a held guideline"),
        ] = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="読むだけで保存しない / read only, keep nothing")
        ] = False,
        listed: Annotated[bool, typer.Option("--list", help="取り込んだ文書の一覧 / list what was added")] = False,
        remove: Annotated[list[str] | None, typer.Option("--remove", help="文書を削除する / remove a document")] = None,
        changes: Annotated[
            str | None, typer.Option("--changes", help="版の違いを見る / what a new edition changed")
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        asked = [bool(files), listed, bool(remove), changes is not None]
        if sum(asked) != 1:
            raise UsageError(
                "FILE…、--list、--remove、--changes のどれか1つ / give FILE…, --list, --remove or --changes"
            )
        if listed:
            _list(as_json)
        elif remove:
            _remove(remove)
        elif changes is not None:
            _changes(changes, as_json)
        else:
            _add(files or [], ids or [], title, issuer, separate, not dry_run, as_json)

    @app.command(name="review", help="取り込んだ数値を確認する / Review the figures of a document of your own.")
    def review(
        document: Annotated[str, typer.Argument(help="文書ID / document id")],
        accept: Annotated[list[str] | None, typer.Option("--accept", help="確認済みにする / accept a figure")] = None,
        drop: Annotated[list[str] | None, typer.Option("--drop", help="捨てる / drop a figure")] = None,
        correct: Annotated[
            list[str] | None,
            typer.Option("--correct", help="訂正 ID:key=value,… / correct, such as 1a2b:value=30,place=corridor"),
        ] = None,
        reset: Annotated[list[str] | None, typer.Option("--reset", help="未確認に戻す / take a decision back")] = None,
        accept_all: Annotated[
            bool, typer.Option("--accept-all", help="残りをすべて確認済みに / accept the rest")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        _review(document, accept or [], drop or [], correct or [], reset or [], accept_all, as_json)

    @app.command(name="verify", help="原本と数値を照合する / Compare our figures with attached originals.")
    def verify(
        document: Annotated[str | None, typer.Argument(help="指針のID / guideline id")] = None, as_json: AsJson = False
    ) -> None:
        _verify(document, as_json)


def _add(
    files: list[Path], ids: list[str], title: str | None, issuer: str | None, separate: bool, store: bool, as_json: bool
) -> None:
    from kb.ingest.service import Ingestor

    if len(files) > 1 and title:
        raise UsageError("--title はファイルが1つのときに使えます / --title goes with one file")
    made = Ingestor().add(files, ids, title, issuer, separate, store)
    if as_json:
        results = [_json(kept) for kept in made]
        print_json(results[0] if len(results) == 1 else results)
    for kept in made:
        _report(kept, store, as_json)
    if store:
        from kb.cli.open import open_kb

        open_kb()


def _json(kept: Kept) -> dict[str, Any]:
    data = kept.ingested.model_dump(mode="json")
    return {**data, "document": kept.ingested.document.model_dump(mode="json")}


def _report(kept: Kept, store: bool, quiet: bool) -> None:
    ingested = kept.ingested
    document = ingested.document
    where = f" → {document.attached_to}" if document.attached_to else ""
    complain(
        f"{document.id}{where}: {document.title}  条項 {len(ingested.clauses)} clauses・"
        f"数値 {len(ingested.figures)} figures・残った行 {len(ingested.left_out)} lines left out"
        + ("" if store else "（保存していません / not kept）")
    )
    for warning in ingested.warnings:
        complain(f"  ! {warning.ja} / {warning.en}")
    if quiet:
        return
    for clause in ingested.clauses:
        print(f"{clause.locator}  [{clause.kind}{'/' + clause.strength if clause.strength else ''}]  {clause.text}")
    for figure in ingested.figures:
        print(show_figure(figure))


def show_figure(figure: Any) -> str:
    """Write a figure on one line, with its id and state."""
    upper = "" if figure.value_max is None else f"–{figure.value_max}"
    operator = "" if figure.operator == "range" else f"{figure.operator} "
    return (
        f"  [{figure.id}] {figure.locator}: {figure.place or '—'} {figure.property} "
        f"{operator}{figure.value}{upper} {figure.unit} ({figure.strength or '—'}; {figure.state})"
    )


def _list(as_json: bool) -> None:
    from kb.ingest.shelf import list_kept

    rows = [
        {
            **kept.ingested.document.model_dump(mode="json"),
            "clauses": len(kept.ingested.clauses),
            "figures": len(kept.ingested.figures),
            "unreviewed": sum(f.state == "unreviewed" for f in kept.ingested.figures),
        }
        for kept in list_kept()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        where = f" → {row['attached_to']}" if row["attached_to"] else ""
        print(f"{row['id']}{where}  {row['title']}  第{row['edition']}版  {row['clauses']}条項  {row['figures']}数値")


def _remove(documents: list[str]) -> None:
    from kb.cli.open import open_kb
    from kb.ingest.service import Ingestor

    ingestor = Ingestor()
    for document in documents:
        ingestor.remove(document)
        complain(f"{document}: 削除しました / removed")
    open_kb()


def _changes(document: str, as_json: bool) -> None:
    from kb.ingest.editions import compare_editions
    from kb.ingest.shelf import read_kept

    kept = read_kept(document)
    if kept is None:
        raise UsageError(f"取り込んだ文書 {document!r} はありません / no ingested document {document!r}")
    changes = compare_editions(kept)
    if as_json:
        print_json(changes)
        return
    for change in changes.clauses:
        print(f"{change.change}  {change.before or '—'} → {change.after or '—'}\n    {change.text}")
    for figure in changes.figures:
        print(f"{figure.change}  {figure.locator}  {figure.before or '—'} → {figure.after or '—'}")


def _review(
    document: str,
    accept: list[str],
    drop: list[str],
    correct: list[str],
    reset: list[str],
    accept_all: bool,
    as_json: bool,
) -> None:
    from kb.ingest.review import Decision, parse_correction
    from kb.ingest.service import Ingestor
    from kb.ingest.shelf import read_kept

    kept = read_kept(document)
    if kept is None:
        raise UsageError(f"取り込んだ文書 {document!r} はありません / no ingested document {document!r}")
    decisions = [Decision(figure=f, verdict="accepted") for f in accept]
    decisions += [Decision(figure=f, verdict="dropped") for f in drop]
    decisions += [Decision(figure=f, verdict="unreviewed") for f in reset]
    decisions += [parse_correction(text) for text in correct]
    ingestor = Ingestor()
    corpus = ingestor.corpus
    if accept_all:
        named = {d.figure for d in decisions}
        usable = {name for name, fact in corpus.vocabulary.facts.items() if fact.unit is not None}
        decisions += [
            Decision(figure=f.id, verdict="accepted")
            for f in kept.ingested.figures
            if f.state == "unreviewed" and f.id not in named and f.property in usable
        ]
    if decisions:
        kept = ingestor.review(document, decisions)
        from kb.cli.open import open_kb

        open_kb()
    if as_json:
        print_json(kept.ingested.figures)
        return
    for figure in kept.ingested.figures:
        print(show_figure(figure))


def _verify(document: str | None, as_json: bool) -> None:
    from kb.ingest.service import Ingestor
    from kb.ingest.shelf import list_kept
    from kb.ingest.verify import verify_original

    attached = [k for k in list_kept() if k.ingested.document.attached_to in ((document,) if document else _any(k))]
    if not attached:
        raise UsageError(
            "原本が取り込まれていません。先に kb ingest で取り込んでください"
            " / no original has been added; add one with kb ingest first"
        )
    corpus = Ingestor().corpus
    reports = [verify_original(kept, corpus) for kept in attached]
    if as_json:
        print_json(reports)
        return
    for report in reports:
        print(
            f"{report.document}: {report.agreed} agree, {len(report.differences)} differ, {report.unexplained} unexplained"
        )
        for one in report.differences:
            print(
                f"  {one.kind}  {one.locator}  {one.figure}  {'explained: ' + one.note if one.note else 'NOT EXPLAINED'}"
            )


def _any(kept: Kept) -> tuple[str, ...]:
    attached = kept.ingested.document.attached_to
    return () if attached is None else (attached,)
