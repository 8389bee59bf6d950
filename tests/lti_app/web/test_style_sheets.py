"""Style sheets: each audience's has the rules for all that its pages show, and no other."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from content.identity import with_ids
from content.quiz import Settings
from content.quizzes import showcase
from content.readers import read_file
from lti_app.models import Role
from lti_app.services.quizzes import publish
from lti_app.web.style_sheets import FOLDER, SHEETS, part, style_sheets
from tests.lti_app.web.classroom import Classroom

WEB = FOLDER.parent
MAKERS = [WEB.parents[1] / "content" / name for name in ("forms", "prose")]
"""Of the HTML within questions."""

PAGES = {
    "everyone.css": [*WEB.glob("lti/**/*.html"), *WEB.glob("templates/[a-z]*.html")],
    "student.css": [*WEB.glob("student/**/*.html")],
    "teacher.css": [*WEB.glob("instructor/**/*.html"), *WEB.glob("linking/**/*.html")],
    "admin.css": [*WEB.glob("admin/**/*.html")],
}
PART = re.compile(r'{%-? *(?:extends|include|from) "([^"]+)"')
ATTRIBUTE = re.compile(r'class="((?:{{.*?}}|{%.*?%}|[^"])*)"')
EXPRESSION = re.compile(r"{{.*?}}|{%.*?%}")
QUOTED = re.compile("""["']([^"'\\n]*)["']""")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
BETWEEN = re.compile(r",(?![^()]*\))")  # but not those in :is()
CLASS = re.compile(r"\.([a-z][a-z-]*)")


def selectors(sheet: bytes) -> dict[str, set[str]]:
    """The sheet's selectors that name classes, with the classes of each."""
    text = re.sub(r"/\*.*?\*/|url\('.*?'\)", "", sheet.decode(), flags=re.DOTALL)
    found = (each.strip() for rule in re.findall(r"([^{};]+){", text) for each in BETWEEN.split(rule))
    return {each: set(CLASS.findall(each)) for each in found if CLASS.search(each)}


OWN = {name: selectors(sheet) for name, sheet in style_sheets().items()}
ALL = {each: classes for sheet in OWN.values() for each, classes in sheet.items()}
ANSWERING = {each for name in ("controls", "quiz") for each in selectors(part(name))}
"""About the fields of questions, which teachers do not see."""


def lacking(sheet: str, shown: set[str]) -> set[str]:
    """The selectors of other sheets that are about what is shown with these classes."""
    about_it = {each for each, classes in ALL.items() if classes <= shown}
    return about_it - OWN[sheet].keys() - (ANSWERING if sheet == "teacher.css" else set())


def templates(sheet: str) -> set[Path]:
    """The templates of the sheet's pages, with what they include."""
    waiting, found = list(PAGES[sheet]), set()
    while waiting:
        here = waiting.pop()
        found.add(here)
        for name in PART.findall(here.read_text(encoding="utf-8")):
            (part,) = WEB.glob(f"**/templates/{name}")
            waiting.extend({part} - found)
    return found


def classes_named(template: Path) -> set[str]:
    """The classes that the template names, those within its expressions too."""
    named = set()
    for value in ATTRIBUTE.findall(template.read_text(encoding="utf-8")):
        quoted = [text for expression in EXPRESSION.findall(value) for text in QUOTED.findall(expression)]
        named |= set(WORD.findall(" ".join([EXPRESSION.sub(" ", value), *quoted])))
    return named


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_lacks_no_rule_for_what_its_templates_name(sheet: str) -> None:
    named = set().union(*map(classes_named, templates(sheet)))
    assert "button" in named
    assert lacking(sheet, named) == set()


def test_a_sheet_lacks_no_rule_for_what_its_pages_show(classroom: Classroom) -> None:
    quiz = read_file(showcase()).quiz
    assert quiz is not None
    with classroom.database.writing() as session:
        publish(session, replace(with_ids(quiz), settings=Settings()))
    ada = classroom.launch("Ada", quiz_id="showcase")
    grace = classroom.launch("Grace", Role.INSTRUCTOR, quiz_id="showcase")
    ada.post("/attempts")
    pages = [ada.get("/attempts/1")]
    ada.post("/attempts/1/submit", confirmed="yes")
    shown = {
        "student.css": pages + [ada.get(path) for path in ("/", "/attempts/1/result")],
        "teacher.css": [grace.get(f"/teach/{path}") for path in ("", "preview", "students/1/attempts/1")],
    }
    for sheet, pages in shown.items():
        assert all(f'/{sheet}">' in page for page in pages)
        classes = set(" ".join(re.findall(r'class="([^"]*)"', "".join(pages))).split())
        assert {"question", "missed"} <= classes
        assert lacking(sheet, classes) == set()


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_has_no_rule_that_nothing_uses(sheet: str) -> None:
    audiences = SHEETS if sheet == "everyone.css" else [sheet]  # what is for everyone is within each other one
    used = {name for audience in audiences for template in templates(audience) for name in classes_named(template)}
    for folder in (WEB.parent, *MAKERS):
        for source in (*folder.rglob("*.py"), *folder.rglob("*.js")):
            used |= set(WORD.findall(" ".join(QUOTED.findall(source.read_text(encoding="utf-8")))))
    assert {each for each, classes in OWN[sheet].items() if not classes <= used} == set()
