"""QTI 1.2.1 (IMS ASI XML binding), as far as Canvas and Common Cartridge are told the same in it."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from qti_export.xml_tree import SLOT, add, element, stream

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"

RESPONSE = "response1"
"""The ident of a question's response. Canvas treats some others specially (``RESP_MC``, ``response``, ``TF...``)."""

FULL_SCORE = "100"
"""Moodle's importer knows a right answer to a multiple response by exactly this text; ``100.0`` would not do."""


def assessment(ident: str, title: str, fields: Mapping[str, str], items: Iterable[etree._Element]) -> Iterator[bytes]:
    """Yield the document of an assessment with its items in one section, the only place where Moodle looks for them."""
    root = element("questestinterop", xmlns=NAMESPACE)
    quiz = add(root, "assessment", ident=ident, title=title)
    add_metadata(quiz, fields)
    add(add(quiz, "section", ident="root_section"), SLOT)
    return stream(root, items)


def objectbank(ident: str, fields: Mapping[str, str], items: Iterable[etree._Element]) -> Iterator[bytes]:
    """Yield the document of a question bank with its items."""
    root = element("questestinterop", xmlns=NAMESPACE)
    bank = add(root, "objectbank", ident=ident)
    add_metadata(bank, fields)
    add(bank, SLOT)
    return stream(root, items)


def new_item(ident: str, title: str, fields: Mapping[str, str]) -> etree._Element:
    """Return an item with its metadata; the presentation comes next."""
    item = element("item", ident=ident, title=title)
    add_metadata(add(item, "itemmetadata"), fields)
    return item


def add_metadata(parent: etree._Element, fields: Mapping[str, str]) -> None:
    """Append a ``qtimetadata`` with one field for each label and entry."""
    metadata = add(parent, "qtimetadata")
    for label, entry in fields.items():
        field = add(metadata, "qtimetadatafield")
        add(field, "fieldlabel", label)
        add(field, "fieldentry", entry)


def add_presentation(
    item: etree._Element, stem: str, choices: Iterable[tuple[str, str]], cardinality: str
) -> etree._Element:
    """Append the stem and the choices (ident and HTML of each); ``cardinality`` is ``Single`` or ``Multiple``."""
    presentation = add(item, "presentation")
    add_material(presentation, stem)
    response = add(presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality)
    rendering = add(response, "render_choice")
    for ident, html in choices:
        add_material(add(rendering, "response_label", ident=ident), html)
    return presentation


def add_material(parent: etree._Element, html: str) -> None:
    """Append HTML as ``text/html`` with its tags escaped: the one form that Classic and New Quizzes both read right.

    New Quizzes un-escapes CDATA twice and takes ``text/plain`` for HTML.
    """
    add(add(parent, "material"), "mattext", html, texttype="text/html")


def add_processing(item: etree._Element) -> etree._Element:
    """Append the response processing with its one outcome, SCORE, and return it for its conditions."""
    processing = add(item, "resprocessing")
    add(add(processing, "outcomes"), "decvar", maxvalue=FULL_SCORE, minvalue="0", varname="SCORE", vartype="Decimal")
    return processing


def add_condition(
    processing: etree._Element,
    test: Iterable[etree._Element],
    *,
    scores: bool = False,
    shows: Iterable[str] = (),
    goes_on: bool = False,
) -> None:
    """Append a condition: where the test holds it earns all (``scores``) and shows the feedback with these idents.

    ``goes_on`` says whether the conditions after it are looked at as well.
    """
    condition = add(processing, "respcondition", **{"continue": "Yes" if goes_on else "No"})
    add(condition, "conditionvar").extend(test)
    if scores:
        add(condition, "setvar", FULL_SCORE, action="Set", varname="SCORE")
    for ident in shows:
        add(condition, "displayfeedback", feedbacktype="Response", linkrefid=ident)


def picked(ident: str) -> etree._Element:
    """Return the test that this choice was picked."""
    return element("varequal", ident, respident=RESPONSE)


def always() -> etree._Element:
    """Return the test that holds for every response."""
    return element("other")


def picked_exactly(right: Iterable[str], wrong: Iterable[str]) -> etree._Element:
    """Return the test that all of these were picked and none of those: ``and`` with ``not``, read alike by all."""
    test = element("and")
    test.extend(picked(ident) for ident in right)
    for ident in wrong:
        add(test, "not").append(picked(ident))
    return test


def add_feedback(item: etree._Element, ident: str, html: str) -> None:
    """Append a feedback as ``flow_mat > material``, the only depth at which New Quizzes and Moodle look for it."""
    add_material(add(add(item, "itemfeedback", ident=ident), "flow_mat"), html)
