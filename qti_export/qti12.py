"""QTI 1.2.1 (IMS ASI XML binding), as far as Canvas and Common Cartridge are told the same in it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from qti_export.xml_text import SLOT, Xml, element, stream, unescaped

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"

RESPONSE = "response1"
"""The ident of a question's response. Canvas treats some others specially (``RESP_MC``, ``response``, ``TF...``)."""

FULL_SCORE = "100"
"""Moodle's importer knows a right answer to a multiple response by exactly this text; ``100.0`` would not do."""

SCORE = element("decvar", maxvalue=FULL_SCORE, minvalue="0", varname="SCORE", vartype="Decimal")

HTML = re.compile('<mattext texttype="text/html"(?:/>|>([^<]*)</mattext>)')
"""What `mattext` writes."""


def assessment(ident: str, title: str, fields: Mapping[str, str], items: Iterable[Xml]) -> Iterator[bytes]:
    """Yield the document of an assessment with its items in one section, the only place where Moodle looks for them."""
    section = element("section", element(SLOT), ident="root_section")
    quiz = element("assessment", metadata(fields), section, ident=ident, title=title)
    return stream(element("questestinterop", quiz, xmlns=NAMESPACE), items)


def objectbank(ident: str, fields: Mapping[str, str], items: Iterable[Xml]) -> Iterator[bytes]:
    """Yield the document of a question bank with its items."""
    bank = element("objectbank", metadata(fields), element(SLOT), ident=ident)
    return stream(element("questestinterop", bank, xmlns=NAMESPACE), items)


def item(ident: str, title: str, fields: Mapping[str, str], *content: Xml) -> Xml:
    """Return an item with its metadata and its content: presentation, processing, feedback."""
    return element("item", element("itemmetadata", metadata(fields)), *content, ident=ident, title=title)


def metadata(fields: Mapping[str, str]) -> Xml:
    """Return a ``qtimetadata`` with one field for each label and entry."""
    return element("qtimetadata", *[_field(label, entry) for label, entry in fields.items()])


@lru_cache  # nearly every item says the same
def _field(label: str, entry: str) -> Xml:
    return element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))


def presentation(stem: str, *responses: Xml) -> Xml:
    """Return the presentation: the question's text, which is HTML, and how it is answered."""
    return element("presentation", material(stem), *responses)


def choices(texts: Iterable[tuple[str, str]], cardinality: str, *, shuffles: bool = False) -> Xml:
    """Return the response by choices (ident and HTML of each); ``cardinality`` is ``Single`` or ``Multiple``."""
    labels = [element("response_label", material(html), ident=ident) for ident, html in texts]
    shown = element("render_choice", *labels, **({"shuffle": "Yes"} if shuffles else {}))
    return element("response_lid", shown, ident=RESPONSE, rcardinality=cardinality)


def material(html: str) -> Xml:
    """Return HTML for people to read."""
    return element("material", mattext(html))


def mattext(html: str) -> Xml:
    """Return HTML as ``text/html`` with its tags escaped: the one form that Classic and New Quizzes both read right.

    New Quizzes un-escapes CDATA twice and takes ``text/plain`` for HTML.
    """
    return element("mattext", html, texttype="text/html")


def html_of(item: Xml) -> Iterator[str]:
    """Yield the HTML in an item, that of the question's text first."""
    return (unescaped(found[1] or "") for found in HTML.finditer(item))


def with_html(item: Xml, texts: Iterable[str]) -> Xml:
    """Return the item with other HTML in it, in the order of `html_of`."""
    given = iter(texts)
    return Xml(HTML.sub(lambda _: mattext(next(given)), item))


def processing(*conditions: Xml) -> Xml:
    """Return the response processing with its one outcome, SCORE."""
    return element("resprocessing", element("outcomes", SCORE), *conditions)


def condition(*tests: Xml, scores: bool = False, shows: Iterable[str] = (), goes_on: bool = False) -> Xml:
    """Return a condition: where the test holds it earns all (``scores``) and shows the feedback with these idents.

    ``goes_on`` says whether the conditions after it are looked at as well.
    """
    effects = [element("setvar", FULL_SCORE, action="Set", varname="SCORE")] if scores else []
    effects += [element("displayfeedback", feedbacktype="Response", linkrefid=ident) for ident in shows]
    test = element("conditionvar", *tests)
    return element("respcondition", test, *effects, **{"continue": "Yes" if goes_on else "No"})


def picked(ident: str, **how: str) -> Xml:
    """Return the test that this choice was picked, or this text typed."""
    return element("varequal", ident, respident=RESPONSE, **how)


def always() -> Xml:
    """Return the test that holds for every response."""
    return element("other")


def exactly(right: Iterable[Xml], wrong: Iterable[Xml]) -> Xml:
    """Return the test that all of these hold and none of those: ``and`` with ``not``, read alike by all."""
    return element("and", *right, *[element("not", test) for test in wrong])


def feedback(ident: str, html: str) -> Xml:
    """Return a feedback as ``flow_mat > material``, the only depth at which New Quizzes and Moodle look for it."""
    return element("itemfeedback", element("flow_mat", material(html)), ident=ident)
