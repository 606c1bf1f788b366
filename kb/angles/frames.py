"""Camera angles as frames: what each is for, where it is asked for, and a picture in which the person has the right size."""

from __future__ import annotations

from dataclasses import dataclass

from kb.model.base import Language, Text
from kb.model.corpus import Table
from kb.model.knowledge import Corpus
from kb.model.procedure import AngleFrame, AngleProcedure
from kb.procedure.svg import GREY, INK, Drawing
from kb.quantity.units import format_number

_WIDE, _TALL, _GAP, _EDGE, _TOP, _BELOW = 224.0, 168.0, 20.0, 12.0, 36.0, 56.0
_HEAD_UNITS = 7.5
"""A standing adult is about seven and a half heads high (proportion of the drawn figure, not of the guideline)."""
_CHEST_HEADS = 2.1
"""From the top of the head to below the chest, in heads (of the drawn figure)."""
_SKIN, _FRAME = "#2563a8", "#eef3f8"
_TEXT = {
    "title": ("画角ごとの人物の大きさ", "How large a person appears at each angle"),
    "angle": ("画角{name}", "Angle {name}"),
    "whole": ("全身＝画面の高さの{share}", "body = {share} of the height"),
    "about": ("全身＝画面の高さのほぼ{share}", "body = about {share} of the height"),
    "full": ("全身が画面全体", "body fills the picture"),
    "chest": ("胸から上が画面全体", "chest upwards fills the picture"),
}


@dataclass(frozen=True)
class AngleRow:
    """One angle in words: purpose, what is made out, size, colours, places."""

    angle: str
    purpose: str
    visible: str
    size: str
    colour: str
    characters: str
    places: str


@dataclass(frozen=True)
class AngleDuty:
    """Which angle the tables name for one place, and whether the camera there is mandatory or complementary."""

    place: str
    angle: str
    duty: str
    remark: str


def find_angles(corpus: Corpus) -> tuple[str, AngleProcedure] | None:
    """Return the guideline that sets camera angles, and their data; None where none does."""
    for one in corpus.procedures:
        if one.angles is not None:
            return one.document, one.angles
    return None


def list_angles(corpus: Corpus, language: Language) -> list[AngleRow]:
    """List the angles in the order of the guideline's table."""
    found = find_angles(corpus)
    if found is None:
        return []
    table = _table(corpus, found[0], found[1].criteria)
    keys = ("angle", "purpose", "visible", "size", "colour", "characters", "places")
    return [AngleRow(*(_cell(row.cells.get(key), language) for key in keys)) for row in table.rows]


def list_duties(corpus: Corpus, language: Language) -> list[AngleDuty]:
    """List the places of both tables with their angles; a duty is only in one of them."""
    found = find_angles(corpus)
    if found is None:
        return []
    document, angles = found
    rows = []
    for row in _table(corpus, document, angles.duties).rows:
        cells = [_cell(row.cells.get(key), language) for key in ("place", "angle", "duty", "size")]
        rows.append(AngleDuty(*cells))
    listed = _table(corpus, document, angles.places)
    columns = {f"angle_{frame.angle.lower()}": frame.angle for frame in angles.frames}
    joined = "・" if language == "ja" else ", "
    for row in listed.rows:
        named = joined.join(angle for key, angle in columns.items() if row.cells.get(key) is True)
        rows.append(AngleDuty(_cell(row.cells["place"], language), named, "", _cell(row.cells.get("remark"), language)))
    return rows


def draw_angles(corpus: Corpus, language: Language) -> str | None:
    """Draw a frame for each angle as SVG, all of one size, the person in it to scale; None where there are no angles."""
    found = find_angles(corpus)
    if found is None:
        return None
    frames = found[1].frames
    columns = 2
    rows = (len(frames) + columns - 1) // columns
    width = 2 * _EDGE + columns * _WIDE + (columns - 1) * _GAP
    height = _TOP + rows * (_TALL + _BELOW) + 4
    title = _say("title", language)
    drawing = Drawing(width, height, title, title)
    drawing.text(_EDGE, 22, title, size=16)
    for index, frame in enumerate(frames):
        x = _EDGE + (index % columns) * (_WIDE + _GAP)
        y = _TOP + (index // columns) * (_TALL + _BELOW)
        _draw_frame(drawing, frame, x, y, language)
    return drawing.write()


def _draw_frame(drawing: Drawing, frame: AngleFrame, x: float, y: float, language: Language) -> None:
    share = float(frame.share.base)
    drawing.rectangle(x, y, _WIDE, _TALL, fill=_FRAME, stroke=INK, stroke_width=1.5)
    for part in range(1, 6):
        drawing.line(x, y + _TALL * part / 6, x + _WIDE, y + _TALL * part / 6, stroke="#d5dde6", stroke_width=0.6)
    if frame.body == "whole":
        _person(drawing, x + _WIDE / 2, y + _TALL, _TALL * share)
        drawing.line(x + _WIDE - 14, y + _TALL * (1 - share), x + _WIDE - 14, y + _TALL, stroke=GREY, stroke_width=1.5)
        for end in (y + _TALL * (1 - share), y + _TALL):
            drawing.line(x + _WIDE - 19, end, x + _WIDE - 9, end, stroke=GREY, stroke_width=1.5)
    else:
        _bust(drawing, x + _WIDE / 2, y, _TALL * share)
    drawing.text(x, y + _TALL + 20, _say("angle", language, name=frame.angle), size=16)
    drawing.text(x, y + _TALL + 40, _size(frame, language), size=15, fill="#374151")


def _size(frame: AngleFrame, language: Language) -> str:
    if frame.body == "chest_up":
        return _say("chest", language)
    if frame.share.base == 1:
        return _say("full", language)
    value = frame.share.value
    share = f"{value.numerator}/{value.denominator}" if value.denominator != 1 else format_number(value)
    return _say("about" if frame.approximate else "whole", language, share=share)


def _person(drawing: Drawing, centre: float, ground: float, height: float) -> None:
    """Draw a standing person exactly so high, feet on the ground."""
    head = height / _HEAD_UNITS
    top = ground - height
    drawing.circle(centre, top + head / 2, head / 2, fill=_SKIN)
    shoulder, hip = top + head * 1.25, top + head * 4.0
    drawing.polygon(
        [
            (centre - head, shoulder),
            (centre + head, shoulder),
            (centre + head * 0.7, hip),
            (centre - head * 0.7, hip),
        ],
        fill=_SKIN,
    )
    for side in (-1, 1):
        drawing.polygon(
            [
                (centre + side * head * 0.08, hip),
                (centre + side * head * 0.7, hip),
                (centre + side * head * 0.6, ground),
                (centre + side * head * 0.15, ground),
            ],
            fill=_SKIN,
        )
        drawing.polygon(
            [
                (centre + side * head, shoulder),
                (centre + side * head * 1.3, shoulder + head * 0.3),
                (centre + side * head * 1.25, hip),
                (centre + side * head * 0.95, hip),
            ],
            fill=_SKIN,
        )


def _bust(drawing: Drawing, centre: float, top: float, height: float) -> None:
    """Draw a person from the chest upwards, as high as the frame."""
    head = height / _CHEST_HEADS
    drawing.circle(centre, top + head / 2, head / 2, fill=_SKIN)
    bottom = top + height
    half = min(head * 1.05, _WIDE / 2)
    drawing.polygon(
        [
            (centre - head * 0.25, top + head * 0.9),
            (centre + head * 0.25, top + head * 0.9),
            (centre + half, top + head * 1.4),
            (centre + half, bottom),
            (centre - half, bottom),
            (centre - half, top + head * 1.4),
        ],
        fill=_SKIN,
    )


def _table(corpus: Corpus, document: str, name: str) -> Table:
    return next(one for one in corpus.tables if one.document == document and one.id == name)


def _cell(value: object, language: Language) -> str:
    if isinstance(value, Text):
        return value.get(language)
    return "" if value is None else str(value)


def _say(key: str, language: Language, **parts: object) -> str:
    ja, en = _TEXT[key]
    return (en if language == "en" else ja).format(**parts)
