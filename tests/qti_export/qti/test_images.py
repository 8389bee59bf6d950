"""Images arrive in a QTI package where they were written, each once."""

import posixpath
from dataclasses import replace

from lxml import etree

from qti_export import export
from tests.qti_export.illustrated import BYTES, illustrated
from tests.qti_export.packages import members, tree, with_schemas_of_qti, xsd_errors
from tests.qti_export.qti.exported import each_version


def shown(package: dict[str, bytes]) -> list[tuple[str, str, bytes]]:
    """Of every image that a document shows: the document, its alternative text and the bytes at its address."""
    found = []
    for path, data in package.items():
        if not path.endswith(".xml"):
            continue
        for image in etree.fromstring(data).iter("{*}img"):
            address = posixpath.normpath(posixpath.join(posixpath.dirname(path), image.get("src", "")))
            found.append((path, image.get("alt", ""), package[address]))
    return found


@each_version
def test_every_text_shows_the_very_image_that_its_author_put_there(target: str) -> None:
    found = shown(members(export(illustrated(), target).data))
    assert all(data == BYTES[name] for _, name, data in found)
    assert {name for _, name, _ in found} == BYTES.keys()


@each_version
def test_images_of_the_same_bytes_are_packed_once(target: str) -> None:
    package = members(export(illustrated(), target).data)
    images = [data for path, data in package.items() if path.startswith("media/")]
    assert sorted(images) == sorted(BYTES.values())


@with_schemas_of_qti
@each_version
def test_a_package_with_images_is_valid(target: str) -> None:
    assert xsd_errors(export(illustrated(), target).data, ".zip") == ""


@each_version
def test_every_document_depends_on_just_the_images_that_it_shows(target: str) -> None:
    package = members(export(illustrated(), target).data)
    resources = list(tree(package["imsmanifest.xml"]).iterfind("resources/resource"))
    paths = {one.get("identifier"): one.get("href") for one in resources if one.get("type") == "webcontent"}
    for resource in resources:
        needed = {one.get("identifierref") for one in resource.iterfind("dependency")} & paths.keys()
        expected = {data for path, _, data in shown(package) if path == resource.get("href")}
        assert {package[paths[one] or ""] for one in needed} == expected


@each_version
def test_images_that_go_with_it_are_no_loss_but_others_are(target: str) -> None:
    assert [one for one in export(illustrated(), target).report.losses if one.code == "file"] == []
    without = replace(illustrated(), media=illustrated().media[1:])
    assert len([one for one in export(without, target).report.losses if one.code == "file"]) == 2
