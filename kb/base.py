"""The knowledge base: corpus, index and everything that answers from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from indexer.errors import IndexProblem
from indexer.index import SearchIndex, Settings, build_index, load_index
from indexer.passages import hash_bytes
from indexer.ranking import Ranking
from indexer.search import Searcher
from indexer.train_static import StaticTraining
from indexer.vectors import Embedder, load_static
from kb.compiled import BANK, COMPILED, compile_corpus, read_compiled
from kb.corpus import corpus_hash
from kb.corpus.strict_yaml import read_yaml
from kb.embedding import (
    calibration_folder,
    choose_share,
    find_entry,
    name_index,
    open_embedder,
    open_reranker,
    read_calibration,
    show_passage,
)
from kb.errors import CorpusError
from kb.model.answer import Answer, SearchHit
from kb.model.base import Frozen
from kb.model.contrast import Contrasts
from kb.model.judgement import Judgement
from kb.model.knowledge import Corpus
from kb.model.language import LanguageCues
from kb.passages import list_passages
from kb.settings import corpus_folder, data_folder, embedder_name, model_folder
from kb.text import language_of

if TYPE_CHECKING:
    from kb.area.survey import AreaSurvey
    from kb.ask.engine import AskEngine
    from kb.ask.lexicon import Lexicon
    from kb.ask.rank import Ranked
    from kb.ask.select import Kind
    from kb.design.build import Design
    from kb.judge.bank import Bank
    from kb.judge.engine import JudgeEngine
    from kb.judge.features import Standing
    from kb.model.area import AreaResult
    from kb.model.base import Language
    from kb.model.check import Check
    from kb.model.sightline import SightlineResult
    from kb.sightline.survey import SightlineSurvey

M = TypeVar("M", bound=Frozen)
Progress = Callable[[str, int, int], None]


class KnowledgeBase:
    """All guidelines, indexed and ready to answer.

    Open one with `KnowledgeBase.open()`; it may be shared between threads.
    """

    def __init__(
        self,
        corpus: Corpus,
        cues: LanguageCues,
        index: SearchIndex,
        searcher: Searcher | None = None,
        refusal: dict[str, float] | None = None,
    ) -> None:
        self.corpus = corpus
        self.cues = cues
        self.index = index
        self.searcher = searcher or Searcher(index)
        self._refusal = refusal

    @classmethod
    def open(
        cls, corpus: Path | None = None, home: Path | None = None, progress: Progress | None = None
    ) -> KnowledgeBase:
        """Open the knowledge base; builds the index first where there is none, or none that fits.

        Raises `CorpusError` where a corpus file is wrong, `ModelUnavailable` where a published model that the environment
        names is not to be had.
        """
        source, folder = corpus or corpus_folder(), index_folder(home)
        version = index_version(source, home)
        embedder, reranker = open_embedder(progress), open_reranker(progress)
        fingerprint = None if embedder is None else embedder.fingerprint
        try:
            index = load_index(folder, corpus=version, fingerprint=fingerprint)
        except IndexProblem:
            build(source, home, progress=progress)
            index = load_index(folder, corpus=version, fingerprint=fingerprint)
        compiled = json.loads(index.payload["cues.json"])
        calibration = read_calibration(calibration_folder(folder))
        return cls(
            Corpus.model_validate_json(index.payload["corpus.json"]),
            LanguageCues.model_validate(compiled),
            index,
            Searcher(index, embedder, reranker, show_passage),
            None if calibration is None else calibration.refusal,
        )

    @cached_property
    def _engine(self) -> AskEngine:
        from kb.ask.engine import AskEngine
        from kb.ask.phrases import PhraseBank
        from kb.ask.readings import ReadingBook

        expressions, questions = (
            PhraseBank.load(self.index.payload[f"{name}.npz"]) for name in ("expressions", "questions")
        )
        readings = ReadingBook(json.loads(self.index.payload["readings.json"]))
        return AskEngine(
            self.corpus, self.cues, self._lexicon, readings, expressions, questions, self.searcher, self._refusal
        )

    @cached_property
    def _lexicon(self) -> Lexicon:
        from kb.ask.lexicon import Lexicon

        return Lexicon(json.loads(self.index.payload["lexicon.json"]))

    @cached_property
    def _judge(self) -> JudgeEngine:
        from kb.judge.engine import JudgeEngine

        contrasts = Contrasts.model_validate_json(self.index.payload["contrasts.json"])
        return JudgeEngine(self.corpus, contrasts, self._lexicon, self._engine, self.searcher)

    def ask(
        self,
        question: str,
        guidelines: Iterable[str] = (),
        facts: dict[str, str | bool] | None = None,
        previous: str | None = None,
    ) -> Answer:
        """Answer a question; `facts` are conditions that the asker chose, `previous` the question before this one."""
        return self._engine.ask(question, tuple(guidelines), facts or {}, previous)

    def check(
        self,
        design: Design | Path | str,
        guidelines: Iterable[str] = (),
        language: Language = "ja",
        compare: Design | Path | str | None = None,
    ) -> Check:
        """Check a design, or a design file, against guidelines (else those that it names, else those for its building).

        `compare` is an earlier version of it: `comparison` then says what got better and what worse. Raises
        `DesignFileError` with every problem of the file, `UsageError` for a guideline that there is not.
        """
        from kb.design.check import check_design
        from kb.design.compare import compare_checks
        from kb.design.read import read_design

        def read(one: Design | Path | str) -> Design:
            return read_design(Path(one), self.corpus) if isinstance(one, (str, Path)) else one

        now, before = read(design), None if compare is None else read(compare)
        chosen = tuple(guidelines)
        result = check_design(self.corpus, now, chosen, language, corpus_hash=self.corpus_hash)
        if before is None:
            return result
        same = tuple(one.document for one in result.guidelines)
        earlier = check_design(self.corpus, before, same, language, corpus_hash=self.corpus_hash)
        return result.model_copy(update={"comparison": compare_checks(earlier, result)})

    @property
    def corpus_hash(self) -> str:
        """SHA-256 of the corpus files that this knowledge base was built from, hex."""
        return self.index.manifest.corpus.split("-")[1]

    def judge(self, statement: str, guidelines: Iterable[str] = ()) -> Judgement:
        """Judge a statement in exam style, or a four-choice item, against the guidelines (those named, or given)."""
        return self._judge.judge(statement, tuple(guidelines))

    def measure_standings(self, statement: str, without: Iterable[int] = ()) -> dict[str, Standing]:
        """Return how a statement stands in each guideline; `without` leaves sayings of the bank out, by row."""
        case = self._judge.examine(statement, (), frozenset(without))
        return self._judge.decider.stand(case)

    def list_cues(self, text: str, clause: str, language: str, without: Iterable[int] = ()) -> frozenset[str]:
        """Return the words of a text that tell by themselves beside a clause (for calibration)."""
        return self._judge.list_cues(text, self.corpus.by_id[clause], language, frozenset(without))

    @property
    def bank(self) -> Bank:
        """Everything that is said of the clauses, rightly and wrongly."""
        return self._judge.bank

    def measure_coverage(self, question: str, previous: str | None = None) -> dict[str, float] | None:
        """Return the features on which the refusal of a question rests; None where nothing at all is found."""
        return self._engine.measure(question, previous)

    def measure_selection(self, query: str) -> tuple[Kind, list[tuple[str, dict[str, float]]]] | None:
        """Return what carries the answer and the candidates beside its best clause with their features."""
        return self._engine.measure_selection(query)

    def rank(self, query: str) -> list[Ranked]:
        """Return all candidate clauses of a query with the features that ranked them (for calibration)."""
        return self._engine.search(query, 60)

    def search(self, query: str, k: int = 10) -> list[SearchHit]:
        """Find the clauses nearest to a query: hybrid retrieval, then agreement of places, topics and conditions."""
        language = language_of(query)
        found = []
        for hit in self._engine.search(query, k):
            clause = hit.clause
            text = "" if clause.text is None else clause.text.get(language)
            label = self.corpus.label(clause, language)
            found.append(
                SearchHit(
                    document=clause.document, locator=clause.locator, label=label, text=text, score=round(hit.score, 4)
                )
            )
        return found

    def classify_area(self, survey: Path | AreaSurvey, language: Language = "ja") -> AreaResult:
        """Classify the area of a surveyed property; `survey` is a file (YAML, JSON) or its model.

        Raises `InputError` with every problem of a file.
        """
        from kb.area.classify import classify_area, find_procedure
        from kb.area.survey import read_survey

        if isinstance(survey, Path):
            survey = read_survey(survey, find_procedure(self.corpus)[1], language)
        return classify_area(self.corpus, survey, language)

    def check_sightline(self, survey: Path | SightlineSurvey, language: Language = "ja") -> SightlineResult:
        """Verify a sightline; `survey` is a file (YAML, JSON) or its model. Raises `InputError` as `classify_area` does."""
        from kb.sightline.check import check_sightline, find_procedure
        from kb.sightline.survey import read_sightline

        if isinstance(survey, Path):
            survey = read_sightline(survey, find_procedure(self.corpus)[1], language)
        return check_sightline(self.corpus, survey, language)


def index_folder(home: Path | None = None) -> Path:
    """Return the folder of the index; every published model has one of its own."""
    return (home or data_folder()) / name_index(embedder_name())


def index_version(source: Path, home: Path | None = None) -> str:
    """Return the opaque string that names what an index was built from: corpus, model, and the model's part in search."""
    name, model = embedder_name(), model_folder()
    if name is not None:
        record = repr(find_entry(name)).encode()
    else:
        record = b"" if model is None else (model / "training.json").read_bytes()
    share = _settings(home).ranking.dense_share
    return f"{COMPILED}-{corpus_hash(source)}-{hash_bytes(record)[:16]}-{share:g}{_documents_version(home)}"


def _documents_version(home: Path | None) -> str:
    """Name the user's documents; empty where there is none, so that nothing of them is loaded."""
    if not (home or data_folder()).joinpath("documents").is_dir():
        return ""
    from kb.ingest.shelf import shelf_hash

    held = shelf_hash(home)
    return f"-{held}" if held else ""


def _merged(corpus: Corpus, home: Path | None) -> Corpus:
    """Return the corpus with the user's documents."""
    if not _documents_version(home):
        return corpus
    from kb.ingest.merge import merge_documents
    from kb.ingest.shelf import list_kept

    return merge_documents(corpus, list_kept(home))


def choose_model(progress: Progress | None = None) -> Embedder | StaticTraining:
    """Return the model that `KB_EMBEDDER` names, else the shipped one, else the recipe to train one on the passages."""
    named, model = open_embedder(progress), model_folder()
    if named is not None:
        return named
    return StaticTraining() if model is None else load_static(model)


def _settings(home: Path | None) -> Settings:
    share = choose_share(embedder_name(), read_calibration(calibration_folder(index_folder(home))))
    return Settings() if share is None else Settings(ranking=Ranking(dense_share=share))


def build(
    source: Path | None = None, home: Path | None = None, force: bool = False, progress: Progress | None = None
) -> str:
    """Build the index of a corpus, or keep the one that is up to date; returns its version."""
    directory = source or corpus_folder()
    folder, version = index_folder(home), index_version(directory, home)
    compiled = compile_corpus(directory) if force else read_compiled(directory, home)
    corpus = _merged(compiled.corpus, home)
    cues, model = read_cues(directory), choose_model(progress)
    payload = {
        "corpus.json": corpus.model_dump_json(by_alias=True, exclude_defaults=True).encode(),
        "cues.json": cues.model_dump_json().encode(),
        "contrasts.json": read_contrasts(directory).model_dump_json().encode(),
        "lexicon.json": json.dumps(compiled.lexicon_with(corpus), ensure_ascii=False).encode(),
        "readings.json": compiled.list_readings(),
        "expressions.npz": compiled.expressions_for(version, cues, model),
        "questions.npz": compiled.questions_for(cues),
        BANK: compiled.sayings_for(version, corpus, model),
    }
    folder.mkdir(parents=True, exist_ok=True)
    build_index(
        folder,
        list_passages(corpus),
        corpus=version,
        model=model,
        payload=payload,
        settings=_settings(home),
        force=force,
        progress=progress,
    )
    return version


def read_cues(directory: Path) -> LanguageCues:
    """Read `language.yaml`."""
    return _read_shared(LanguageCues, directory / "language.yaml")


def read_contrasts(directory: Path) -> Contrasts:
    """Read `contrasts.yaml`; a corpus without one has no contrasts."""
    file = directory / "contrasts.yaml"
    return _read_shared(Contrasts, file) if file.is_file() else Contrasts()


def _read_shared(model: type[M], file: Path) -> M:
    from kb.corpus.validate import build as build_model

    source = read_yaml(file)
    errors: list[CorpusError] = []
    built = build_model(model, source, (), source.data, errors)
    if built is None:
        raise errors[0]
    return built
