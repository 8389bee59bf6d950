"""Images beside a quiz come with it; what cannot come is a problem with its place."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.media import Media
from content.problem import Problem, Severity
from content.readers import image_files, read_file, read_text
from content.readers.image_files import MAX_BYTES
from tests.content.pictures import KINDS, PNG, SVG, png

CHOICES = "*a) yes\nb) no\n"


def write(folder: Path, stem: str, *more: str) -> Path:
    path = folder / "quiz.md"
    path.write_text("\n".join(["Quiz title: Cats", "", f"1. {stem}", *more, CHOICES]), encoding="utf-8")
    return path


def media(path: Path) -> tuple[Media, ...]:
    reading = read_file(path)
    assert reading.quiz is not None
    assert reading.problems == ()
    return reading.quiz.media


def only_problem(path: Path) -> Problem:
    """The only problem; an error is of an image file."""
    reading = read_file(path)
    assert reading.quiz is not None
    assert reading.quiz.media == ()
    (problem,) = reading.problems
    assert problem.remedy.endswith(".")
    assert (problem.code in image_files.CODES) == (problem.severity is Severity.ERROR)
    return problem


@pytest.mark.parametrize(("type_", "data"), KINDS.items())
def test_an_image_comes_with_its_bytes_and_the_type_that_they_show(tmp_path: Path, type_: str, data: bytes) -> None:
    (tmp_path / "cat.bin").write_bytes(data)
    assert media(write(tmp_path, "Is ![a cat](cat.bin) a cat?")) == (Media("cat.bin", data, type_),)


def test_images_are_found_in_every_text(tmp_path: Path) -> None:
    names = ["description", "section", "stem", "general", "correct", "incorrect", "hint", "choice", "told", "left"]
    for number, name in enumerate(names):
        (tmp_path / f"{name}.png").write_bytes(png((number, 0, 0)))
    text = """Quiz title: Cats
Quiz description: ![d](description.png)

SECTION
title: one
text: ![s](section.png)

1. ![s](stem.png)
... ![g](general.png)
+ ![c](correct.png)
- ![i](incorrect.png)
? ![h](hint.png)
*a) ![c](choice.png)
... ![t](told.png)
b) no

2. Match.
> ![l](left.png) -> x
> b -> y
END_SECTION
"""
    path = tmp_path / "quiz.md"
    path.write_text(text)
    reading = read_file(path)
    assert reading.quiz is not None
    assert [problem.code for problem in reading.problems] == []
    assert [one.name for one in reading.quiz.media] == [f"{name}.png" for name in names]
    assert [one.data for one in reading.quiz.media] == [png((number, 0, 0)) for number in range(len(names))]


def test_an_image_is_taken_once_by_whatever_way_its_path_is_written(tmp_path: Path) -> None:
    (tmp_path / "the images").mkdir()
    (tmp_path / "the images" / "ünï.png").write_bytes(PNG)
    ways = "![a](<the images/ünï.png>) ![b](./the%20images/%C3%BCn%C3%AF.png) ![c](<the images\\ünï.png>)"
    assert [one.name for one in media(write(tmp_path, ways))] == ["the images/ünï.png"]


def test_images_on_the_web_are_not_fetched(tmp_path: Path) -> None:
    assert media(write(tmp_path, "![a](https://example.org/cat.png) ![b](//example.org/cat.png)")) == ()


def test_code_that_shows_an_image_is_none(tmp_path: Path) -> None:
    assert media(write(tmp_path, "`![a](cat.png)` and `<img src='cat.png'>`")) == ()


def test_a_missing_image_is_an_error_at_its_place(tmp_path: Path) -> None:
    problem = only_problem(write(tmp_path, "A cat:", "", "   see ![a cat](images/my%20cat.png)"))
    assert (problem.severity, problem.code) == (Severity.ERROR, "missing-image")
    assert (problem.source.line, problem.source.column) == (5, 17)
    assert "'images/my cat.png'" in problem.sentence


@pytest.mark.parametrize("base", ["$IMS-CC-FILEBASE$", "%24IMS-CC-FILEBASE%24", "@@PLUGINFILE@@"])
def test_an_lms_s_word_for_its_files_means_none_of_them(tmp_path: Path, base: str) -> None:
    (tmp_path / "cat.png").write_bytes(PNG)
    assert only_problem(write(tmp_path, f"![a cat]({base}/cat.png)")).code == "missing-image"


def test_a_missing_image_is_reported_once_and_where_it_is_named_first(tmp_path: Path) -> None:
    problem = only_problem(write(tmp_path, "![a](x.png)", "", "   ![b](x.png)"))
    assert problem.source.line == 3


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"just text", b"BM6\0\0\0"])
def test_what_is_no_image_is_an_error_whatever_its_name(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "cat.png").write_bytes(data)
    assert only_problem(write(tmp_path, "![a](cat.png)")).code == "not-an-image"


def test_of_an_image_of_200_mb_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "cat.png").open("wb") as file:
        file.write(PNG)
        file.truncate(200_000_000)  # sparse: it takes no room
    path = write(tmp_path, "![a](cat.png)")
    opened: list[str] = []
    plain_open = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *mode: (opened.append(self.name), plain_open(self, *mode))[1])
    problem = only_problem(path)
    assert (problem.severity, problem.code) == (Severity.ERROR, "image-too-large")
    assert "200 MB" in problem.sentence
    assert opened == ["quiz.md"]


def test_an_image_may_be_as_large_as_the_limit(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(PNG.ljust(MAX_BYTES, b"\0"))
    assert len(media(write(tmp_path, "![a](cat.png)"))[0].data) == MAX_BYTES


def test_all_images_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_files, "MAX_TOTAL_BYTES", 2 * len(PNG))
    for name in "abc":
        (tmp_path / f"{name}.png").write_bytes(PNG)
    reading = read_file(write(tmp_path, "![a](a.png) ![b](b.png) ![c](c.png)"))
    assert reading.quiz is not None
    assert [one.name for one in reading.quiz.media] == ["a.png", "b.png"]
    assert [problem.code for problem in reading.problems] == ["images-too-large"]


def test_a_folder_and_a_pipe_are_no_images(tmp_path: Path) -> None:
    (tmp_path / "folder.png").mkdir()
    os.mkfifo(tmp_path / "pipe.png")
    for name in ("folder.png", "pipe.png"):  # to open the pipe would wait for ever
        assert only_problem(write(tmp_path, f"![a]({name})")).code == "not-an-image"


def test_an_image_that_may_not_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cat.png").write_bytes(PNG)
    plain_open: Any = Path.open

    def closed(path: Path, *how: Any, **more: Any) -> object:  # for root, who may read everything
        if path.name == "cat.png":
            raise PermissionError(errno.EACCES, "Permission denied")
        return plain_open(path, *how, **more)

    path = write(tmp_path, "![a](cat.png)")
    monkeypatch.setattr(Path, "open", closed)
    assert only_problem(path).code == "unreadable-image"


@pytest.mark.parametrize("name", ["x" * 300 + ".png", "a.png/b.png"])
def test_a_name_that_no_file_can_have_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    assert only_problem(write(tmp_path, f"![a]({name})")).code in ("unreadable-image", "missing-image")


@pytest.mark.parametrize(
    "name", ["../cat.png", "../course/../cat.png", "%2e%2e/cat.png", "..\\cat.png", "x/../../cat.png"]
)
def test_nothing_outside_of_the_folder_is_taken(tmp_path: Path, name: str) -> None:
    (tmp_path / "cat.png").write_bytes(PNG)
    (tmp_path / "course").mkdir()
    assert only_problem(write(tmp_path / "course", f"![a]({name})")).code == "image-outside"


@given(st.text() | st.sampled_from(["a.png", "./x/../a.png", "%00", "x/up/../../a.png", "a.png/.", "~/a.png"]))
def test_no_address_raises_or_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, address: str) -> None:
    folder = tmp_path_factory.mktemp("course")
    (folder / "a.png").write_bytes(PNG)
    reading = read_text(f"1. ![a](<{address}>) <img src='{address}'>\n{CHOICES}", "quiz.md", folder)
    assert all(one.data == PNG for one in (reading.quiz.media if reading.quiz else ()))


def test_no_absolute_path_is_taken(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_bytes(PNG)
    assert only_problem(write(tmp_path, f"![a](<{tmp_path / 'cat.png'}>)")).code == "image-outside"


def test_no_link_out_of_the_folder_is_followed_but_one_within_is(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "out.png").symlink_to("../secret.png")
    (folder / "up").symlink_to("..")
    for name in ("out.png", "up/secret.png"):
        assert only_problem(write(folder, f"![a]({name})")).code == "image-outside"
    (folder / "cat.png").write_bytes(PNG)
    (folder / "same.png").symlink_to("cat.png")
    assert media(write(folder, "![a](same.png)")) == (Media("same.png", PNG, "image/png"),)


def test_an_unsafe_svg_comes_without_what_is_unsafe_and_a_warning_says_so(tmp_path: Path) -> None:
    (tmp_path / "cat.svg").write_bytes(SVG.replace(b"<circle", b"<script>alert(1)</script><circle onload='x()'"))
    reading = read_file(write(tmp_path, "![a](cat.svg)"))
    assert reading.quiz is not None
    assert reading.quiz.media == (Media("cat.svg", SVG, "image/svg+xml"),)
    assert [(one.severity, one.code) for one in reading.problems] == [(Severity.WARNING, "unsafe-svg")]


def test_a_broken_svg_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cat.svg").write_bytes(SVG[:-3])
    problem = only_problem(write(tmp_path, "![a](cat.svg)"))
    assert (problem.severity, problem.code) == (Severity.ERROR, "bad-svg")


@pytest.mark.parametrize("image", ["![](cat.png)", "![ ](cat.png)", "<img src='cat.png'>"])
def test_an_image_without_alternative_text_is_a_warning(tmp_path: Path, image: str) -> None:
    (tmp_path / "cat.png").write_bytes(PNG)
    reading = read_file(write(tmp_path, "See", "", f"   {image}"))
    (problem,) = reading.problems
    assert (problem.severity, problem.code, problem.source.line) == (Severity.WARNING, "no-alt-text", 5)
    assert reading.quiz is not None
    assert len(reading.quiz.media) == 1


def test_an_image_in_a_text_without_a_folder_is_left_with_a_warning() -> None:
    reading = read_text(f"Quiz title: Cats\n\n1. Is ![a cat](cat.png) one?\n{CHOICES}", "pasted")
    assert reading.quiz is not None
    assert reading.quiz.media == ()
    (problem,) = reading.problems
    assert (problem.severity, problem.code) == (Severity.WARNING, "image-left")
    assert str(problem.source) == "pasted:3:16"


def test_an_image_whose_bytes_stand_in_the_text_is_left_with_a_warning(tmp_path: Path) -> None:
    problem = only_problem(write(tmp_path, "Is ![a cat](data:image/png;base64,AAAA) one?"))
    assert (problem.severity, problem.code, problem.source.line) == (Severity.WARNING, "no-image-address", 3)
