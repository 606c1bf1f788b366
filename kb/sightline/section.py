"""The section of a sightline check, to scale: one metre is as long upwards as it is along."""

from __future__ import annotations

from kb.model.sightline import Section, SeenObstacle, SightlineResult
from kb.procedure.svg import GREY, INK, PAPER, Drawing, clean, fit

_WIDTH, _MARGIN, _TOP, _FOOT = 560.0, 26.0, 74.0, 104.0
_FREE, _BLOCKED, _OPEN = "#15803d", "#b91c1c", "#b45309"
_PASSED = "#94a3b8"
_TEXT = {
    "title": ("見通しの断面図", "Section of the sightline"),
    "viewpoint": ("目視点", "viewpoint"),
    "target": ("見る場所", "place to be seen"),
    "eye": ("目の高さ {low}～{high}m", "eye {low} to {high} m"),
    "eye_one": ("目の高さ {low}m", "eye {low} m"),
    "hidden": ("赤：目の高さ{eye}mから隠れる部分", "red: hidden from an eye height of {eye} m"),
    "scale": ("{m}m（縦横同じ縮尺）", "{m} m (one scale in both directions)"),
    "height": ("{m}m", "{m} m"),
    "no_height": ("高さ不明", "height not known"),
    "cannot": (
        "距離と見える高さがそろっていないので、断面図を描けません。",
        "The distance or the heights to be seen are not known, so the section cannot be drawn.",
    ),
    "not_drawn": ("位置が不明で描けないもの：{n}", "not drawn, position not known: {n}"),
}


def draw_section(result: SightlineResult) -> str:
    """Draw the section as SVG; where distance or heights are open, a picture that says so."""
    section = result.section
    needed = (section.eye_low, section.eye_high, section.distance, section.target_bottom, section.target_top)
    if any(one is None for one in needed):
        title = _say("title", result.language)
        drawing = Drawing(_WIDTH, 80, title, result.headline)
        drawing.text(_MARGIN, 44, _say("cannot", result.language), size=14)
        return drawing.write()
    return _Picture(result).draw()


def _say(key: str, language: str, **parts: object) -> str:
    ja, en = _TEXT[key]
    return (en if language == "en" else ja).format(**parts)


class _Picture:
    def __init__(self, result: SightlineResult) -> None:
        self._result, self._section = result, result.section
        section = result.section
        self._distance = float(section.distance or 0)
        self._eye_low, self._eye_high = float(section.eye_low or 0), float(section.eye_high or 0)
        self._bottom, self._target_top = float(section.target_bottom or 0), float(section.target_top or 0)
        tops = [one.top for one in section.obstacles if one.top is not None]
        self._highest = max(self._eye_high, self._target_top, *tops, 1.7) + 0.3
        lows = [0.0, section.target_ground, *(one.ground for one in section.obstacles)]
        self._lowest = min(lows)
        self._scale = min((_WIDTH - 2 * _MARGIN) / (self._distance + 1.5), 260 / (self._highest - self._lowest))
        self._base = _TOP + self._highest * self._scale
        height = self._base - self._lowest * self._scale + _FOOT
        title = self._say("title")
        self._drawing = Drawing(_WIDTH, height, title, f"{title}. {result.headline}")

    def _say(self, key: str, **parts: object) -> str:
        return _say(key, self._result.language, **parts)

    def _x(self, distance: float) -> float:
        return _MARGIN + (distance + 0.6) * self._scale

    def _y(self, height: float) -> float:
        return self._base - height * self._scale

    def draw(self) -> str:
        drawing, section = self._drawing, self._section
        name = f"{self._result.name} — " if self._result.name else ""
        drawing.text(_MARGIN, 24, f"{name}{self._result.headline}", size=14)
        drawing.rectangle(0, self._y(0), _WIDTH, _FOOT - 74, fill="#e7e5e4")
        drawing.line(0, self._y(0), _WIDTH, self._y(0), stroke=GREY)
        self._rays()
        missing = 0
        for index, one in enumerate(section.obstacles):
            if one.distance is None:
                missing += 1
            else:
                self._obstacle(one, index)
        self._viewer()
        self._target()
        self._legend(missing)
        return drawing.write()

    def _rays(self) -> None:
        colour = {"visible": _FREE, "not_visible": _BLOCKED, "unknown": _OPEN}[self._result.sight]
        eyes = dict.fromkeys((self._eye_low, self._eye_high))
        for eye in eyes:
            points = [
                (self._x(0), self._y(eye)),
                (self._x(self._distance), self._y(self._bottom)),
                (self._x(self._distance), self._y(self._target_top)),
            ]
            self._drawing.polygon(points, fill=colour, fill_opacity=0.08)
            for height in dict.fromkeys((self._bottom, self._target_top)):
                self._drawing.line(
                    self._x(0), self._y(eye), self._x(self._distance), self._y(height), stroke=colour, stroke_width=1.2
                )

    def _obstacle(self, one: SeenObstacle, index: int) -> None:
        assert one.distance is not None
        top = one.top if one.top is not None else self._highest - 0.2
        width = max(0.12 * self._scale, 4)
        colour = {"yes": _BLOCKED, "unknown": _OPEN, "no": _PASSED}[one.hides]
        style: dict[str, str | float] = {"fill": colour, "stroke": INK, "stroke_width": 0.6}
        if one.top is None or one.hides == "unknown":
            style |= {"fill_opacity": 0.35, "stroke_dasharray": "3 3"}
        x = self._x(one.distance) - width / 2
        self._drawing.rectangle(x, self._y(top), width, (top - one.bottom) * self._scale, **style)
        known = one.top is not None
        size = self._say("height", m=f"{(one.top or 0) - one.ground:g}") if known else self._say("no_height")
        y = self._y(top) - 5 - (index % 2) * 17
        self._drawing.text(self._x(one.distance), y, f"{fit(clean(one.label), 10)} {size}", size=14, anchor="middle")

    def _viewer(self) -> None:
        x, drawing = self._x(0), self._drawing
        drawing.line(x, self._y(0), x, self._y(self._eye_low), stroke_width=2)
        drawing.line(x, self._y(self._eye_low), x, self._y(self._eye_high), stroke_width=5)
        for eye in dict.fromkeys((self._eye_low, self._eye_high)):
            drawing.circle(x, self._y(eye), 3.5, fill=PAPER, stroke=INK, stroke_width=1.5)
        low, high = f"{self._eye_low:g}", f"{self._eye_high:g}"
        words = self._say("eye_one" if low == high else "eye", low=low, high=high)
        drawing.text(max(x - 16, 6), self._y(self._highest) - 14, words, size=14)
        drawing.text(x, self._y(self._lowest) + 20, self._say("viewpoint"), size=15, anchor="middle")

    def _target(self) -> None:
        x, drawing = self._x(self._distance), self._drawing
        drawing.line(x, self._y(self._section.target_ground), x, self._y(self._target_top), stroke=GREY, stroke_width=2)
        drawing.line(x, self._y(self._bottom), x, self._y(self._target_top), stroke=_FREE, stroke_width=6)
        for low, high in self._section.hidden:
            drawing.line(x, self._y(low), x, self._y(high), stroke=_BLOCKED, stroke_width=6)
        size = self._say("height", m=f"{self._target_top - self._section.target_ground:g}")
        drawing.text(x, self._y(self._target_top) - 6, size, size=14, anchor="end")
        words = f"{self._say('target')} {self._say('height', m=f'{self._distance:g}')}"
        drawing.text(min(x, _WIDTH - 8), self._y(self._lowest) + 20, words, size=15, anchor="end")

    def _legend(self, missing: int) -> None:
        y = self._y(self._lowest) + 44
        unit = 5 if self._distance > 12 else 1
        length = unit * self._scale
        self._drawing.line(_MARGIN, y, _MARGIN + length, y, stroke_width=3)
        self._drawing.text(_MARGIN + length + 8, y + 4, self._say("scale", m=unit), size=14)
        lines = []
        if self._section.hidden:
            lines.append(self._say("hidden", eye=f"{self._eye_low:g}"))
        if missing:
            lines.append(self._say("not_drawn", n=missing))
        for index, line in enumerate(lines):
            self._drawing.text(_MARGIN, y + 24 + index * 19, line, size=14, fill="#374151")


def is_drawable(section: Section) -> bool:
    """Tell whether distance, eye height and heights to be seen are all known."""
    return None not in (section.eye_low, section.eye_high, section.distance, section.target_bottom, section.target_top)
