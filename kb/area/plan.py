"""The plan of an area classification: the property, the two radii, and what was surveyed, to scale."""

from __future__ import annotations

import math

from kb.area.words import say
from kb.model.area import AreaResult, PlanItem
from kb.procedure.svg import GREY, INK, Drawing, clean, fit

_SIZE, _MARGIN, _LEGEND = 560, 40, 124
_COLOURS = {"residential": "#2563a8", "commercial": "#b45309", "special": "#a21caf", "unknown": "#4b5563"}
_SHAPES = {"residential": "circle", "commercial": "square", "special": "triangle", "unknown": "diamond"}
_GOLDEN = 137.508
_MOST_LABELS = 24
_TEXT = {
    "title": ("地域判定の平面図", "Plan of the area classification"),
    "property": ("対象物件", "property"),
    "radius": ("半径{m}m", "radius {m} m"),
    "north": ("北", "N"),
    "spread": (
        "方位の書かれていない施設は、距離だけを合わせて散らして描いています。",
        "Facilities without a bearing are spread around at their distance.",
    ),
    "range": (
        "点線は距離の幅、「?」は距離か種類が不明のもの",
        "dashed: a range of distances; “?”: distance or kind not known",
    ),
    "not_drawn": ("距離が不明で描けない施設：{n}件", "facilities without a distance, not drawn: {n}"),
    "beyond": ("図の外の施設：{n}件", "facilities beyond the plan: {n}"),
    "scale": ("{m}m", "{m} m"),
}


def draw_plan(result: AreaResult) -> str:
    """Draw the plan as SVG: north up, one scale in both directions, the extent of the area tinted."""
    return _Plan(result).draw()


class _Plan:
    def __init__(self, result: AreaResult) -> None:
        self._result = result
        self._reach = max(result.radii_m) * 1.12
        self._centre = _MARGIN + (_SIZE - 2 * _MARGIN) / 2
        self._scale = (_SIZE - 2 * _MARGIN) / 2 / self._reach
        title = self._say("title")
        self._drawing = Drawing(_SIZE, _SIZE + _LEGEND, title, f"{title}. {result.headline}")

    def _say(self, key: str, **parts: object) -> str:
        ja, en = _TEXT[key]
        return (ja if self._result.language == "ja" else en).format(**parts)

    def draw(self) -> str:
        self._ground()
        hidden = beyond = 0
        for index, item in enumerate(self._result.plan):
            if item.distance_low is None:
                hidden += 1
            elif item.distance_low > self._reach:
                beyond += 1
            else:
                self._facility(index, item)
        centre, drawing = self._centre, self._drawing
        drawing.rectangle(centre - 7, centre - 7, 14, 14, fill=INK)
        drawing.text(centre, centre + 22, self._say("property"), size=15, anchor="middle")
        self._legend(hidden, beyond)
        return drawing.write()

    def _ground(self) -> None:
        result, drawing, centre = self._result, self._drawing, self._centre
        colour = _COLOURS[result.area_class]
        if result.extent is not None and result.extent.radius_m is not None:
            drawing.circle(centre, centre, result.extent.radius_m * self._scale, fill=colour, fill_opacity=0.1)
        for radius in result.radii_m:
            length = radius * self._scale
            drawing.circle(centre, centre, length, fill="none", stroke=GREY, stroke_width=1.2, stroke_dasharray="6 4")
            label = self._say("radius", m=f"{radius:g}")
            drawing.text(centre, centre - length - 5, label, size=15, anchor="middle", fill="#374151")
        drawing.path(f"M {_SIZE - 40} 82 l 7 -24 l 7 24 z", fill=INK)
        drawing.text(_SIZE - 33, 52, self._say("north"), size=15, anchor="middle")
        drawing.text(14, 24, result.headline, size=16)

    def _facility(self, index: int, item: PlanItem) -> None:
        assert item.distance_low is not None
        bearing = item.bearing if item.bearing is not None else (index * _GOLDEN) % 360
        near = self._point(item.distance_low, bearing)
        far = None
        if item.distance_high is not None and item.distance_high > item.distance_low:
            far = self._point(min(item.distance_high, self._reach), bearing)
        elif item.distance_high is None:
            far = self._point(self._reach, bearing)
        colour = _COLOURS[item.area_class]
        if far is not None:
            self._drawing.line(*near, *far, stroke=colour, stroke_width=2, stroke_dasharray="3 3")
        self._mark(*near, item.area_class, colour)
        if index < _MOST_LABELS:
            count = f" ×{item.count}" if item.count > 1 else ""
            open_mark = " ?" if far is not None or item.area_class == "unknown" else ""
            right = near[0] <= self._centre
            label = f"{fit(clean(item.label), 12)}{count}{open_mark}"
            x, anchor = (near[0] + 8, "start") if right else (near[0] - 8, "end")
            self._drawing.text(x, near[1] + 4, label, size=14, anchor=anchor, fill=colour)

    def _mark(self, x: float, y: float, area_class: str, colour: str) -> None:
        shape, size = _SHAPES[area_class], 5.0
        if shape == "circle":
            self._drawing.circle(x, y, size, fill=colour)
        elif shape == "square":
            self._drawing.rectangle(x - size, y - size, 2 * size, 2 * size, fill=colour)
        elif shape == "triangle":
            self._drawing.polygon([(x, y - 6), (x - 6, y + 5), (x + 6, y + 5)], fill=colour)
        else:
            self._drawing.polygon([(x, y - 6), (x - 6, y), (x, y + 6), (x + 6, y)], fill=colour)

    def _point(self, distance: float, bearing: float) -> tuple[float, float]:
        angle = math.radians(bearing)
        length = distance * self._scale
        return self._centre + length * math.sin(angle), self._centre - length * math.cos(angle)

    def _legend(self, hidden: int, beyond: int) -> None:
        drawing, language = self._drawing, self._result.language
        y = _SIZE + 8.0
        for index, name in enumerate(_SHAPES):
            x = 22 + index * 134
            self._mark(x, y, name, _COLOURS[name])
            drawing.text(x + 12, y + 4, say(name, language), size=15)
        length = 100 * self._scale
        drawing.line(22, y + 24, 22 + length, y + 24, stroke_width=3)
        drawing.text(28 + length, y + 28, self._say("scale", m=100), size=15)
        lines = []
        if any(item.bearing is None and item.distance_low is not None for item in self._result.plan):
            lines.append(self._say("spread"))
        if any(item.distance_low != item.distance_high for item in self._result.plan):
            lines.append(self._say("range"))
        counts = [self._say(k, n=n) for k, n in (("not_drawn", hidden), ("beyond", beyond)) if n]
        lines += ["  ".join(counts)] if counts else []
        for index, line in enumerate(lines):
            drawing.text(14, y + 54 + index * 19, line, size=14, fill="#374151")
