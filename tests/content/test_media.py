"""Images are known by their bytes and named by their path from the quiz."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.media import Media, image_type, local_name
from tests.content.pictures import KINDS, PNG, SVG


@pytest.mark.parametrize(("type_", "data"), KINDS.items())
def test_an_image_is_known_by_its_bytes(type_: str, data: bytes) -> None:
    assert image_type(data) == type_


@pytest.mark.parametrize(
    "start", [b"\xef\xbb\xbf", b"\n ", b'<?xml version="1.0"?>\n', b"<!-- made by hand -->", b"<!DOCTYPE svg>"]
)
def test_an_svg_may_begin_with_what_xml_begins_with(start: bytes) -> None:
    assert image_type(start + SVG) == "image/svg+xml"


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"BM6\0", b"II*\0", b"RIFF\0\0\0\0WAVE", b"<html></html>", b"text with <svg", PNG[1:]]
)
def test_anything_else_is_no_image(data: bytes) -> None:
    assert image_type(data) is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("cat.png", "cat.png"),
        ("./images/../images/my%20cat.png", "images/my cat.png"),
        ("images%5Ccat.png", "images/cat.png"),
        ("images\\cat.png", "images/cat.png"),
        ("%C3%BC+%25&.png", "ü+%&.png"),
        ("cat.svg?raw=true#eye", "cat.svg"),
        ("../cat.png", "../cat.png"),
        ("/cat.png", "/cat.png"),
        ("a/../../cat.png", "../cat.png"),
        ("https://x.org/cat.png", None),
        ("HTTP://x.org/cat.png", None),
        ("//x.org/cat.png", None),
        ("C:\\cat.png", None),
        ("", None),
        ("#eye", None),
    ],
)
def test_an_address_in_a_text_means_a_file(address: str, name: str | None) -> None:
    assert local_name(address) == name


@given(st.text())
def test_the_name_of_a_file_that_an_address_means_stays_the_same_when_it_is_an_address_itself(address: str) -> None:
    name = local_name(address)
    if name is not None and not set("?#%") & set(name):
        assert local_name(name) in (name, None)


def test_an_image_shows_its_name_and_not_all_of_its_bytes() -> None:
    assert repr(Media("a.png", PNG, "image/png")) == "Media(name='a.png', type='image/png')"
