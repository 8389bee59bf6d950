"""The manifest of a QTI package: the test, its items and images, and what items are about, as LOM metadata."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from content.characters import drop_forbidden
from content.questions import Question
from content.quiz import Quiz
from qti_export.qti.dialect import Dialect
from qti_export.xml_text import SLOT
from qti_export.xml_tree import add, element, stream

LOM = "http://ltsc.ieee.org/xsd/LOM"


@dataclass(frozen=True, slots=True)
class Resource:
    """A document of the package: a ``test`` or an ``item``, with the images that it shows.

    ``question`` is that of an item, ``items`` are the identifiers of those of a test.
    """

    identifier: str
    kind: str
    path: str
    question: Question | None = None
    items: list[str] = field(default_factory=list)
    shows: list[str] = field(default_factory=list)


def document(quiz: Quiz, resources: Sequence[Resource], dialect: Dialect) -> Iterator[bytes]:
    """Yield the manifest. Identifiers with a point are its own: no id holds one."""
    root = element("manifest", xmlns=dialect.manifest_namespace, identifier=f"{quiz.id}.manifest")
    metadata = add(root, "metadata")
    add(metadata, "schema", dialect.schema)
    add(metadata, "schemaversion", dialect.schema_version)
    add(root, "organizations")
    add(add(root, "resources"), SLOT)
    paths = dict.fromkeys(path for resource in resources for path in resource.shows)
    images = {path: f"{quiz.id}.image.{number}" for number, path in enumerate(paths, start=1)}
    return stream(root, _resources(resources, images, dialect))


def _resources(resources: Iterable[Resource], images: dict[str, str], dialect: Dialect) -> Iterator[etree._Element]:
    for resource in resources:
        made = _resource(resource.identifier, f"imsqti_{resource.kind}_{dialect.suffix}", resource.path)
        if resource.question is not None and (resource.question.tags or resource.question.outcomes):
            made.insert(0, _labels(resource.question))
        for identifier in (*resource.items, *(images[path] for path in resource.shows)):
            add(made, "dependency", identifierref=identifier)
        yield made
    for path, identifier in images.items():
        yield _resource(identifier, "webcontent", path)


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
