"""Cases of area classification: may this property's area be called residential or commercial, and why."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from kb.area.classify import classify_area, find_procedure
from kb.area.survey import AreaSurvey
from kb.errors import CorpusError, UsageError
from kb.model.base import Text
from kb.model.study import AreaCase, AreaReason, Item, Option
from kb.study.sources import Source

_STEM = Text(
    ja="「{guide}」による地域環境の調査です。この対象物件の地域を{area}とすることができますか。",
    en="This is an area survey by the {guide}. Can the area of this property be taken as {area}?",
)
_AREAS = {
    "residential": Text(ja="住宅地域", en="a residential area"),
    "commercial": Text(ja="商業地域", en="a commercial area"),
}


def make_areas(source: Source) -> Iterator[Item]:
    """Give every case of `study.yaml` with each of its values; the classifier must agree with the reason that it has.

    Raises `CorpusError` where it does not.
    """
    try:
        document, _ = find_procedure(source.corpus)
    except UsageError:
        return
    for case in source.guide.area_cases:
        for number, values in enumerate(case.values):
            yield _make(case, {name: str(value) for name, value in values.items()}, number, document, source)


def _make(case: AreaCase, values: dict[str, str], number: int, document: str, source: Source) -> Item:
    survey = AreaSurvey.model_validate(_fill(case.survey, values))
    result = classify_area(source.corpus, survey)
    reasons = source.guide.area_reasons[case.asks]
    right = reasons[case.reason]
    if result.area_class == "unknown" or (result.area_class == case.asks) != right.can:
        found = f"{case.asks}/{case.reason} number {number}: classified as {result.area_class}"
        raise CorpusError(
            "study.yaml", None, "area_cases", found, "a case that the procedure decides as its reason says"
        )
    clause = source.corpus.by_id[f"{document} {right.clause}"]
    guide, area = source.short(document), _AREAS[case.asks]
    options = []
    for name, reason in reasons.items():
        text = Text(ja=reason.ja, en=reason.en)
        if name == case.reason:
            options.append(Option(text=text, right=True, why=Text(ja="条項のとおりです。", en="As the clause says.")))
        elif name in _likely(case.reason, reasons):
            label = source.label(source.corpus.by_id[f"{document} {reason.clause}"])
            why = _explain_wrong(label, source.label(clause), right.can == reason.can, name in case.also_holds)
            options.append(Option(text=text, right=False, why=why))
    stem = Text(ja=_STEM.ja.format(guide=guide.ja, area=area.ja), en=_STEM.en.format(guide=guide.en, area=area.en))
    quote = Text(ja=case.text.ja.format(**values), en=case.text.en.format(**values))
    slot = hashlib.sha256(
        json.dumps([case.asks, case.reason, values, quote.ja], ensure_ascii=False).encode()
    ).hexdigest()
    return source.make("area", clause, slot, stem, options, quote, subject="area")


def _explain_wrong(label: Text, deciding: Text, same_outcome: bool, holds: bool) -> Text:
    """Say why a reason is wrong, given its clause, the deciding clause and whether its own condition is met."""
    if holds:
        return Text(
            ja=f"{label.ja}の条件には当てはまりますが、{deciding.ja}に当たるので、結論は変わります。",
            en=f"The condition of {label.en} is met, but {deciding.en} applies and decides otherwise.",
        )
    if same_outcome:
        return Text(
            ja=f"結論は同じですが、理由が違います（決め手は{deciding.ja}です）。",
            en=f"The outcome is right, the reason is not ({deciding.en} decides).",
        )
    return Text(ja=f"この事例の結論を決めるのは{deciding.ja}です。", en=f"This case is decided by {deciding.en}.")


def _likely(reason: str, reasons: dict[str, AreaReason]) -> list[str]:
    """Return three other reasons (fewer where there are not three), beginning after the right one."""
    names = list(reasons)
    start = names.index(reason)
    others = [names[(start + step) % len(names)] for step in range(1, len(names))]
    return [name for name in others if name not in reasons[reason].not_beside][:3]


def _fill(data: Any, values: dict[str, str]) -> Any:
    if isinstance(data, str):
        return data.format(**values)
    if isinstance(data, dict):
        return {key: _fill(value, values) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_fill(value, values) for value in data]
    return data
