"""Images arrive in Moodle where they were written, by whatever way they come."""

from dataclasses import replace

import pytest
from lxml import etree

from content.media import Media
from content.questions import Choice
from qti_export import export
from tests.content.pictures import PNG
from tests.qti_export.illustrated import BYTES, illustrated
from tests.qti_export.moodle.backup.package import Package
from tests.qti_export.moodle.backup.rules import complaints
from tests.qti_export.moodle.files import Shown, in_data, in_plugin_files, shown, shown_in_bank
from tests.qti_export.packages import members, qti_items, tree, xsd_errors
from tests.qti_export.quizzes import dropdowns, multiple_choice, quiz

PICTURE = (Media("a.png", PNG, "image/png"),)

NO_PLACE = {"description", "dd told 0", "dd told 1"}
"""What is told for the choices of a dropdown, and of a category: Moodle XML has no place for their files."""


def right(found: Shown) -> set[str]:
    """The names of the images shown, each of which shows the bytes that it should."""
    assert [name for name, data in found if data != BYTES[name]] == []
    return {name for name, _ in found}


AREAS = {"answertext": "answer", "feedback": "answerfeedback"}
"""The file areas of a backup that are not called like the text that they belong to."""


class TestBackup:
    def shown(self, data: bytes) -> Shown:
        """The images of each text, from the files of its component, area and record."""
        package = Package.of(data)
        found: Shown = []
        for record in (*package.bank.walk(), package.quiz):
            for name, value in record.values.items():
                typed = name == "answertext" and record.values.get("answerformat") == "0"
                if "<img" in (value or "") and not typed:
                    where = ("question", AREAS.get(name, name), record.values.get("id"))
                    where = ("qtype_match", "subquestion", record["id"]) if record.tag == "match" else where
                    where = ("mod_quiz", "intro", "0") if name == "intro" else where
                    found += shown(value or "", in_plugin_files(self.files(package, where)))
        return found

    def files(self, package: Package, where: tuple[str, str, str | None]) -> dict[str, bytes]:
        return {
            one["filename"]: package.files[f"files/{one['contenthash'][:2]}/{one['contenthash']}"]
            for one in package.stored
            if (one["component"], one["filearea"], one["itemid"]) == where and one["filepath"] == "/"
        }

    def test_every_text_shows_the_very_image_that_its_author_put_there(self) -> None:
        assert right(self.shown(export(illustrated(), "moodle-backup").data)) == BYTES.keys()

    def test_it_restores_whole(self) -> None:
        assert complaints(export(illustrated(), "moodle-backup").data) == []

    def test_the_same_bytes_are_stored_once_and_only_what_is_shown(self) -> None:
        package = Package.of(export(illustrated(), "moodle-backup").data)
        stored = [data for path, data in package.files.items() if path.startswith("files/")]
        assert sorted(stored) == sorted(BYTES.values())

    def test_a_quiz_without_images_has_no_files(self) -> None:
        package = Package.of(export(quiz(), "moodle-backup").data)
        assert package.stored == []
        assert not [path for path in package.files if path.startswith("files/")]
        assert "fileref" not in {record.tag for record in package.inforef.walk()}


class TestQuestionBank:
    def test_every_text_shows_the_very_image_that_its_author_put_there(self) -> None:
        root = tree(export(illustrated(), "moodle-xml").data)
        found = [pair for question in root.iter("question") for pair in shown_in_bank(question)]
        assert right(found) == BYTES.keys() - NO_PLACE

    def test_images_told_for_a_dropdown_s_choice_are_a_loss(self) -> None:
        told = (Choice(text="a", correct=True), Choice(text="b", feedback="![x](a.png)"))
        asked = replace(dropdowns(), dropdowns=(replace(dropdowns().dropdowns[0], choices=told),))
        codes = [one.code for one in export(quiz(asked, media=PICTURE), "moodle-xml").report.losses]
        assert "image" in codes
        codes = [one.code for one in export(quiz(dropdowns(), media=PICTURE), "moodle-xml").report.losses]
        assert "image" not in codes

    def test_images_of_the_description_are_a_loss(self) -> None:
        made = quiz(description="![x](a.png)", media=PICTURE)
        assert "image" in [one.code for one in export(made, "moodle-xml").report.losses]


class TestCartridge:
    def shown(self, data: bytes) -> Shown:
        """The images of question texts, which lie in the package and are listed, and those of other texts."""
        package = members(data)
        listed = {file.get("href") for file in tree(package["imsmanifest.xml"]).iterfind(".//resource/file")}

        def in_package(address: str) -> bytes:
            assert address in listed
            return package[address]

        found: Shown = []
        for item in qti_items(data):
            stem = item.find("presentation/material/mattext")
            for text in item.iter("mattext"):
                found += shown(text.text or "", in_package if text is stem else in_data)
        return found

    def test_every_text_that_moodle_reads_shows_the_very_image_that_its_author_put_there(self) -> None:
        kept = {"mc", "mr", "tf", "sa", "es", "pooled", "svg"}
        kept |= {f"{kind} general" for kind in ("mc", "mr", "tf", "sa", "es")}
        kept |= {f"{kind} {told}" for kind in ("mc", "tf") for told in ("correct", "incorrect")}
        kept |= {f"{kind} {what} {place}" for kind in ("mc", "mr") for what in ("choice", "told") for place in (0, 1)}
        kept |= {"mr choice 2", "mr told 2", "tf told 0", "tf told 1"}
        assert right(self.shown(export(illustrated(), "moodle-cartridge").data)) == kept

    def test_only_images_of_question_texts_lie_in_the_package(self) -> None:
        package = members(export(illustrated(), "moodle-cartridge").data)
        stems = {BYTES[name] for name in ("mc", "mr", "tf", "sa", "es", "pooled", "svg")}
        assert {data for path, data in package.items() if path.startswith("img/")} == stems

    def test_it_is_valid(self) -> None:
        assert xsd_errors(export(illustrated(), "moodle-cartridge").data, ".imscc") == ""


@pytest.mark.parametrize("target", ["moodle-backup", "moodle-xml", "moodle-cartridge"])
def test_images_that_go_with_it_are_no_loss(target: str) -> None:
    assert [one for one in export(illustrated(), target).report.losses if one.code == "file"] == []


@pytest.mark.parametrize("target", ["moodle-backup", "moodle-xml"])
def test_who_writes_moodles_word_for_the_place_of_files_gets_the_word(target: str) -> None:
    text = "The word `@@PLUGINFILE@@/a.png` and ![a](@@PLUGINFILE@@/a.png)"
    choices = (Choice(text=text, correct=True, feedback=text), Choice(text="b"))
    made = quiz(multiple_choice(title="t", stem=text, choices=choices, hints=(text,)), description=text, media=PICTURE)
    data = export(made, target).data
    written = [data] if target == "moodle-xml" else list(members(data).values())
    texts = [text for document in written for text in etree.fromstring(document).itertext()]
    assert not [text for text in texts if "@@PLUGINFILE@@" in text]
    assert len([text for text in texts if "The word <code>@@PLUGINFILE@&#64;/a.png</code>" in text]) == 5


@pytest.mark.parametrize("target", ["gift", "aiken"])
def test_a_text_format_names_every_question_whose_images_it_loses(target: str) -> None:
    quiz = illustrated()
    losses = [one for one in export(quiz, target).report.losses if one.code == "file"]
    arrived = export(quiz, target).report.arrives
    assert len(losses) == sum(arrived.values()) + 1  # and the description
