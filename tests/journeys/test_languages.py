"""The pages in other languages: whole, clean, and from right to left where a language is written so."""

import pytest
from playwright.sync_api import Browser, Page, expect

from content.media import Media
from content.questions import Blank, Choice, FillInBlanks, MultipleChoice
from content.quiz import Quiz
from lti_app.services.quizzes import publish
from tests.content.pictures import PNG
from tests.journeys.admin_visits import AdminSite, visit_admin_pages
from tests.journeys.axe import violations
from tests.journeys.test_accessibility import PAGES, populate, visit_all
from tests.journeys.visits import sign_in
from tests.lti_app.web.classroom import Classroom
from tests.lti_app.web.quizzes import SEA, SKY
from tests.lti_app.web.untranslated import untranslated

NAMES = "Ada, Bob, Cy, Dee, Sid, Eve, Grace, Charlotte Wolfeschlegelsteinhausenbergerdorff, Seas & skies, Europe/Berlin"
CHART = Media("chart.png", PNG, "image/png")


def test_no_page_says_anything_in_english(classroom: Classroom) -> None:
    """In Arabic, words in Latin letters are those of a quiz or a name."""
    visitors = populate(classroom, "ar")
    left = {}
    for who, path, status in PAGES:
        visitors[who].client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ar"  # for pages of no launch
        left[who, path] = untranslated(visitors[who].get(path, status), f"{SEA} {SKY} {[visitors, NAMES]}")
    assert {where: told for where, told in left.items() if told} == {}


@pytest.mark.timeout(300)
def test_arabic_pages_run_from_right_to_left_and_axe_finds_nothing(browser: Browser, classroom: Classroom) -> None:
    context = browser.new_context(reduced_motion="reduce", locale="ar-EG")
    found = []
    for name, page in visit_all(context, classroom, "ar-EG"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") == width, name
        heading = page.locator("h1").first
        assert heading.evaluate("heading => getComputedStyle(heading).direction") == "rtl"
        found += [f"{name}: {violation}" for violation in violations(page)]
    context.close()
    assert found == []


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_no_language_is_too_long_for_a_narrow_phone(browser: Browser, classroom: Classroom, language: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    widths = {
        name: page.evaluate("document.documentElement.scrollWidth")
        for name, page in visit_all(context, classroom, language)
    }
    context.close()
    assert {name: width for name, width in widths.items() if width > 320} == {}


@pytest.mark.parametrize("language", ["de", "es", "fr", "ar"])
def test_nor_on_the_pages_for_admins_where_code_keeps_its_direction(
    browser: Browser, admin_site: AdminSite, language: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, locale=language)
    page = context.new_page()
    for name in visit_admin_pages(page, admin_site):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        assert page.evaluate("document.documentElement.lang") == language, name
        wrong = "all => all.filter(one => getComputedStyle(one).direction !== 'ltr').map(one => one.outerHTML)"
        assert page.locator("code, main [lang=en]").evaluate_all(wrong) == [], "code and English names keep theirs"
    heading = page.locator("h1").first.evaluate("heading => getComputedStyle(heading).direction")
    assert heading == ("rtl" if language == "ar" else "ltr")
    context.close()


def test_a_quiz_of_another_direction_keeps_it_and_scripts_speak_as_the_page_does(
    browser: Browser, classroom: Classroom
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    visitors = populate(classroom, "ar")
    page.goto(sign_in(context, classroom, visitors["ada"]) + "/attempts/3")
    question = page.locator("#question-1 .body")
    assert question.evaluate("body => getComputedStyle(body).direction") == "ltr"
    expect(page.locator("#saving")).to_have_text("تُحفظ الإجابات فور إعطائها")
    page.get_by_role("button", name="تسليم الاختبار").click()
    expect(page.locator("#finish-heading")).to_have_text("سؤالان بلا إجابة")
    page.get_by_label("Shallow").check()
    page.get_by_label("True").check()
    expect(page.locator("#answered")).to_have_text("3 من 3")
    context.close()


@pytest.mark.parametrize("beginning", ["$x^2$", "![a chart](chart.png)", "`print`"])
def test_what_comes_before_the_first_letter_does_not_turn_a_text_around(
    page: Page, classroom: Classroom, beginning: str
) -> None:
    text = f"{beginning} أكبر بحر"
    blank = FillInBlanks(id="blank", stem="[sea] أكبر بحر", blanks=(Blank(name="sea", answers=("x",)),))
    choices = (Choice(text=text, correct=True), Choice(text="London."))
    choice = MultipleChoice(id="pick", stem=text, choices=choices)
    with classroom.database.writing() as session:
        publish(session, Quiz(id="arabic", title="بحار", parts=(blank, choice), media=(CHART,)))
    ada = classroom.launch("Ada", quiz_id="arabic", resource_link_id="arabic")
    ada.post("/attempts")
    page.goto(sign_in(page.context, classroom, ada) + "/attempts/1")
    for part in ("#stem-blank", "#stem-pick", ".choice:first-child .prose"):
        expect(page.locator(part)).to_have_css("direction", "rtl")
    expect(page.locator(".choice:last-child .prose")).to_have_css("direction", "ltr")
