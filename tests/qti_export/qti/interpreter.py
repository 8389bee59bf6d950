"""A delivery engine in small: reads an item, takes responses, and runs its response processing.

It knows only what the specification of QTI says about the expressions (ASI Information Model 2.1, sections 15 and 16;
they are the same in 2.2 and 3.0), reckons in fractions, and is strict: operands of a type that the specification does
not allow are errors. Elements of 3.0 are read by their names of 2.x.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lxml import etree

NUMBERS = {"float", "integer"}


@dataclass(frozen=True)
class Value:
    """A value that is not NULL: a single one has one item. A container without items is NULL."""

    cardinality: str
    base_type: str
    items: tuple[Any, ...]


def single(base_type: str, item: Any) -> Value:
    return Value("single", base_type, (item,))


def normal(root: etree._Element) -> etree._Element:
    """The tree with the names of 2.x and no namespaces but MathML's."""
    for node in root.iter(etree.Element):
        name = etree.QName(node)
        if name.namespace == "http://www.w3.org/1998/Math/MathML":
            continue
        node.tag = _camel(name.localname.removeprefix("qti-"))
        for attribute, value in list(node.attrib.items()):
            del node.attrib[attribute]
            node.set(_camel(attribute) if not attribute.startswith("{") else attribute, value)
    return root


def _camel(name: str) -> str:
    return re.sub("-([a-z])", lambda letter: letter[1].upper(), name)


def read(base_type: str, text: str) -> Any:
    match base_type:
        case "float" | "integer":
            return Fraction(text)
        case "boolean":
            return {"true": True, "false": False}[text]
        case "directedPair":
            first, second = text.split()
            return (first, second)
        case "identifier" | "string":
            return text
    raise AssertionError(base_type)


class Session:
    """One attempt at an item. ``maps_null`` says what an engine makes of the mapping of no response.

    The specification leaves that open: either nothing (NULL) or the mapping's default.
    """

    def __init__(self, item: etree._Element, responses: Mapping[str, Value | None], *, maps_null: bool) -> None:
        self.item = item
        self.maps_null = maps_null
        self.declared = {node.get("identifier"): node for node in item if node.tag.endswith("Declaration")}
        assert set(responses) <= set(self.declared)
        self.values: dict[str, Value | None] = {}
        for identifier, node in self.declared.items():
            self.values[identifier] = self._default(node)
        for identifier, value in responses.items():
            self._check(identifier, value)
            self.values[identifier] = value
        for rule in item.iterfind("responseProcessing/*"):
            self._run(rule)

    @property
    def score(self) -> Fraction:
        value = self.values["SCORE"]
        return Fraction(0) if value is None else value.items[0]

    @property
    def feedback(self) -> list[etree._Element]:
        """The modal feedback that is shown."""
        shown = self.values.get("FEEDBACK")
        names = set() if shown is None else set(shown.items)
        every = self.item.findall("modalFeedback")
        assert names <= {node.get("identifier") for node in every}
        return [node for node in every if node.get("identifier") in names]

    def _default(self, node: etree._Element) -> Value | None:
        texts = [value.text or "" for value in node.iterfind("defaultValue/value")]
        return self._value(node, texts)

    def _value(self, node: etree._Element, texts: list[str]) -> Value | None:
        base_type = node.get("baseType")
        items = tuple(read(base_type, text) for text in texts)
        return Value(node.get("cardinality"), base_type, items) if items else None

    def _check(self, identifier: str, value: Value | None) -> None:
        node = self.declared[identifier]
        assert value is None or (value.cardinality, value.base_type) == (node.get("cardinality"), node.get("baseType"))

    def _run(self, rule: etree._Element) -> None:
        if rule.tag == "setOutcomeValue":
            [expression] = rule
            value = self.evaluate(expression)
            assert self.declared[rule.get("identifier")].tag == "outcomeDeclaration"
            self._check(rule.get("identifier"), value)
            self.values[rule.get("identifier")] = value
            return
        assert rule.tag == "responseCondition"
        assert rule[0].tag == "responseIf"
        for branch in rule:
            rules = list(branch)
            if branch.tag != "responseElse":
                if not self._is_true(rules.pop(0)):
                    continue
            else:
                assert branch is rule[-1]
            for inner in rules:
                self._run(inner)
            return

    def _is_true(self, expression: etree._Element) -> bool:
        value = self.evaluate(expression)
        assert value is None or (value.cardinality, value.base_type) == ("single", "boolean")
        return value is not None and value.items[0]

    def evaluate(self, node: etree._Element) -> Value | None:
        if node.tag in {"variable", "correct", "mapResponse", "baseValue"}:
            return getattr(self, f"_{node.tag}")(node)
        values = [self.evaluate(child) for child in node]
        if node.tag in {"isNull", "multiple", "and", "or"}:
            return getattr(self, f"_{node.tag}")(node, values)
        if None in values:  # of all other operators: "If any of the sub-expressions is NULL the result is NULL."
            return None
        return getattr(self, f"_{node.tag}")(node, *values)

    def _variable(self, node: etree._Element) -> Value | None:
        return self.values[node.get("identifier")]

    def _correct(self, node: etree._Element) -> Value | None:
        declared = self.declared[node.get("identifier")]
        return self._value(declared, [value.text or "" for value in declared.iterfind("correctResponse/value")])

    def _baseValue(self, node: etree._Element) -> Value:  # noqa: N802 - QTI's name
        return single(node.get("baseType"), read(node.get("baseType"), node.text or ""))

    def _mapResponse(self, node: etree._Element) -> Value | None:  # noqa: N802
        declared = self.declared[node.get("identifier")]
        mapping, value = declared.find("mapping"), self.values[node.get("identifier")]
        assert mapping is not None
        if value is None:
            return single("float", Fraction(mapping.get("defaultValue"))) if self.maps_null else None
        items = value.items if value.cardinality == "single" else tuple(dict.fromkeys(value.items))
        total = sum((self._mapped(mapping, declared.get("baseType"), item) for item in items), Fraction(0))
        return single("float", max(total, Fraction(mapping.get("lowerBound"))))

    def _mapped(self, mapping: etree._Element, base_type: str, item: Any) -> Fraction:
        for entry in mapping.iterfind("mapEntry"):
            ignores_case = base_type == "string" and entry.get("caseSensitive", "true") == "false"
            key = read(base_type, entry.get("mapKey"))
            if key == item or (ignores_case and key.lower() == item.lower()):
                return Fraction(entry.get("mappedValue"))
        return Fraction(mapping.get("defaultValue"))

    def _isNull(self, _node: etree._Element, values: list[Value | None]) -> Value:  # noqa: N802
        [value] = values
        return single("boolean", value is None)

    def _multiple(self, _node: etree._Element, values: list[Value | None]) -> Value | None:
        given = [value for value in values if value is not None]
        assert all(value.cardinality in {"single", "multiple"} for value in given)
        assert len({value.base_type for value in given}) <= 1
        items = tuple(item for value in given for item in value.items)
        return Value("multiple", given[0].base_type, items) if items else None

    def _and(self, _node: etree._Element, values: list[Value | None]) -> Value | None:
        given = self._booleans(values)
        return single("boolean", False) if False in given else None if None in given else single("boolean", True)

    def _or(self, _node: etree._Element, values: list[Value | None]) -> Value | None:
        given = self._booleans(values)
        return single("boolean", True) if True in given else None if None in given else single("boolean", False)

    def _booleans(self, values: list[Value | None]) -> list[bool | None]:
        assert all(value is None or value.base_type == "boolean" for value in values)
        return [None if value is None else value.items[0] for value in values]

    def _not(self, _node: etree._Element, value: Value) -> Value:
        assert value.base_type == "boolean"
        return single("boolean", not value.items[0])

    def _match(self, _node: etree._Element, one: Value, other: Value) -> Value:
        assert (one.cardinality, one.base_type) == (other.cardinality, other.base_type)
        assert one.base_type not in {"float", "duration"}  # "must not be used" on these
        same = sorted(one.items) == sorted(other.items) if one.cardinality == "multiple" else one.items == other.items
        return single("boolean", same)

    def _stringMatch(self, node: etree._Element, one: Value, other: Value) -> Value:  # noqa: N802
        assert one.base_type == other.base_type == "string"
        first, second = one.items[0], other.items[0]
        if node.get("caseSensitive") == "false":
            first, second = first.lower(), second.lower()
        return single("boolean", first == second)

    def _member(self, _node: etree._Element, one: Value, container: Value) -> Value:
        assert (one.cardinality, one.base_type) == ("single", container.base_type)
        assert container.cardinality != "single"
        return single("boolean", one.items[0] in container.items)

    def _index(self, node: etree._Element, container: Value) -> Value | None:
        assert container.cardinality == "ordered"
        place = int(node.get("n"))
        return single(container.base_type, container.items[place - 1]) if place <= len(container.items) else None

    def _equal(self, node: etree._Element, one: Value, other: Value) -> Value:
        assert node.get("toleranceMode") == "exact"
        return single("boolean", self._number(one) == self._number(other))

    def _gt(self, _node: etree._Element, one: Value, other: Value) -> Value:
        return single("boolean", self._number(one) > self._number(other))

    def _gte(self, _node: etree._Element, one: Value, other: Value) -> Value:
        return single("boolean", self._number(one) >= self._number(other))

    def _lte(self, _node: etree._Element, one: Value, other: Value) -> Value:
        return single("boolean", self._number(one) <= self._number(other))

    def _sum(self, _node: etree._Element, *values: Value) -> Value:
        return single("float", sum(map(self._number, values), Fraction(0)))

    def _product(self, _node: etree._Element, one: Value, other: Value) -> Value:
        return single("float", self._number(one) * self._number(other))

    def _divide(self, _node: etree._Element, one: Value, other: Value) -> Value | None:
        return single("float", self._number(one) / self._number(other)) if self._number(other) else None

    def _number(self, value: Value) -> Fraction:
        assert value.cardinality == "single"
        assert value.base_type in NUMBERS
        return value.items[0]
