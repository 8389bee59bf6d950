"""Whatever is wrong with a quiz is a problem with its line and a remedy, and never a broken package."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from qti_export import TARGETS
from qti_export.cli import main
from tests.content.pictures import PNG
from tests.qti_export.packages import members, with_schemas_of_qti, xsd_errors

CHOICES = "*a) yes\nb) no\n"
LONG = "x" * 300

BAD = {
    "a missing image": (f"1. ![a cat](cat.png)\n{CHOICES}", "missing-image", 3),
    "an image of 200 MB": (f"1. Look:\n\n   ![a cat](huge.png)\n{CHOICES}", "image-too-large", 5),
    "a text called image": ("1. Which?\n*a) ![a cat](text.png)\nb) no\n", "not-an-image", 4),
    "an image in another folder": (f"1. ![a cat](../cat.png)\n{CHOICES}", "image-outside", 3),
    "a pool that picks more than it has": (f"GROUP\nPick: 3\n\n1. x?\n{CHOICES}\nEND_GROUP\n", "bad-pick", 4),
    "two questions with one id": (f"id: one\n1. x?\n{CHOICES}\nid: one\n2. y?\n{CHOICES}", "duplicate-id", 8),
    "a numerical range upside down": ("1. How many?\n= [5, 3]\n", "upside-down", 4),
    "an empty choice": ("1. Which?\n*a) yes\nb)\n", "empty-choice", 5),
    "a choice that shows nothing": ("1. Which?\n*a) yes\nb) <!-- later -->\n", "empty-choice", 5),
    "no questions": ("Text: Nothing to ask.\n", "no-questions", 0),
    "a title of 300 characters": (f"Title: {LONG}\n1. x?\n{CHOICES}", "long-title", 3),
}

MARKUP = """\
Quiz title: A & <b> ]]> {#1} $@NULL@$ @@PLUGINFILE@@
Quiz description: </description> <!-- never closed

1. <b>open </p></div> ]]> &nbsp; &undefined; <![CDATA[ x ]]> <?php ?> [ {1:MC:=a}
   <script>alert(1)</script> <mattext>
*a) </mattext></item>
... $IMS-CC-FILEBASE$/x.png and <img onerror=alert(1)>
b) <svg onload=alert(1)>
... $@NULL@$

2. Choose [one].
{*} [one] </item> & ~ = # { } :
{ } [one] ]]>
"""


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    course.mkdir()
    (tmp_path / "cat.png").write_bytes(PNG)
    (course / "text.png").write_text("no image")
    with (course / "huge.png").open("wb") as file:
        file.truncate(200_000_000)  # sparse: it takes no room
    return course


@pytest.mark.parametrize(("text", "code", "line"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_an_error_with_line_and_remedy_and_nothing_is_written(
    folder: Path, text: str, code: str, line: int
) -> None:
    (folder / "quiz.md").write_text(f"Quiz title: Bad\n\n{text}")
    linted = run("lint", "--json", folder / "quiz.md")
    assert linted.exit_code == 1
    [problem] = json.loads(linted.stdout)
    assert (problem["severity"], problem["code"], problem["line"]) == ("error", code, line)
    assert problem["remedy"].endswith(".")
    to_all = [option for target in TARGETS for option in ("--to", target)]
    assert run("export", *to_all, "-o", folder / "dist", folder / "quiz.md").exit_code == 1
    assert not (folder / "dist").exists()


def test_a_quiz_of_300_characters_in_its_title_is_an_error(folder: Path) -> None:
    (folder / "quiz.md").write_text(f"Quiz title: {LONG}\n\n1. x?\n{CHOICES}")
    [problem] = json.loads(run("lint", "--json", folder / "quiz.md").stdout)
    assert (problem["code"], problem["line"]) == ("long-title", 1)


def test_tex_that_does_not_parse_is_a_warning_with_its_line(folder: Path) -> None:
    (folder / "quiz.md").write_text(f"Quiz title: Bad\n\n1. Is $\\frac{{1$ one?\n{CHOICES}")
    linted = run("lint", "--json", folder / "quiz.md")
    [problem] = json.loads(linted.stdout)
    assert (linted.exit_code, problem["severity"], problem["code"], problem["line"]) == (0, "warning", "bad-tex", 3)


@with_schemas_of_qti
@pytest.mark.parametrize("target", [name for name in TARGETS if name != "aiken"])
def test_markup_that_would_break_an_importer_makes_no_broken_package(folder: Path, target: str) -> None:
    (folder / "quiz.md").write_text(MARKUP)
    assert run("export", "--to", target, "-o", folder / "dist", folder / "quiz.md").exit_code == 0
    [path] = [path for path in (folder / "dist").rglob("*") if path.is_file()]
    data = path.read_bytes()
    documents = [data] if path.suffix == ".xml" else []
    if data.startswith(b"PK"):
        documents = [member for name, member in members(data).items() if name.endswith(".xml")]
    for document in documents:
        etree.fromstring(document)
    if path.suffix in (".zip", ".imscc"):
        assert xsd_errors(data, path.suffix) == ""
