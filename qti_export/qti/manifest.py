"""The manifest of a QTI package: the test, its items, and what they are about, as learning object metadata (LOM)."""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from content.characters import drop_forbidden
from content.questions import Question
from content.quiz import Quiz
from qti_export.qti.dialect import Dialect
from qti_export.xml_tree import SLOT, add, element, stream

LOM = "http://ltsc.ieee.org/xsd/LOM"

TEST_PATH = "test.xml"


def document(quiz: Quiz, paths: Mapping[str, str], dialect: Dialect) -> Iterator[bytes]:
    """Yield the manifest. ``paths`` says where the item of each question stands, by its id."""
    root = element("manifest", xmlns=dialect.manifest_namespace, identifier=f"{quiz.id}.manifest")
    metadata = add(root, "metadata")
    add(metadata, "schema", dialect.schema)
    add(metadata, "schemaversion", dialect.schema_version)
    add(root, "organizations")
    add(add(root, "resources"), SLOT)
    return stream(root, _resources(quiz, paths, dialect))


def item_identifier(quiz: Quiz, question: Question) -> str:
    """Return an identifier that no other quiz's item has: item banks keep items of many quizzes side by side."""
    return f"{quiz.id}__{question.id}"


def _resources(quiz: Quiz, paths: Mapping[str, str], dialect: Dialect) -> Iterator[etree._Element]:
    test = _resource(quiz.id, f"imsqti_test_{dialect.suffix}", TEST_PATH)
    for question in quiz.questions:
        add(test, "dependency", identifierref=item_identifier(quiz, question))
    yield test
    for question in quiz.questions:
        identifier = item_identifier(quiz, question)
        resource = _resource(identifier, f"imsqti_item_{dialect.suffix}", paths[question.id])
        if question.tags or question.outcomes:
            resource.insert(0, _labels(question))
        yield resource


def _resource(identifier: str, type_: str, path: str) -> etree._Element:
    resource = element("resource", identifier=identifier, type=type_, href=path)
    add(resource, "file", href=path)
    return resource


def _labels(question: Question) -> etree._Element:
    """Return the metadata of an item: its tags as keywords, its learning outcomes as an educational objective."""
    metadata = element("metadata")
    lom = etree.SubElement(metadata, f"{{{LOM}}}lom", nsmap={"lom": LOM})
    if question.tags:
        _add_texts(etree.SubElement(lom, f"{{{LOM}}}general"), question.tags)
    if question.outcomes:
        classification = etree.SubElement(lom, f"{{{LOM}}}classification")
        purpose = etree.SubElement(classification, f"{{{LOM}}}purpose")
        etree.SubElement(purpose, f"{{{LOM}}}source").text = "LOMv1.0"
        etree.SubElement(purpose, f"{{{LOM}}}value").text = "educational objective"
        _add_texts(classification, question.outcomes)
    return metadata


def _add_texts(parent: etree._Element, texts: Iterable[str]) -> None:
    for text in texts:
        keyword = etree.SubElement(parent, f"{{{LOM}}}keyword")
        etree.SubElement(keyword, f"{{{LOM}}}string").text = drop_forbidden(text)
