"""What tells QTI 2.1, 2.2 and 3.0 apart. All else is the same in the three, and written with the words of 2.x."""

import re
from dataclasses import dataclass
from functools import cache

from lxml import etree

from content.characters import drop_forbidden
from qti_export import xml_tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """A version of QTI.

    ``target`` and ``label`` are what the command and people call it. ``schema`` and ``schema_version`` name it in the
    manifest, ``suffix`` in the types of its resources. Where ``hyphened``, as in 3.0, its elements are called
    ``qti-simple-choice`` and its attributes ``max-choices``, feedback stands in a ``qti-content-body``, and HTML has
    ``details``; else hints are an ``infoControl``. ``has_direction`` says whether elements of HTML may have ``dir``,
    ``has_external_scoring`` whether an outcome may say that a person decides on it.
    """

    target: str
    label: str
    namespace: str
    location: str
    manifest_namespace: str
    schema: str
    schema_version: str
    suffix: str
    hyphened: bool = False
    has_direction: bool = True
    has_external_scoring: bool = True

    def element(self, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
        """Return an element of QTI, named by its 2.x names."""
        if not self.hyphened:
            return xml_tree.element(tag, text, **attributes)
        return xml_tree.element(f"qti-{_hyphened(tag)}", text, **_renamed(attributes))

    def add(self, parent: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
        """Append a new element of QTI, named by its 2.x names, to ``parent`` and return it."""
        if not self.hyphened:
            return xml_tree.add(parent, tag, text, **attributes)
        return xml_tree.add(parent, f"qti-{_hyphened(tag)}", text, **_renamed(attributes))

    def root(self, tag: str, **attributes: str) -> etree._Element:
        """Return the root of a document of QTI, which says its namespace and where the schema is to be had."""
        tag = f"qti-{_hyphened(tag)}" if self.hyphened else tag
        root = etree.Element(tag, nsmap={"xsi": XSI})
        root.set("xmlns", self.namespace)
        root.set(f"{{{XSI}}}schemaLocation", f"{self.namespace} {self.location}")
        for name, value in (_renamed(attributes) if self.hyphened else attributes).items():
            root.set(name, drop_forbidden(value))
        return root


XSI = "http://www.w3.org/2001/XMLSchema-instance"


def _renamed(attributes: dict[str, str]) -> dict[str, str]:
    return {_hyphened(name): value for name, value in attributes.items()}


@cache
def _hyphened(name: str) -> str:
    """Return a name of 2.x as 3.0 writes it: ``simpleChoice`` is ``simple-choice``."""
    return re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
