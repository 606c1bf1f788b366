"""Add, replace, review and remove the user's documents."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from kb.compiled import Compiled, read_compiled
from kb.errors import UsageError
from kb.ingest.cues import ReadingCues, read_reading_cues
from kb.ingest.guideline import GuidelineReader
from kb.ingest.model import Ingested, IngestedDocument, IngestedFigure
from kb.ingest.originals import attach, recognise
from kb.ingest.readings import read_clauses
from kb.ingest.review import Decision, decide
from kb.ingest.shelf import Edition, Kept, check_id, hold_shelf, keep, list_kept, read_kept, take_away
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.settings import corpus_folder

READING = 2
"""Version of the way files are read; a file that was read in another way is read again."""

_NO_ID = re.compile(r"[^a-z0-9._-]+")


class Ingestor:
    """Reads guidelines with the words of one corpus, and keeps them in one data folder."""

    def __init__(self, source: Path | None = None, home: Path | None = None, compiled: Compiled | None = None) -> None:
        self._source = source or corpus_folder()
        self._home = home
        self._given = compiled

    @cached_property
    def _compiled(self) -> Compiled:
        return self._given or read_compiled(self._source, self._home)

    @property
    def corpus(self) -> Corpus:
        """The corpus without the user's documents."""
        return self._compiled.corpus

    @cached_property
    def cues(self) -> ReadingCues:
        """How guidelines put things."""
        return read_reading_cues(self._source)

    @cached_property
    def language(self) -> LanguageCues:
        """The cues by which questions are read."""
        from kb.base import read_cues

        return read_cues(self._source)

    @cached_property
    def reader(self) -> GuidelineReader:
        """The reader of files."""
        from kb.ask.lexicon import Lexicon

        return GuidelineReader(self.corpus, Lexicon(self._compiled.lexicon), self.language, self.cues)

    def add(
        self,
        files: Sequence[Path],
        ids: Sequence[str] = (),
        title: str | None = None,
        issuer: str | None = None,
        separate: bool = False,
        store: bool = True,
    ) -> list[Kept]:
        """Read files and keep them; where one cannot be read, none is kept.

        `ids` names them one by one; where it is empty, the file names do. `separate` keeps the original of a held
        guideline as a document of its own. With `store` false nothing is kept. Raises `InputError` and `UsageError`.
        """
        names = [check_id(name) for name in ids] or [derive_id(file) for file in files]
        if len(names) != len(files):
            raise UsageError(
                f"--id は1ファイルに1つずつ指定してください（ファイル{len(files)}、ID{len(names)}）"
                f" / give one --id per file ({len(files)} files, {len(names)} ids)"
            )
        if len(set(names)) != len(names):
            raise UsageError(f"同じIDが2つあります / an id is given twice: {', '.join(names)}")
        if not store:
            return [
                self._unchanged(file, name, separate)
                or self._make(file, name, title, issuer, separate, read_kept(name, self._home))
                for file, name in zip(files, names, strict=True)
            ]
        with hold_shelf(self._home):
            made = []
            for file, name in zip(files, names, strict=True):
                held = self._unchanged(file, name, separate, title, issuer)
                made.append(
                    (held or self._make(file, name, title, issuer, separate, read_kept(name, self._home)), held)
                )
            for kept, held in made:
                if held is None:
                    keep(kept, self._home)
        return [kept for kept, _ in made]

    def _unchanged(
        self, file: Path, name: str, separate: bool, title: str | None = None, issuer: str | None = None
    ) -> Kept | None:
        """Return what is kept under a name where the file is the same as then."""
        held = read_kept(name, self._home)
        if held is None or not file.is_file():
            return None
        document = held.ingested.document
        same = document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest() and document.rules == self._rules
        asked = (title in (None, document.title)) and (issuer in (None, document.issuer))
        return held if same and asked and not (separate and document.attached_to) else None

    @cached_property
    def _rules(self) -> str:
        """Name the words by which files are read: other words may read a file otherwise."""
        from kb.corpus import corpus_hash

        return f"{READING}-{corpus_hash(self._source)[:16]}"

    def _make(
        self, file: Path, name: str, title: str | None, issuer: str | None, separate: bool, held: Kept | None
    ) -> Kept:
        read = self.reader.read(file)
        original = None if separate else recognise(read, self.corpus)
        if original is None and name in self.corpus.documents_by_id:
            raise UsageError(
                f"ID {name!r} は収録済みの指針のIDです。この内容はその原本とは認められません。別のIDを付けてください"
                f" / --id {name!r} is a guideline that is held, and this is not its original; choose another id"
            )
        document = IngestedDocument(
            id=name,
            title=title or read.title or name,
            issuer=issuer or "",
            language=read.language,
            added=datetime.now(UTC).isoformat(timespec="seconds"),
            file=file.name,
            sha256=read.sha256,
            rules=self._rules,
        )
        if original is not None:
            return attach(read, document, original, self.corpus, self.reader, self.cues)
        figures = read.figures
        edition, previous = 1, None
        if held is not None and held.ingested.document.attached_to is None:
            before = held.ingested
            figures = carry_decisions(before.figures, figures)
            edition, previous = before.document.edition, held.previous
            if before.document.sha256 != read.sha256:
                edition += 1
                previous = Edition(
                    edition=before.document.edition,
                    added=before.document.added,
                    sha256=before.document.sha256,
                    title=before.document.title,
                    clauses=before.clauses,
                    figures=before.figures,
                )
        readings, buildings = read_clauses(read, self.reader)
        return Kept(
            ingested=Ingested(
                document=document.model_copy(update={"edition": edition}),
                clauses=read.clauses,
                figures=figures,
                warnings=read.warnings,
                left_out=read.left_out,
            ),
            readings=readings,
            buildings=buildings,
            previous=previous,
        )

    def remove(self, document: str) -> None:
        """Remove a document; raises `UsageError` where there is none."""
        with hold_shelf(self._home):
            if not take_away(document, self._home):
                held = ", ".join(kept.id for kept in list_kept(self._home)) or "—"
                raise UsageError(
                    f"取り込んだ文書 {document!r} はありません（あるもの: {held}）"
                    f" / no ingested document {document!r}; held: {held}"
                )

    def review(self, document: str, decisions: Iterable[Decision]) -> Kept:
        """Record what a person decided on figures; raises `UsageError` for an unknown document or figure."""
        with hold_shelf(self._home):
            held = read_kept(document, self._home)
            if held is None:
                raise UsageError(f"取り込んだ文書 {document!r} はありません / no ingested document {document!r}")
            figures = list(held.ingested.figures)
            for decision in decisions:
                where = next((i for i, f in enumerate(figures) if f.id == decision.figure), None)
                if where is None:
                    raise UsageError(
                        f"数値 {decision.figure!r} はありません / {document} has no figure {decision.figure!r}"
                    )
                figures[where] = decide(figures[where], decision, self.corpus)
            changed = held.model_copy(update={"ingested": held.ingested.model_copy(update={"figures": tuple(figures)})})
            keep(changed, self._home)
        return changed


def derive_id(file: Path) -> str:
    """Make an id of a file name; raises `UsageError` where nothing usable is in it."""
    name = _NO_ID.sub("-", file.stem.lower()).strip("-._")
    if not name:
        raise UsageError(f"{file.name}: --id で英数字のIDを付けてください / give it an id with --id")
    return check_id(name[:60])


def carry_decisions(before: Sequence[IngestedFigure], now: Sequence[IngestedFigure]) -> tuple[IngestedFigure, ...]:
    """Keep what a person decided on figures that read the same in a new edition."""
    decided = {f.id: f for f in before if f.state != "unreviewed"}
    return tuple(decided.get(f.id, f) for f in now)
