"""Put tests, nodes and known facts into plain Japanese or English, with the labels of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable

from kb.model.base import Language, Text
from kb.model.facts import FactValue, PlaceInstance
from kb.model.finding import Reason
from kb.model.knowledge import Vocabulary
from kb.model.requirement import Node, Test
from kb.model.vocabulary import Fact
from kb.quantity import Quantity, format_quantity
from kb.rules.leaf import gap
from kb.rules.words import ABOUT, BUILDING, KINDS, LIMITS, OPERATOR, OPPOSITE, denied, measure_label, negated


class Speaker:
    """Speaks one language."""

    def __init__(self, vocabulary: Vocabulary, language: Language) -> None:
        self.language = language
        self._vocabulary = vocabulary
        self._ja = language == "ja"

    def place(self, place: str) -> str:
        """Name a place."""
        special = {"building": BUILDING, "operator": OPERATOR}.get(place)
        if special is not None:
            return special.get(self.language)
        entry = self._vocabulary.places.get(place)
        return place if entry is None else entry.label.get(self.language)

    def fact(self, fact: str, measure: str | None = None) -> str:
        """Name a fact, with how it is measured."""
        entry = self._vocabulary.facts.get(fact)
        label = fact if entry is None else entry.label.get(self.language)
        if measure is None:
            return label
        how = measure_label(measure).get(self.language)
        return label if how in label else self._aside(label, how)

    def _aside(self, text: str, remark: str) -> str:
        return f"{text}（{remark}）" if self._ja else f"{text} ({remark})"

    def value(self, fact: str, known: FactValue) -> str:
        """Write the value of a fact."""
        value = known.value
        if isinstance(value, bool):
            return ("はい" if value else "いいえ") if self._ja else ("yes" if value else "no")
        if isinstance(value, Quantity):
            return format_quantity(value, self.language)
        if isinstance(value, str):
            return self._quoted([self._choice(fact, value)])
        if isinstance(value, frozenset):
            known_order = list(self._choices(fact))
            ordered = sorted(value, key=lambda one: (known_order.index(one) if one in known_order else 999, one))
            return self._quoted([self._choice(fact, one) for one in ordered]) or self._none()
        separator = "、" if self._ja else ", "
        return separator.join(format_quantity(one, self.language) for one in value) or self._none()

    def _none(self) -> str:
        return "なし" if self._ja else "none"

    def _choices(self, fact: str) -> dict[str, object]:
        entry = self._vocabulary.facts.get(fact)
        return {} if entry is None else dict(entry.choices)

    def _choice(self, fact: str, choice: str) -> str:
        entry: Fact | None = self._vocabulary.facts.get(fact)
        found = None if entry is None else entry.choices.get(choice)
        if found is not None and found.label is not None:
            return found.label.get(self.language)
        building = self._vocabulary.buildings.get(choice)
        return choice if building is None else building.label.get(self.language)

    def _quoted(self, names: list[str]) -> str:
        return "".join(f"「{name}」" for name in names) if self._ja else ", ".join(f'"{name}"' for name in names)

    def test(self, fact: str, test: Test, holds: bool = True) -> str:
        """Say that a fact passes a test, or that it does not."""
        if test.is_ is not None:
            return self._statement(fact, test.is_ == holds)
        name = self.fact(fact, test.measure)
        compared = test.limits
        if compared:
            return self._limited(fact, name, test, holds)
        if test.includes_any is not None or test.includes_all is not None:
            phrase = self._includes(fact, name, test)
        else:
            chosen = test.one_of if test.one_of is not None else (str(test.equals),)
            listed = self._quoted([self._choice(fact, one) for one in chosen])
            several = len(chosen) > 1
            if self._ja:
                phrase = f"{name}が{listed}のいずれか" if several else f"{name}が{listed}"
            else:
                phrase = f"{name} is one of {listed}" if several else f"{name} is {listed}"
        return phrase if holds else self._negated(phrase)

    def _statement(self, fact: str, true: bool) -> str:
        label = self.fact(fact)
        return label if true else self._negated(label)

    def _negated(self, phrase: str) -> str:
        return negated(phrase, self.language)

    def _limited(self, fact: str, name: str, test: Test, holds: bool) -> str:
        compared = test.limits
        entry = self._vocabulary.facts.get(fact)
        every = entry is not None and entry.type == "quantity_list"
        turned = not holds and len(compared) == 1 and compared[0][0] in OPPOSITE and not every
        if turned:
            compared = ((OPPOSITE[compared[0][0]], compared[0][1]),)
            holds = True
        about = ABOUT.get(self.language) if test.approximate and not turned else ""
        written = [
            LIMITS[operator].get(self.language).format(about=about, limit=format_quantity(limit, self.language))
            for operator, limit in compared
        ]
        bounds = "".join(written) if self._ja else " and ".join(written)
        if self._ja:
            phrase = f"{name}がすべて{bounds}" if every else f"{name}が{bounds}"
        else:
            phrase = f"{name}: each {bounds}" if every else f"{name} {bounds}"
        return phrase if holds else self._negated(phrase)

    def _includes(self, fact: str, name: str, test: Test) -> str:
        phrases = []
        for choices, ja, en in (
            (test.includes_any, "のいずれかを含む", "one of "),
            (test.includes_all, "のすべてを含む", "all of "),
        ):
            if choices is not None:
                listed = self._quoted([self._choice(fact, one) for one in choices])
                several = len(choices) > 1
                if self._ja:
                    phrases.append(f"{name}に{listed}{ja if several else 'を含む'}")
                else:
                    phrases.append(f"{name} includes {en if several else ''}{listed}")
        return ("、かつ" if self._ja else " and ").join(phrases)

    def node(self, node: Node, nested: bool = False) -> str:
        """Say what a node asks for."""
        text = self._plain(node, nested or bool(node.when or node.unless or node.at))
        if node.at is not None:
            text = self._at(node, text)
        if node.unless is not None:
            exception = self.node(node.unless, True)
            text = self._aside(text, f"{exception}なら対象外" if self._ja else f"not where {exception}")
        if node.when is not None:
            condition = self.node(node.when, True)
            text = f"{condition}なら、{text}" if self._ja else f"where {condition}, {text}"
        if node.proviso is not None:
            text = self._aside(text, node.proviso.get(self.language))
        return text

    def _at(self, node: Node, text: str) -> str:
        assert node.at is not None
        place = self.place(node.at.place)
        every = node.at.which == "every"
        which = ("すべての" if every else "いずれかの") if self._ja else ("every " if every else "any ")
        chosen = ""
        if node.at.when is not None:
            condition = self.node(node.at.when, True)
            chosen = f"（{condition}）" if self._ja else f" where {condition}"
        return f"{which}{place}{chosen}で、{text}" if self._ja else f"at {which}“{place}”{chosen}, {text}"

    def _plain(self, node: Node, nested: bool) -> str:
        if node.fact is not None and node.test is not None:
            return self.test(node.fact, node.test)
        if node.place is not None:
            return self.there_is(node.place)
        if node.kind == "not":
            child = node.children[0]
            if child.kind == "fact" and child.fact and child.test and not (child.when or child.unless or child.at):
                return self.test(child.fact, child.test, holds=False)
            return denied(self.node(child), self.language)
        if node.kind == "if":
            condition, then = (self.node(child, True) for child in node.children)
            return f"{condition}なら、{then}" if self._ja else f"if {condition}, then {then}"
        if len(node.children) == 1:
            return self.node(node.children[0], nested)
        items = [self.node(child, True) for child in node.children]
        joint = {
            "all_of": ("、かつ", " and "),
            "any_of": ("、または", " or "),
        }[node.kind][0 if self._ja else 1]
        text = joint.join(items)
        return text if not nested else f"（{text}）" if self._ja else f"({text})"

    def there_is(self, place: str, present: bool = True) -> str:
        """Say that there is a place, or that there is none."""
        name = self.place(place)
        if self._ja:
            return f"{name}がある" if present else f"{name}がない"
        return f"there is this place: {name}" if present else f"there is no such place: {name}"

    def listed(self, items: Iterable[str]) -> str:
        """Join items, each once."""
        return ("、" if self._ja else ", ").join(dict.fromkeys(items))

    def unknown(self) -> str:
        """Say that something is not known."""
        return "不明" if self._ja else "not known"

    def elsewhere(self, place: PlaceInstance, text: str) -> str:
        """Say something of another place."""
        name = place.name or self.place(place.place)
        return f"{name}: {text}"

    def remark(self, fact: str, measure: str | None, remark: Text) -> str:
        """Say something of a fact."""
        return f"{self.fact(fact, measure)}: {remark.get(self.language)}"

    def known(self, reason: Reason) -> str:
        """Say what is known of the fact that a reason tests."""
        fact = reason.fact or ""
        parts = []
        for known in reason.operand:
            if isinstance(known.value, bool):
                parts.append(self._statement(fact, known.value))
            else:
                parts.append(f"{self.fact(fact, known.measure)}: {self.value(fact, known)}")
        return self.listed(parts)

    def lack(self, reason: Reason) -> str:
        """Say what the fact lacks that a failing reason tests."""
        fact, test = reason.fact, reason.test
        if fact is None or test is None:
            needed = "" if reason.node is None else self.node(reason.node)
            return f"必要: {needed}" if self._ja else f"needed: {needed}"
        lacking = gap(test, reason.operand)
        if lacking is None or lacking[0].value == 0:
            needed = self.test(fact, test)
            return f"必要: {needed}" if self._ja else f"needed: {needed}"
        amount, name = format_quantity(lacking[0], self.language), self.fact(fact, test.measure)
        if self._ja:
            return f"{name}が{amount}超えている" if lacking[1] else f"{name}があと{amount}足りない"
        return f"{name} is {amount} too much" if lacking[1] else f"{name} is {amount} short"

    def question(self, fact: str, measure: str | None = None) -> str:
        """Ask for a fact, measured in one way."""
        entry = self._vocabulary.facts.get(fact)
        usual = entry is None or measure is None or measure in entry.measures[:1]
        if entry is not None and entry.question is not None and usual:
            return entry.question.get(self.language)
        label, kind = self.fact(fact, measure), "" if entry is None else entry.type
        if kind == "quantity_list":
            return f"{label}はそれぞれいくつですか。" if self._ja else f"What is each of these: {label}?"
        if kind == "quantity":
            return f"{label}はいくつですか。" if self._ja else f"What is the figure: {label}?"
        if kind in ("choice", "list"):
            return f"{label}: 次のどれに当たりますか。" if self._ja else f"{label}: which of these?"
        return f"「{label}」に当たりますか。" if self._ja else f"Is it so: {label}?"

    def reason(self, reason: Reason) -> str:
        """Say in a line what a reason is about."""
        if reason.fact is not None and reason.test is not None:
            return self.test(reason.fact, reason.test)
        if reason.node is not None and reason.node.place is not None:
            return self.there_is(reason.node.place)
        if reason.node is not None and reason.node.at is not None:
            place = self.place(reason.node.at.place)
            if self._ja:
                return f"{'すべての' if reason.kind == 'every' else 'いずれかの'}{place}（{reason.total}か所）"
            return f"{reason.kind} “{place}” ({reason.total})"
        if reason.kind in ("requirement", "part", "instance"):
            return reason.place.name or self.place(reason.place.place)
        return KINDS[reason.kind].get(self.language)

    def presence(self, place: str) -> str:
        """Ask whether there is a place."""
        return f"{self.place(place)}はありますか。" if self._ja else f"Is there this place: {self.place(place)}?"

    def options(self, fact: str) -> list[tuple[str, str]]:
        """List the answers that a question allows, with their labels; none for a quantity."""
        entry = self._vocabulary.facts.get(fact)
        if entry is None or entry.type == "boolean":
            return [("true", "はい" if self._ja else "yes"), ("false", "いいえ" if self._ja else "no")]
        return [(choice, self._choice(fact, choice)) for choice in entry.choices]
