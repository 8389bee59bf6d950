"""The manifest of a Common Cartridge 1.1. Moodle checks it against the XSD and refuses the restore at any violation."""

from collections.abc import Iterable, Iterator

from lxml import etree

from content.characters import drop_forbidden
from content.quiz import Quiz
from qti_export.xml_tree import add, element, whole

NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
"""Moodle knows a cartridge by this as the default namespace, within the first 1024 bytes of the manifest."""

LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"

QUIZ_PATH = "quiz.xml"
"""At the root of the package: Moodle resolves the paths of pictures from the folder of the quiz's file."""


def document(quiz: Quiz, images: Iterable[str]) -> Iterator[bytes]:
    """Yield the manifest; ``images`` are the paths of those in the package, of which Moodle takes only what is listed.

    The title of the item becomes the quiz's name; an assessment without an item is dropped.
    """
    root = element("manifest", xmlns=NAMESPACE, identifier=f"{quiz.id}__manifest")
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Common Cartridge")
    add(metadata, "schemaversion", "1.1.0")
    metadata.append(_lom(quiz.title))
    organizations = add(root, "organizations")
    organization = add(organizations, "organization", identifier=f"{quiz.id}__tree", structure="rooted-hierarchy")
    wrapper = add(organization, "item", identifier=f"{quiz.id}__root")
    activity = add(wrapper, "item", identifier=f"{quiz.id}__item", identifierref=quiz.id)
    add(activity, "title", quiz.title)
    resources = add(root, "resources")
    quiz_type = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
    add(add(resources, "resource", identifier=quiz.id, type=quiz_type), "file", href=QUIZ_PATH)
    for number, path in enumerate(images, start=1):
        image = add(resources, "resource", identifier=f"{quiz.id}__image_{number}", type="webcontent", href=path)
        add(image, "file", href=path)
    return whole(root)


def _lom(title: str) -> etree._Element:
    """Return the metadata, whose title names the course where the cartridge is restored into a new one."""
    lom = etree.Element(f"{{{LOM}}}lom", nsmap={"lomimscc": LOM})
    general = etree.SubElement(lom, f"{{{LOM}}}general")
    string = etree.SubElement(etree.SubElement(general, f"{{{LOM}}}title"), f"{{{LOM}}}string")
    string.text = drop_forbidden(title)
    return lom
