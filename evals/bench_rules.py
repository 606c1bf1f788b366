"""How fast are designs judged? 10,000 places against one guideline, and the same illuminance rules in ifctester.

    python -m evals.bench_rules [--places N] [--guideline ID]

Each measurement runs in a process of its own and is written to `evals/results/rules.json`: seconds, peak memory, and
seconds per rule and element. The second part judges only the rules that set an illuminance, ours by the engine, theirs
written as IDS over as many IfcSpace, with place, floor and location as attribute and properties. `ifctester` (not a
dependency of this project) is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import platform
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kb.corpus.load import read_corpus
from kb.model.knowledge import Corpus
from kb.model.requirement import Node, Requirement
from kb.quantity import Quantity
from kb.rules import DesignView, FactValue, PlaceInstance, evaluate_all
from kb.rules.samples import collect_tests, sample_values

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "evals" / "results" / "rules.json"
BUILDING = PlaceInstance("building", "building", facts={"building": (FactValue("apartment"),)})
PSET = "Pset_Security"
STATED = ("floor", "location", "camera_installed")


def main() -> None:
    """Run the measurements, each in its own process, and write the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--places", type=int, default=10_000)
    parser.add_argument("--guideline", default="kanagawa-karte")
    parser.add_argument("--part", choices=("whole", "illuminance", "ifctester"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        measure = {"whole": measure_whole, "illuminance": measure_illuminance, "ifctester": measure_ifctester}
        print(json.dumps(measure[options.part](options.places, options.guideline)))
        return
    result: dict[str, Any] = {
        "places": options.places,
        "guideline": options.guideline,
        "python": platform.python_version(),
        "processor": platform.processor() or platform.machine(),
    }
    for part in ("whole", "illuminance", "ifctester"):
        if part == "ifctester" and importlib.util.find_spec("ifctester") is None:
            print("ifctester is not installed: left out", file=sys.stderr)
            continue
        arguments = ["--part", part, "--places", str(options.places), "--guideline", options.guideline]
        run = subprocess.run([sys.executable, "-m", "evals.bench_rules", *arguments], check=True, capture_output=True)
        result[part] = json.loads(run.stdout)
    if "ifctester" in result:
        ours, theirs = (result[part]["microseconds_per_check"] for part in ("illuminance", "ifctester"))
        result["times_faster"] = round(theirs / ours, 1)
        same = result["illuminance"]["failed"] == result["ifctester"]["failed"]
        result["same_verdicts"] = same and result["illuminance"]["checks"] == result["ifctester"]["checks"]
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2))


def peak_memory() -> float:
    """Return the most memory that the process has held, in MB."""
    scale = 1 if platform.system() == "Darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6, 1)


def load(guideline: str) -> Corpus:
    """Load the corpus with the requirements of one guideline."""
    corpus = read_corpus(ROOT / "corpus")[0]
    chosen = tuple(rule for rule in corpus.requirements if rule.document == guideline)
    return corpus.model_copy(update={"requirements": chosen})


def random_design(corpus: Corpus, count: int, share_known: float = 0.9) -> DesignView:
    """Make a design of all places that the guideline speaks of, with facts that pass or fail by chance."""
    chance = random.Random(20240601)
    names = corpus.vocabulary.places
    subjects = sorted({place for rule in corpus.requirements for place in rule.subjects if place in names})
    tests = {place: _tests_at(corpus, place) for place in subjects}
    places = []
    for index in range(count):
        kind = subjects[index % len(subjects)]
        facts = {
            fact: (chance.choice(values),) for fact, values in tests[kind].items() if chance.random() < share_known
        }
        places.append(PlaceInstance(str(index), kind, f"{kind} {index}", facts))
    return DesignView(tuple(places), BUILDING)


def _tests_at(corpus: Corpus, place: str) -> dict[str, list[FactValue]]:
    found: dict[str, list[FactValue]] = {}
    for rule in corpus.requirements:
        if place in rule.subjects:
            for fact, tests in collect_tests(rule).items():
                if fact != "building":
                    entry = corpus.vocabulary.facts.get(fact)
                    found.setdefault(fact, []).extend(sample_values(tests[:1], entry, tests[0].measure))
    return found


def measure_whole(count: int, guideline: str) -> dict[str, Any]:
    """Judge a design of many places against a guideline, and walk every tree of reasons."""
    corpus = load(guideline)
    design = random_design(corpus, count)
    before = peak_memory()
    start = time.perf_counter()
    verdicts: dict[str, int] = {}
    findings = reasons = 0
    for finding in evaluate_all(corpus, design, [guideline]):
        findings += 1
        verdicts[finding.verdict] = verdicts.get(finding.verdict, 0) + 1
        reasons += sum(1 for _ in finding.because.walk())
    seconds = time.perf_counter() - start
    return {
        "requirements": len(corpus.requirements),
        "findings": findings,
        "reasons": reasons,
        "verdicts": dict(sorted(verdicts.items())),
        "seconds": round(seconds, 3),
        "microseconds_per_check": round(seconds / findings * 1e6, 1),
        "memory_mb_before": before,
        "memory_mb_peak": peak_memory(),
    }


def illuminance_rules(corpus: Corpus) -> list[Requirement]:
    """Return the requirements that set an illuminance and nothing else, under conditions that the spaces state."""

    def plain(rule: Requirement) -> bool:
        node = rule.require
        free = all(one is None for one in (rule.unless, node.when, node.unless, node.at))
        return free and {fact for fact, _ in _conditions(rule.when)} <= set(STATED)

    return [rule for rule in corpus.requirements if rule.require.fact == "illuminance" and plain(rule)]


def lit_spaces(corpus: Corpus, count: int) -> Iterator[tuple[str, str, str, int]]:
    """Yield places with floor, location and illuminance, the same for both programs."""
    chance = random.Random(7)
    subjects = sorted({place for rule in illuminance_rules(corpus) for place in rule.subjects})
    for index in range(count):
        floor, location = chance.choice(("entrance", "other")), chance.choice(("indoor", "outdoor"))
        yield subjects[index % len(subjects)], floor, location, chance.choice((1, 3, 10, 20, 30, 50, 80))


def measure_illuminance(count: int, guideline: str) -> dict[str, Any]:
    """Judge illuminance alone."""
    whole = load(guideline)
    corpus = whole.model_copy(update={"requirements": tuple(illuminance_rules(whole))})
    places = tuple(
        PlaceInstance(
            str(index),
            kind,
            f"{kind} {index}",
            {
                "floor": (FactValue(floor),),
                "location": (FactValue(location),),
                "camera_installed": (FactValue(True),),
                "illuminance": (FactValue(Quantity(Fraction(lux), "lx"), "average_horizontal"),),
            },
        )
        for index, (kind, floor, location, lux) in enumerate(lit_spaces(whole, count))
    )
    design = DesignView(places, BUILDING)
    start = time.perf_counter()
    verdicts: dict[str, int] = {}
    for finding in evaluate_all(corpus, design, [guideline]):
        verdicts[finding.verdict] = verdicts.get(finding.verdict, 0) + 1
    seconds = time.perf_counter() - start
    checks = sum(verdicts.values()) - verdicts.get("not_applicable", 0)
    return {
        "rules": len(corpus.requirements),
        "checks": checks,
        "failed": verdicts.get("fail", 0),
        "seconds": round(seconds, 3),
        "microseconds_per_check": round(seconds / checks * 1e6, 1),
    }


def measure_ifctester(count: int, guideline: str) -> dict[str, Any]:
    """Judge the same illuminance by IDS."""
    import ifcopenshell
    import ifcopenshell.guid
    from ifctester import facet, ids  # type: ignore[import-untyped]

    corpus = load(guideline)
    model = ifcopenshell.file(schema="IFC4")
    lux_unit = model.create_entity("IfcSIUnit", UnitType="ILLUMINANCEUNIT", Name="LUX")
    units = model.create_entity("IfcUnitAssignment", Units=[lux_unit])
    model.create_entity("IfcProject", GlobalId=ifcopenshell.guid.new(), Name="design", UnitsInContext=units)
    for kind, floor, location, lux in lit_spaces(corpus, count):
        space = model.create_entity("IfcSpace", GlobalId=ifcopenshell.guid.new(), Name=kind, ObjectType=kind)
        values = {
            "floor": model.create_entity("IfcLabel", floor),
            "location": model.create_entity("IfcLabel", location),
            "camera_installed": model.create_entity("IfcBoolean", True),
            "illuminance": model.create_entity("IfcIlluminanceMeasure", float(lux)),
        }
        properties = [
            model.create_entity("IfcPropertySingleValue", Name=name, NominalValue=value)
            for name, value in values.items()
        ]
        pset = model.create_entity(
            "IfcPropertySet", GlobalId=ifcopenshell.guid.new(), Name=PSET, HasProperties=properties
        )
        model.create_entity(
            "IfcRelDefinesByProperties",
            GlobalId=ifcopenshell.guid.new(),
            RelatedObjects=[space],
            RelatingPropertyDefinition=pset,
        )
    specs = ids.Ids(title=guideline)
    for rule in illuminance_rules(corpus):
        for kind in rule.subjects:
            spec = ids.Specification(name=f"{rule.id} {kind}", ifcVersion=["IFC4"])
            spec.applicability = [facet.Entity(name="IFCSPACE"), facet.Attribute(name="ObjectType", value=kind)]
            for fact, value in _conditions(rule.when):
                data = "IFCBOOLEAN" if value == "TRUE" else "IFCLABEL"
                spec.applicability.append(facet.Property(PSET, fact, value=value, dataType=data))
            limit = rule.require.test.at_least if rule.require.test else None
            least = facet.Restriction(options={"minInclusive": float(limit.value) if limit else 0.0}, base="double")
            spec.requirements = [facet.Property(PSET, "illuminance", value=least, dataType="IFCILLUMINANCEMEASURE")]
            specs.specifications.append(spec)
    start = time.perf_counter()
    specs.validate(model)
    seconds = time.perf_counter() - start
    checks = sum(len(spec.applicable_entities) for spec in specs.specifications)
    failed = sum(len(spec.failed_entities) for spec in specs.specifications)
    return {
        "version": version("ifctester"),
        "rules": len(illuminance_rules(corpus)),
        "specifications": len(specs.specifications),
        "checks": checks,
        "failed": failed,
        "seconds": round(seconds, 3),
        "microseconds_per_check": round(seconds / checks * 1e6, 1),
    }


def _conditions(node: Node | None) -> Iterator[tuple[str, str]]:
    for one in () if node is None else (node, *node.children):
        if one.fact not in (None, "building") and one.test is not None:
            yield str(one.fact), "TRUE" if one.test.is_ else str((one.test.one_of or (one.test.equals,))[0])


if __name__ == "__main__":
    main()
