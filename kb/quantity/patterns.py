"""The regular expressions by which quantities are found in normalised text."""

from __future__ import annotations

import re

from kb.quantity.numerals import KANJI, KANJI_DIGIT, WORDS

_DIGITS = r"(?<!\d)(?:\d{1,3}(?:,\d{3})++(?:\.\d++)?|\d++(?:\.\d++)?)[万千百]?"
NUMBER = rf"(?:{_DIGITS}|(?<!{KANJI_DIGIT}){KANJI}(?:[.・]{KANJI})?|(?<![a-z]){WORDS}(?![a-z]))"
_TO = r"\s*(?:~|-|から|乃至|ないし|to|through|and)\s*"
_SPACE = r"(?:\s{0,3}|-)"


UNIT_FORMS: dict[str, str] = {
    "lx": r"ルクス|ルックス|lx|lux",
    "mm": r"ミリメートル|ミリメーター|ミリ|mm|millimet(?:re|er)s?",
    "cm": r"センチメートル|センチメーター|センチ|cm|centimet(?:re|er)s?",
    "m2": r"平方メートル|平米|m2|m\^2|sq(?:uare)?\.? ?m(?:et(?:re|er)s?)?",
    "m": r"メートル|メーター|m(?![a-z0-9])|met(?:re|er)s?",
    "fps": (
        r"fps|(?:コマ|枚|フレーム)\s?(?:/|毎)\s?秒"
        r"|(?:frames?|images?|pictures?)(?: per |/| a )s(?:ec(?:ond)?)?"
    ),
    "sec": r"秒間(?!隔)|秒|sec(?:ond)?s?(?![a-z])",
    "min": r"分間(?!隔)|分(?!の|割|け|か|野|類)|min(?:ute)?s?(?![a-z])",
    "hours": r"時間|hours?(?![a-z])|hrs?(?![a-z])|h(?![a-z])",
    "weeks": r"週間(?!隔)|週|weeks?(?![a-z])|wks?(?![a-z])",
    "days": r"営業日|日間(?!隔)|日(?!本)|(?:working |business )?days?(?![a-z])",
    "months": r"[かヶケカヵ箇]月間?|months?(?![a-z])",
    "years": r"年間|[かヶ]年|年(?!度|生|前半)|years?(?![a-z])|yrs?(?![a-z])",
    "times": r"回|times(?![a-z])|attacks(?![a-z])",
    "percent": r"%|パーセント|percent(?![a-z])|per ?cent(?![a-z])",
    "warib": r"割",
    "persons": (
        r"人(?!物|の目|目|感|の顔|の(?!警備|係|職|従業|責任|管理|当番|担当|巡回|保護|大人|者|体制|組)|が(?!立|巡|担|常|交|確|当|同)|は|影|相)"
        r"|名(?!称|前)|persons?(?![a-z])|people(?![a-z])|(?:members?(?: of staff)?|guards|(?:security )?officers|attendants"
        r"|employees|patrollers|wardens|stewards)(?![a-z])"
    ),
    "colours": r"色|colou?rs?(?![a-z])",
    "points": r"ポイント|points?(?![a-z])|pt(?![a-z])",
    "floors": r"階建て?|stor(?:e?y|ies)(?![a-z])|floors(?![a-z])",
    "count": (
        r"[箇かヶヵカ]所|個所|個|つ|台分|台|項目|枚|本|基|灯(?![り具火油])"
        r"|部(?![分屋品材外内長会署位門局下員])|冊|セット|脚"
        r"|items?(?![a-z])|units?(?![a-z])|cameras?(?![a-z])"
        r"|buttons?(?![a-z])|copies(?![a-z])|sets(?= of )"
    ),
}
"""How each unit is written; `warib` is a tenth."""

_UNIT = "|".join(f"(?P<{unit}>{forms})" for unit, forms in UNIT_FORMS.items())
_LOWER_UNIT = "|".join(UNIT_FORMS.values())
PLAIN = re.compile(
    rf"(?P<low>{NUMBER})(?:(?P<lowunit>\s?(?:{_LOWER_UNIT}))?{_TO}(?P<high>{NUMBER}))?"
    rf"(?P<middle> or (?:more|over|fewer|less))?{_SPACE}(?:{_UNIT})(?P<half>半(?![分数額角径透屋]))?"
)
COMPOUND_LENGTH = re.compile(
    rf"(?P<m>{NUMBER})\s?(?P<unit>メートル|メーター|met(?:re|er)s?|m(?![a-z]))\s?(?P<cm>{NUMBER})"
    r"(?P<cmunit>\s?(?:センチ(?:メートル)?|cm))?(?![\d.]*\s?(?:m|ルクス|lx|lux|%|メートル))"
)
SIDE = re.compile(
    rf"(?P<n>{NUMBER})(?=\s?(?:[x×✕]|by|かける)\s?(?:{NUMBER})\s?(?:(?P<mm>{UNIT_FORMS['mm']})|(?P<cm>{UNIT_FORMS['cm']})|(?P<m>{UNIT_FORMS['m']})))"
)
"""The first of two sides that share a unit (`800 x 600 mm`)."""
PER_SECOND = re.compile(
    r"(?:毎秒|[1一]秒(?:間)?(?:に|あたり|当たり|当り|につき)?|per second,? )\s?"
    rf"(?P<n>{NUMBER})\s?(?:枚|コマ|フレーム|frames?|images?|pictures?)"
)
CLOCK = re.compile(
    rf"(?:(?P<half>午前|午後|深夜|夜|朝|夕方)\s?)?(?P<h>\d{{1,2}}|{KANJI})時(?!間)(?:(?P<m>\d{{1,2}}|{KANJI})分|(?P<hm>半))?"
)
AFTER_ONE_OCLOCK = re.compile(r"\s|$|[、。,.)）~半台頃-]|ごろ|から|まで|に|以|過ぎ")
CLOCK_COLON = re.compile(
    r"(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])(?:\s?(?P<half>[ap])\.?m(?![a-z])\.?)?"
)
CLOCK_ENGLISH = re.compile(r"(?<!\d)(?P<h>\d{1,2})\s?(?P<half>[ap])\.?m(?![a-z])\.?")
NOON = re.compile(r"正午|(?<![a-z])noon(?![a-z])")
MIDNIGHT = re.compile(r"(?<![a-z])midnight(?![a-z])")
DATE = re.compile(r"\d{1,2}月\s?\d{1,2}日|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
ADVERB = re.compile(r"(?<![a-z])(?P<n>twice|thrice)(?![a-z])|(?<=に)(?P<ja>[一二三1-3])度(?![以未])")
PER_ASKED = re.compile(
    r"(?:1|一)(?:秒間?|分間?|台|個|人|枚|か所|箇所)(?:に|で|あたり|当たり|当り|につき|ごとに|分?の)*(?=\s?(?:最低|少なくとも|おおむね)?\s?何)"
    r"|(?<=何[年月日]に)[1一](?:回|度)|(?<=何か月に)[1一](?:回|度)"
)
"""Per what a number is asked for (`1秒に何枚`), which is no number that is told."""
HALF_YEAR = re.compile(r"半年間?")
SUFFICIENT = re.compile(
    r"(?!\A十分\Z)十分(?!の|間|以|未満|程度|ほど|くらい|ぐらい|を?[超越]|後|前|おき|ごと|毎|かか|~|で[開解])"
)
ERA = re.compile(rf"(?P<era>明治|大正|昭和|平成|令和)\s?(?P<n>元|\d{{1,2}}|{KANJI})\s?年")
YEAR = re.compile(
    r"(?<!\d)(?P<n>1[89]\d\d|20\d\d)\s?年"
    r"|(?<![a-z])(?:in|since|of|by|around|about|until|from) (?P<en>1[89]\d\d|20\d\d)(?![\da-z])(?! ?(?:lx|lux|m(?![a-z])|mm|cm))"
)
FRACTION = re.compile(
    rf"(?P<d>{NUMBER})分の(?P<n>{NUMBER})|(?<![\d/])(?P<n2>\d)/(?P<d2>\d)(?![\d/])"
    r"|(?<![a-z-])(?:(?P<half>(?:a |one )half)|(?P<third>(?:a|one)[ -]third)|(?P<quarter>(?:a|one)[ -]quarter)"
    r"|(?P<thirds>two[ -]thirds)"
    r"|(?P<quarters>three[ -]quarters))(?= of )"
)

_APPROXIMATELY = r"(?:約|概ね|おおむね|およそ|about |approximately )?"
BEFORE = [
    (
        ">=",
        re.compile(
            r"(?:少なくとも|最低でも|最低限|最低|at least|no less than|not less than|a minimum of|minimum(?: of)?"
            rf"|min\.?|no fewer than|>=|≥|≧)\s?{_APPROXIMATELY}\s?$"
        ),
    ),
    (
        "<=",
        re.compile(
            r"(?:at most|no more than|not more than|(?:no|not) later than"
            r"|up to|a maximum of|maximum(?: of)?|max\.?|within|not exceeding"
            rf"|最大でも|最大|最長でも|長くても|多くても|遅くとも|最長|高々|<=|≤|≦)\s?{_APPROXIMATELY}\s?$"
        ),
    ),
    (
        ">",
        re.compile(
            r"(?:more than|over|above|exceeding|exceeds?|greater than|longer than|higher than|beyond|>)\s?(?:about )?$"
        ),
    ),
    (
        "<",
        re.compile(r"(?:less than|under|below|fewer than|shorter than|lower than|short of|<)\s?(?:about )?$"),
    ),
]
"""Comparators that stand before a number."""

AFTER = [
    (
        ">=",
        re.compile(
            r"\s?(?:程度)?(?:以上|を下限|が下限|or more|or above|or higher|or over|or longer|or greater|or better|minimum"
            r"|and above|and over|\+)"
        ),
    ),
    (">", re.compile(r"\s?(?:を?[超越]|より(?:も)?(?:大き|高|長|多|明る|上)|を?上回)")),
    (
        "<",
        re.compile(
            r"\s?(?:程度)?(?:未満|に満たな|に届かな|に達しな|もな[いく]|を?下回|を切[るっ]|を割[るっり]"
            r"|より(?:も)?(?:小さ|低|短|少な|暗|下))"
        ),
    ),
    (
        "<=",
        re.compile(
            r"\s?(?:程度)?(?:以下|以内|を上限|が上限|まで(?!の(?:最短|距離))|or less|or below|or lower|or fewer|or shorter"
            r"|maximum|at most)"
        ),
    ),
]
"""Comparators that stand after a unit."""

MIDDLE = {"more": ">=", "over": ">=", "fewer": "<=", "less": "<="}
APPROXIMATE_BEFORE = re.compile(
    r"(?:約|概ね|おおむね|おおよそ|およそ|大体|だいたい|ほぼ|about|approximately|around|roughly|some|circa)\s?$"
)
APPROXIMATE_AFTER = re.compile(r"\s?(?:程度|ほど|くらい|ぐらい|前後|or so)")
