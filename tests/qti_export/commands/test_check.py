"""``quizferry check``, as a person and as a script meets it."""

import json
import os
import re

import pytest

from qti_export.commands.check import Look, died
from qti_export.preflight import check
from qti_export.preflight.page import page_of
from tests.qti_export.preflight.packages import assessment, canvas, item
from tests.qti_export.test_cli import run

LOST = canvas(item(kind="", conditions=""), item(ident="q2", title="Kept &amp; &lt;b&gt;"))


@pytest.fixture
def files(tmp_path):
    (tmp_path / "good.zip").write_bytes(canvas())
    (tmp_path / "lost.zip").write_bytes(LOST)
    return tmp_path


def test_it_ends_with_0_when_nothing_is_lost_and_with_1_when_something_is(files):
    assert run("check", "--lms", "canvas", files / "good.zip").exit_code == 0
    assert run("check", "--lms", "canvas", files / "lost.zip").exit_code == 1
    assert run("check", "--lms", "moodle", files / "good.zip").exit_code == 1
    assert run("check", "--lms", "canvas", files).exit_code == 1


def test_it_says_for_each_question_what_arrives_and_what_becomes_of_it(files):
    said = run("check", "--lms", "canvas", files / "lost.zip").stdout
    assert "2 of 2 questions arrive; 1 thing is lost or changed." in said
    assert "2. Kept & <b>: multiple choice, 1 point\n     right: yes" in said
    assert "changes: No choice is right" in said
    assert "(quiz/quiz.xml:1)" in said
    assert "[classic-no-key]" in said
    assert "\x1b" not in said


def test_json_says_the_same_for_scripts(files):
    [found] = json.loads(run("check", "--lms", "canvas", "--json", files / "lost.zip").stdout)
    assert (found["arriving"], found["killed"], found["whole"]) == (2, False, False)
    assert found["questions"][1] == {
        "ident": "q2",
        "title": "Kept & <b>",
        "arrives": True,
        "kind": "multiple_choice_question",
        "points": "1",
        "key": ["yes"],
        "feedback": [],
        "member": "quiz/quiz.xml",
        "line": 1,
        "findings": [],
    }
    assert {"code", "severity", "sentence", "remedy", "member", "line", "ident"} == set(
        found["questions"][0]["findings"][0]
    )


def test_the_page_stands_alone_and_shows_the_texts_of_the_file_as_texts(files):
    page = files / "page.html"
    assert run("check", "--lms", "canvas", "--html", page, files / "lost.zip").exit_code == 1
    html = page.read_text(encoding="utf-8")
    assert "Kept &amp; &lt;b&gt;" in html
    assert "<b>" in html  # of its own
    assert not re.search(r"<script|<link|<img|url\(|https?://|@import", html)
    assert 'name="viewport"' in html


def test_a_page_of_several_files_has_a_part_for_each(files):
    html = page_of([check(canvas(), "a.zip", "canvas"), check(b"", "b.zip", "moodle")])
    assert html.count("<article") == 2
    assert '<article class="killed">' in html


@pytest.mark.parametrize("arguments", [["nothing.zip"], ["--lms", "word", "x"]])
def test_wrong_use_is_said_so(arguments):
    assert run("check", *arguments).exit_code == 2


def test_a_folder_without_packages_and_a_pipe_stop_no_other_file(files):
    (files / "empty").mkdir()
    os.mkfifo(files / "pipe.zip")
    result = run("check", "--json", "--lms", "canvas", files / "empty", files / "pipe.zip", files / "good.zip")
    assert result.exit_code == 1
    assert [(one["killed"], one["whole"]) for one in json.loads(result.stdout)] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_a_page_that_cannot_be_written_is_said_so(tmp_path):
    file = tmp_path / "a.xml"
    file.write_text(assessment(item()), encoding="utf-8")
    assert "cannot be written" in run("check", "--lms", "canvas", "--html", file / "x.html", file).stderr


def test_many_files_are_checked_on_all_cores_and_told_of_in_their_order(files, monkeypatch):
    one_by_one = run("check", "--lms", "canvas", files).stdout
    monkeypatch.setattr("qti_export.commands.check.MUCH", 0)
    assert run("check", "--lms", "canvas", files).stdout == one_by_one
    assert one_by_one.index("good.zip") < one_by_one.index("lost.zip")


def test_of_a_file_whose_process_was_killed_that_is_said(files):
    found = died(Look(files / "good.zip", "canvas"))
    assert [(one.code, "killed" in one.sentence) for one in found.findings] == [("file-unreadable", True)]
