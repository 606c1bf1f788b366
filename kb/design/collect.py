"""What to find out on site: every fact that an open verdict waits for, the ones that settle the most first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kb.model.check import CollectItem, FindingRef
from kb.model.finding_record import FindingRecord, MissingRecord
from kb.model.knowledge import Vocabulary
from kb.rules.questions import PRESENT
from kb.rules.speaker import Speaker
from kb.rules.words import measure_label

_Key = tuple[str, str, str, str | None]


@dataclass(slots=True)
class _Open:
    missing: MissingRecord
    waiting: list[FindingRecord] = field(default_factory=list)
    alone: int = 0


def list_to_collect(
    findings: Iterable[FindingRecord], vocabulary: Vocabulary, speaker: Speaker
) -> tuple[CollectItem, ...]:
    """List the facts that open verdicts wait for, by how many verdicts each settles.

    A value measured in any way is asked for together with the one that says how it is measured.
    """
    found: dict[_Key, _Open] = {}
    for finding in findings:
        for missing in finding.missing:
            entry = found.setdefault(_key(missing), _Open(missing))
            entry.waiting.append(finding)
            entry.alone += len(finding.missing) == 1
    for key in [one for one in found if one[3] is None]:
        measured = next((other for other in found if other[:3] == key[:3] and other[3] is not None), None)
        if measured is not None:
            spare = found.pop(key)
            found[measured].waiting += [one for one in spare.waiting if one not in found[measured].waiting]
            found[measured].alone += spare.alone
    items = [_item(entry, vocabulary, speaker) for entry in found.values()]
    return tuple(sorted(items, key=lambda item: (-item.settles, -item.decides, -item.shall)))


def _key(missing: MissingRecord) -> _Key:
    return (missing.place, missing.instance, missing.fact, missing.measure)


def _item(entry: _Open, vocabulary: Vocabulary, speaker: Speaker) -> CollectItem:
    missing, language = entry.missing, speaker.language
    fact = vocabulary.facts.get(missing.fact)
    place = speaker.place(missing.place)
    label = place if missing.fact == PRESENT else speaker.fact(missing.fact)
    if missing.kind == "proviso":
        label = "ただし書き" if language == "ja" else "proviso"
    return CollectItem(
        fact=missing.fact,
        label=label,
        question=_without_name(missing, place),
        options=missing.options,
        kind=missing.kind,
        place=missing.place,
        place_label=place,
        instance=missing.instance,
        name=missing.name or place,
        measure=missing.measure,
        measure_label=None if missing.measure is None else measure_label(missing.measure).get(language),
        unit=None if fact is None else fact.unit,
        settles=len(entry.waiting),
        decides=entry.alone,
        shall=sum(one.strength == "shall" for one in entry.waiting),
        findings=tuple(
            FindingRef(
                document=one.document, id=one.id, locator=one.locator, instance=one.instance, subject=one.subject
            )
            for one in entry.waiting
        ),
    )


def _without_name(missing: MissingRecord, place: str) -> str:
    """Return the question as it is put at the place itself (a finding of another place names the place first)."""
    head, separator, rest = missing.question.partition(": ")
    return rest if separator and head in (missing.name, place) else missing.question
