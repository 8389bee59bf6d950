"""What is inside an exported file."""

import contextlib
import importlib.util
import io
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.shared import shared

with_schemas_of_qti = pytest.mark.xdist_group("schemas")
"""Runs the tests that hold packages of QTI against its schemas in one process: to read these takes seconds."""


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> etree._Element:
    """The document without its namespaces, as importers that look for local names see it."""
    root = etree.fromstring(data)
    for node in root.iter(etree.Element):
        node.tag = etree.QName(node).localname
    return root


def qti_items(data: bytes) -> list[etree._Element]:
    documents = [tree(member) for path, member in members(data).items() if path.endswith(".xml")]
    return [item for document in documents for item in document.iter("item") if item.get("ident")]


def metadata(item: etree._Element) -> dict[str, str]:
    fields = item.iterfind("itemmetadata/qtimetadata/qtimetadatafield")
    return {field.findtext("fieldlabel", ""): field.findtext("fieldentry", "") for field in fields}


@cache
def checker() -> Any:
    """The script of ../shared that holds every XML member against the published XSDs, as a module."""
    spec = importlib.util.spec_from_file_location("check_package", shared("xsd/check_package.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def xsd_errors(data: bytes, suffix: str) -> str:
    """What the schemas say against the package, one line for each error."""
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder) / f"package{suffix}"
        package.write_bytes(data)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            checked, errors = checker().check(package)
    assert checked > 1
    assert bool(errors) == bool(said.getvalue())
    return said.getvalue()
