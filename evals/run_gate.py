"""Measure the gate on rewordings: tampered, faithful, and by injected orders. `python -m evals.run_gate`."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evals.gate_injections import inject
from evals.gate_rewordings import apply_templates, read_hand_written
from evals.gate_tampers import Tamperer
from evals.questions import load_questions
from evals.run import RESULTS
from kb.ask.lexicon import Lexicon
from kb.base import KnowledgeBase
from kb.model.answer import Answer
from kb.wording.gate import Gate, Prepared

TAMPERED, FAITHFUL, INJECTED = 500, 200, 200
SEED = 7
"""The seed that the gate was worked with; `--seed` gives other cases."""


@dataclass(frozen=True)
class Case:
    """One statement of an answer."""

    answer: Answer
    prepared: Prepared
    number: int

    @property
    def text(self) -> str:
        return self.prepared.statements[self.number - 1].text


def collect_cases(kb: KnowledgeBase, gate: Gate) -> list[Case]:
    """Return the statements of the answers to the tuning questions."""
    cases = []
    for question in load_questions("tune"):
        answer = kb.ask(question.question, previous=question.previous)
        if answer.status != "not_covered":
            prepared = gate.prepare(answer)
            cases += [Case(answer, prepared, statement.number) for statement in prepared.statements]
    return cases


def measure_tampers(
    kb: KnowledgeBase, gate: Gate, cases: Sequence[Case], count: int = TAMPERED, seed: int = SEED
) -> dict[str, Any]:
    """Tamper with statements, half of them reworded first; every kind and language as often as the statements allow."""
    choice = random.Random(seed)
    tamperer = Tamperer(kb.corpus, Lexicon.of(kb.corpus), choice)
    pool: dict[tuple[str, str], list[tuple[Case, str]]] = defaultdict(list)
    shuffled = list(cases)
    choice.shuffle(shuffled)
    for case in shuffled:
        base, language = case.text, case.answer.language
        if choice.random() < 0.5:
            reworded = apply_templates(base, language, choice)
            if reworded is not None and not gate.check(case.prepared, case.number, reworded[0]):
                base = reworded[0]
        for tamper in tamperer.tamper(base, language):
            pool[(tamper.kind, language)].append((case, tamper.text))
    chosen = _spread(pool, count)
    caught: Counter[str] = Counter()
    missed = []
    for (kind, language), (case, text) in chosen:
        if gate.check(case.prepared, case.number, text):
            caught[f"{kind} {language}"] += 1
        else:
            missed.append({"kind": kind, "language": language, "statement": case.text, "text": text})
    totals = Counter(f"{kind} {language}" for (kind, language), _ in chosen)
    return {
        "tampered": len(chosen),
        "caught": sum(caught.values()),
        "share": round(sum(caught.values()) / len(chosen), 4),
        "by_kind": {name: [caught[name], totals[name]] for name in sorted(totals)},
        "missed": missed,
    }


def _spread(pool: dict[tuple[str, str], list[Any]], count: int) -> list[tuple[tuple[str, str], Any]]:
    """Take from every pool in turn until there are enough."""
    chosen: list[tuple[tuple[str, str], Any]] = []
    row = 0
    while len(chosen) < count and any(row < len(held) for held in pool.values()):
        for key in sorted(pool):
            if row < len(pool[key]) and len(chosen) < count:
                chosen.append((key, pool[key][row]))
        row += 1
    return chosen


def measure_faithful(
    kb: KnowledgeBase, gate: Gate, cases: Sequence[Case], count: int = FAITHFUL, seed: int = SEED
) -> dict[str, Any]:
    """Pass rewordings that keep the meaning: all that were written by hand, and templates for the rest."""
    choice = random.Random(seed + 1)
    rows: list[tuple[str, str, str, list[str]]] = []
    for one in read_hand_written():
        answer = kb.ask(one.question).model_copy(update={"text": one.statement})
        problems = gate.check(gate.prepare(answer), 1, one.text)
        rows.append((one.source, one.statement, one.text, [str(p) for p in problems]))
    shuffled = list(cases)
    choice.shuffle(shuffled)
    seen: set[str] = set()
    for case in shuffled:
        if len(rows) >= count:
            break
        reworded = apply_templates(case.text, case.answer.language, choice)
        if reworded is None or case.text in seen:
            continue
        seen.add(case.text)
        problems = gate.check(case.prepared, case.number, reworded[0])
        rows.append(
            (f"template {reworded[1]} {case.answer.language}", case.text, reworded[0], [str(p) for p in problems])
        )
    totals, passed = Counter(row[0] for row in rows), Counter(row[0] for row in rows if not row[3])
    return {
        "faithful": len(rows),
        "passed": sum(passed.values()),
        "share": round(sum(passed.values()) / len(rows), 4),
        "by_source": {name: [passed[name], totals[name]] for name in sorted(totals)},
        "stopped": [{"source": s, "statement": t, "text": r, "problems": p} for s, t, r, p in rows if p],
    }


def measure_injections(gate: Gate, cases: Sequence[Case], count: int = INJECTED, seed: int = SEED) -> dict[str, Any]:
    """Let a model obey orders in clauses; count the answers in which a figure or a verdict came out changed."""
    choice = random.Random(seed + 2)
    answers = list({id(case.answer): case.answer for case in cases}.values())
    done, changed = 0, []
    while done < count:
        injection = inject(choice.choice(answers), choice)
        if injection is None:
            continue
        prepared = gate.prepare(injection.answer)
        texts = [injection.obey(statement.text) for statement in prepared.statements]
        if texts == [statement.text for statement in prepared.statements]:
            continue
        done += 1
        if not gate.check_all(prepared, texts):
            changed.append({"order": injection.order, "old": injection.old, "new": injection.new})
    return {"injected": done, "changed": len(changed), "cases": changed}


def measure(kb: KnowledgeBase, gate: Gate, cases: Sequence[Case], seed: int) -> dict[str, Any]:
    """Measure all three with one seed."""
    return {
        "seed": seed,
        "statements": len(cases),
        "tampered": measure_tampers(kb, gate, cases, seed=seed),
        "faithful": measure_faithful(kb, gate, cases, seed=seed),
        "injected": measure_injections(gate, cases, seed=seed),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and write `results/gate.json`."""
    parser = argparse.ArgumentParser(prog="python -m evals.run_gate", description=__doc__)
    parser.add_argument("--seed", type=int, nargs="*", default=[SEED, SEED + 2000], help="one run for each")
    options = parser.parse_args(arguments)
    kb = KnowledgeBase.open()
    gate = Gate(kb)
    cases = collect_cases(kb, gate)
    runs = [measure(kb, gate, cases, seed) for seed in options.seed]
    file = RESULTS / "gate.json"
    file.write_text(json.dumps({"runs": runs}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(file, file=sys.stderr)
    for run in runs:
        tampered, faithful, injected = run["tampered"], run["faithful"], run["injected"]
        print(
            f"seed {run['seed']}: caught {tampered['caught']} of {tampered['tampered']} tampered, passed"
            f" {faithful['passed']} of {faithful['faithful']} faithful, {injected['changed']} of {injected['injected']}"
            " orders carried out"
        )


if __name__ == "__main__":
    main()
