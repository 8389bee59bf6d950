"""Images arrive in Canvas where they were written, each once."""

from dataclasses import replace

import pytest

from content.media import Media
from qti_export import export
from tests.content.pictures import PNG
from tests.qti_export.canvas.files import course_files, shown
from tests.qti_export.illustrated import BYTES, illustrated
from tests.qti_export.packages import members, qti_items, tree, xsd_errors
from tests.qti_export.quizzes import multiple_choice, quiz

NOT_KEPT = {"mc hint", "or item"}
"""Canvas has no hints, and what is picked in a matching question is plain text."""


def all_shown(data: bytes) -> list[tuple[str, bytes]]:
    package = members(data)
    texts = [text.text or "" for item in qti_items(data) for text in item.iter("mattext")]
    texts += [root.findtext("description", "") for root in map(tree, package_xml(package))]
    return [pair for text in texts if "<img" in text for pair in shown(text, package)]


def package_xml(package: dict[str, bytes]) -> list[bytes]:
    return [data for path, data in package.items() if path.endswith(".xml")]


@pytest.mark.parametrize(("target", "more"), [("canvas", set()), ("canvas-bank", {"description", "section"})])
def test_every_text_shows_the_very_image_that_its_author_put_there(target: str, more: set[str]) -> None:
    quiz = illustrated()
    found = all_shown(export(quiz, target).data)
    assert all(data == BYTES[name] for name, data in found)
    assert {name for name, _ in found} == BYTES.keys() - NOT_KEPT - more


def test_images_of_the_same_bytes_are_packed_once_under_names_that_no_server_stumbles_over() -> None:
    files = course_files(members(export(illustrated(), "canvas").data))
    assert sorted(files.values()) == sorted(BYTES.values())
    assert {"media/the-mc.png", "media/unsafe.svg"} <= files.keys()


def test_two_images_of_one_name_get_two_even_where_case_does_not_count() -> None:
    media = (Media("a/cat.png", PNG, "image/png"), Media("b/Cat.jpg", PNG + b"x", "image/png"))
    made = quiz(multiple_choice(stem="![A](a/cat.png) ![B](b/Cat.jpg)"), media=media)
    package = members(export(made, "canvas").data)
    assert course_files(package) == {"media/cat.png": PNG, "media/Cat-2.png": PNG + b"x"}
    [text] = [text.text or "" for text in qti_items(export(made, "canvas").data)[0].iterfind("presentation/material/*")]
    assert shown(text, package) == [("A", PNG), ("B", PNG + b"x")]


@pytest.mark.parametrize("target", ["canvas", "canvas-bank"])
def test_a_package_with_images_is_valid(target: str) -> None:
    assert xsd_errors(export(illustrated(), target).data, ".zip") == ""


@pytest.mark.parametrize("target", ["canvas", "canvas-bank"])
def test_images_that_go_with_it_are_no_loss_but_others_are(target: str) -> None:
    assert [one for one in export(illustrated(), target).report.losses if one.code == "file"] == []
    without = replace(illustrated(), media=illustrated().media[1:])
    assert len([one for one in export(without, target).report.losses if one.code == "file"]) == 2


def test_canvas_s_word_for_the_root_of_the_package_stays_a_word_in_a_text() -> None:
    media = (Media("a.png", PNG, "image/png"),)
    made = quiz(multiple_choice(stem="Write `$IMS-CC-FILEBASE$/media/a.png`: ![a](a.png)"), media=media)
    [item] = qti_items(export(made, "canvas").data)
    text = item.findtext("presentation/material/mattext", "")
    assert "<code>$IMS-CC-FILEBASE$/media/a.png</code>" in text
    assert shown(text, members(export(made, "canvas").data)) == [("a", PNG)]


def test_an_image_counts_with_the_length_that_its_address_has_in_the_package() -> None:
    media = (Media("a.png", PNG, "image/png"),)
    long = "x" * (16_384 - len('<p><img src="a.png" alt="a"></p>'))
    assert export(quiz(multiple_choice(stem=long), media=media), "canvas")
    with pytest.raises(Exception, match="characters as HTML"):
        export(quiz(multiple_choice(stem=f"![a](a.png){long}"), media=media), "canvas")
