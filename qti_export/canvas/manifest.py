"""The manifest of a Canvas package."""

from collections.abc import Iterator

from lxml import etree

from content.quiz import Quiz
from qti_export.canvas.images import paths
from qti_export.xml_tree import add, element, whole

NAMESPACE = "http://www.imsglobal.org/xsd/imscp_v1p1"
"""Plain content packaging. Canvas's own exports declare Common Cartridge's namespace with a resource type that
Common Cartridge does not know; its importers read this one just as well, and it is valid."""

RESERVED_ID = "assessment_meta"
"""The one id that would make the quiz's file overwrite the file of its settings."""

CANVAS_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
"""What Canvas calls all of its own files: settings, and question banks."""


def of_quiz(quiz: Quiz) -> Iterator[bytes]:
    """Yield the manifest: the quiz, and its settings as what it depends on.

    Classic finds the settings by resource type and path, New Quizzes by the dependency.
    """
    root, resources = _started(quiz)
    assessment = add(resources, "resource", identifier=quiz.id, type="imsqti_xmlv1p2")
    add(assessment, "file", href=content_path(quiz))
    add(assessment, "dependency", identifierref=f"{quiz.id}__meta")
    _add_canvas_resource(resources, f"{quiz.id}__meta", meta_path(quiz))
    _add_images(resources, quiz)
    return whole(root)


def of_bank(quiz: Quiz) -> Iterator[bytes]:
    """Yield the manifest of a package with a question bank alone, under the type that New Quizzes finds banks by."""
    root, resources = _started(quiz)
    _add_canvas_resource(resources, f"{quiz.id}__bank", content_path(quiz))
    _add_images(resources, quiz)
    return whole(root)


def _started(quiz: Quiz) -> tuple[etree._Element, etree._Element]:
    """Return the root, and in it the element that takes the resources."""
    root = element("manifest", xmlns=NAMESPACE, identifier=f"{quiz.id}__manifest")
    metadata = add(root, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(root, "organizations")
    return root, add(root, "resources")


def _add_canvas_resource(resources: etree._Element, identifier: str, path: str) -> None:
    resource = add(resources, "resource", identifier=identifier, type=CANVAS_TYPE, href=path)
    add(resource, "file", href=path)


def _add_images(resources: etree._Element, quiz: Quiz) -> None:
    """Append the images: Canvas imports no file that is not listed."""
    for number, path in enumerate(paths(quiz), start=1):
        identifier = f"{quiz.id}__image_{number}"
        add(add(resources, "resource", identifier=identifier, type="webcontent", href=path), "file", href=path)


def content_path(quiz: Quiz) -> str:
    """Return where the questions stand in the package."""
    return f"{quiz.id}/{quiz.id}.xml"


def meta_path(quiz: Quiz) -> str:
    """Return where the settings stand: Classic looks in the folder named after the assessment's ident, nowhere else."""
    return f"{quiz.id}/assessment_meta.xml"
