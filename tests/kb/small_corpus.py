"""A small corpus of its own, about boathouses, that is right in every file; tests break one thing at a time."""

from __future__ import annotations

from pathlib import Path

VOCABULARY = """\
buildings:
  boathouse:
    label: {ja: 艇庫, en: boathouse}
  pier:
    label: {ja: 桟橋, en: pier}
places:
  slipway:
    label: {ja: 斜路, en: slipway}
    aliases: {ja: [スロープ], en: [ramp]}
  winch:
    label: {ja: 巻上機, en: winch}
    part_of: slipway
    implies: boathouse
  shore:
    label: {ja: 岸辺, en: shore}
    members: [slipway]
topics:
  light:
    label: {ja: 灯り, en: light}
terms:
  mooring:
    label: {ja: 係留, en: mooring}
    topic: light
    defined_by: [harbour N1]
  docking:
    label: {ja: 着岸, en: docking}
facts:
  building:
    type: choice
    label: {ja: 建物, en: building}
    choices:
      boathouse: {label: {ja: 艇庫, en: boathouse}}
      pier: {label: {ja: 桟橋, en: pier}}
  tide:
    type: choice
    label: {ja: 潮, en: tide}
    choices: {high: {}, low: {}}
  illuminance:
    type: quantity
    unit: lx
    measures: [average, spot]
    label: {ja: 照度, en: illuminance}
    topic: light
  lamp_gaps:
    type: quantity_list
    unit: m
    label: {ja: 灯りの間隔, en: gaps between lamps}
  winch_locked:
    type: boolean
    label: {ja: 巻上機に鍵がかかる, en: the winch is locked}
    places: [winch]
    yes: {ja: [鍵つき], en: [locked]}
    no: {ja: [鍵なし], en: [unlocked]}
"""

DOCUMENT = """\
id: harbour
title: {ja: 港の心得, en: Harbour advice}
short: {ja: 港の心得, en: Harbour advice}
issuer: {ja: 港の会, en: Harbour society}
jurisdiction: null
buildings: [boathouse]
dates:
  - {what: {ja: 作成, en: written}, date: 2020-01-02, printed: 令和2年1月2日, clause: "1"}
legal_force: {ja: すすめるだけです。, en: It only recommends., clause: "1"}
addressees: {ja: 船の持ち主, en: boat owners, clause: null}
scope: {ja: 艇庫, en: boathouses, clause: "1"}
obtain: {ja: 会にたずねる。, en: Ask the society.}
"""

CLAUSES = """\
- locator: "1"
  kind: heading
  title: {ja: 斜路, en: Slipway}
- locator: 1/a
  kind: requirement
  strength: shall
  text:
    ja: 満潮のとき斜路の灯りは平均30ルクス以上にする。
    en: At high tide light the slipway to 30 lx on average or more.
  basis: [N1]
  places: [slipway]
  topics: [light, mooring, illuminance]
  when: {building: boathouse, tide: high}
  figures:
    - {property: illuminance, place: slipway, value: 30 lx, operator: ">=", measure: average,
       approximate: true, from: N1, when: {tide: high}}
    - {property: lamp_gaps, value: 2 m, value_max: 4 m, operator: range}
  asks:
    ja: [斜路は何ルクス？, 船を上げる所の明るさ]
    en: [How bright must the slipway be?]
- locator: 1/b
  kind: recommendation
  strength: should
  text:
    ja: 巻上機には鍵をかけておくことが望ましい。
    en: Preferably keep the winch locked.
  places: [winch]
  asks:
    ja: [ウインチの鍵は要る？, 巻上機 施錠]
    en: [Should the winch be locked?]
- locator: N1
  kind: definition
  text:
    ja: 係留とは、船を綱でつないでおくことをいう。
    en: Mooring is holding a boat by ropes.
  asks:
    ja: [係留とは？, 船をつなぐことを何という]
    en: [What is mooring?]
"""

ASKS = """\
- locator: 1/b
  ja: [ウインチを守るには？]
  en: []
"""

REQUIREMENTS = """\
requirements:
  - id: slipway.light
    clause: 1/a
    subject: slipway
    when: {building: boathouse, tide: high}
    require:
      all_of:
        - {illuminance: {at_least: 30 lx, measure: average, approximate: true}, basis: [N1]}
        - {each: {of: lamp_gaps, at_most: 4 m}, clause: 1/a}
    strength: shall
    basis: [N1]
  - id: winch.locked
    clause: 1/b
    subject: [winch, slipway]
    except_places: [shore]
    unless: {building: [pier]}
    require:
      any_of:
        - {winch_locked: true}
        - {illuminance: {more_than: 50 lx}, compensates: true, at: {place: slipway, when: {tide: low}, which: any}}
    strength: should
covered:
  - {clause: N1, reason: assessed_by, by: [1/a]}
"""

TABLES = """\
- id: light_by_tide
  clause: 1/a
  title: {ja: 潮と灯り, en: Tide and light}
  columns:
    - {key: tide, label: {ja: 潮, en: Tide}}
    - {key: light, label: {ja: 灯り, en: Light}, unit: lx}
  rows:
    - clause: N1
      cells: {tide: {ja: 満潮, en: high}, light: 30 lx}
"""

DEFINITIONS = """\
- term: mooring
  clause: N1
  genus: {ja: つなぎ方, en: way of holding}
  features:
    - {id: ropes, ja: 綱を使う, en: with ropes, distinguishing: true}
  contrast: [docking]
"""

FACTS = """\
topics:
  rope:
    label: {ja: 綱, en: rope}
"""

FILES = {
    "vocabulary.yaml": VOCABULARY,
    "harbour/document.yaml": DOCUMENT,
    "harbour/clauses.yaml": CLAUSES,
    "harbour/asks.yaml": ASKS,
    "harbour/requirements.yaml": REQUIREMENTS,
    "harbour/tables.yaml": TABLES,
    "harbour/definitions.yaml": DEFINITIONS,
    "harbour/facts.yaml": FACTS,
}


def write_corpus(folder: Path, **changed: str) -> Path:
    """Write the corpus into a folder; `changed` holds other texts by file stem (`clauses="…"`)."""
    for name, text in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(changed.get(file.stem, text), encoding="utf-8")
    return folder
