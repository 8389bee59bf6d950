"""The preview over real HTTP."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.drawing import draw_for
from content.identity import with_ids
from content.readers import read_file
from content.scoring import format_points, score_quiz
from content.writers.quiz_text import write_quiz_text
from qti_export.preview.document import Document
from qti_export.preview.page import Visit, page
from tests.content.forms.reading import fill
from tests.content.pictures import png
from tests.content.strategies import quizzes
from tests.content.strategies.responses import responses
from tests.qti_export.preview.serving import Served, served

ROOT = Path(__file__).parents[3]
TEXT = """\
Quiz title: Ferries
id: ferries

1. Which of these <b>float</b>?
... Told always.
+ Told when right.
*a) wood
... Told of wood.
b) stone ![](cat.png)

2. Capital?
* Paris-on-Seine
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "cat.png").write_bytes(png())
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    path = tmp_path / "quiz.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def preview(file: Path) -> Iterator[Served]:
    with served(file) as running:
        yield running


def test_the_page_holds_no_key_and_no_feedback_before_it_is_scored(preview):
    page = preview.ask().text
    assert "<b>float</b>" in page
    assert "Told" not in page
    assert "Paris-on-Seine" not in page


def test_answers_show_the_key_from_the_beginning(file):
    with served(file, answers=True) as preview:
        assert "Paris-on-Seine" in preview.ask().text


def test_a_sent_form_comes_back_scored_with_its_feedback(preview):
    page = preview.ask("/?seed=1", form={"q.q1": "0", "q.q2": "paris-on-seine"}).text
    assert "2 of 2 points" in page
    assert all(told in page for told in ("Told always.", "Told when right.", "Told of wood."))
    assert 'value="paris-on-seine"' in page


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_page_scores_what_the_house_scores(tmp_path, data):
    path = tmp_path / "any.md"
    path.write_text(write_quiz_text(data.draw(quizzes())), encoding="utf-8")
    reading = read_file(path)
    if not reading.ok:
        return
    seed = data.draw(st.integers(0, 50))
    quiz = draw_for(with_ids(reading.quiz), seed)
    given_ = {question.id: data.draw(responses(question)) for question in quiz.questions}
    form = {name: value for one in quiz.questions for name, value in fill(one, given_[one.id], quiz, seed).items()}
    expected = score_quiz(quiz, given_)
    with served(path) as preview:
        page = preview.ask(f"/?seed={seed}", form=form).text
    assert f"<h2>{format_points(expected.points)} of {format_points(expected.possible)} points</h2>" in page


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1", "localhost:1", ""])
@pytest.mark.parametrize("form", [None, {"q.q2": "x"}])
def test_who_calls_us_by_another_name_gets_nothing(preview, host, form):
    answer = preview.ask(host=host, form=form)
    assert answer.status == 421
    assert b"Ferries" not in answer.data


def test_localhost_is_our_name_too(preview):
    assert preview.ask(host=f"localhost:{preview.server.server_address[1]}").status == 200


def test_nobody_else_can_reach_it(preview):
    assert preview.server.socket.getsockname()[0] == "127.0.0.1"


def test_images_are_those_of_the_quiz_and_no_other_file(preview, file):
    assert 'src="/media/0"' in preview.ask().text
    image = preview.ask("/media/0")
    assert (image.data, image.headers["Content-Type"]) == ((file.parent / "cat.png").read_bytes(), "image/png")
    for path in (
        "/media/1",
        "/media/-1",
        "/media/../secret.txt",
        "/secret.txt",
        "/media/..%2fsecret.txt",
        "//etc/passwd",
    ):
        assert preview.ask(path).status == 404


def test_every_answer_has_a_policy_that_lets_nothing_else_run(preview):
    for path in ("/", "/preview.js", "/controls.css", "/preview.css", "/media/0", "/version", "/none"):
        headers = preview.ask(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "form", ["q.q1=7", "q.q1=x", "q.q1=0&q.q1=1", "&" * 200_000, "%ff=%00", "q.q2=" + "x" * 100_000]
)
def test_a_form_of_another_quiz_gets_the_page_or_a_refusal(preview, form):
    assert preview.ask("/", form=form).status in (200, 400)
    assert preview.ask().status == 200


@pytest.mark.parametrize("length", ["5000001", "-1", "x", ""])
def test_a_form_that_is_far_too_long_is_refused_unread(preview, length):
    connection = http.client.HTTPConnection(*preview.server.server_address[:2], timeout=10)
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", length)
    connection.endheaders()
    with connection.getresponse() as response:
        assert response.status == 400
    connection.close()


def test_the_page_follows_the_file_and_its_images(preview, file):
    before = preview.ask("/version").text
    assert f'data-version="{before}"' in preview.ask().text
    file.write_text(TEXT.replace("Ferries", "Other ferries"), encoding="utf-8")
    after = preview.ask("/version").text
    assert after != before
    assert "<h1>Other ferries</h1>" in preview.ask().text
    (file.parent / "cat.png").write_bytes(png() + b"\n")
    assert preview.ask("/version").text != after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quiz title: T\n\n1. Which?\na) this\nb) that\n", "Line 3: </strong>"),
        ("", "The file is empty."),
        ("Quiz title: T\nGROUP\npick: 3\n1. Q\n*a) x\nb) y\nEND_GROUP\n", "which has 1."),
    ],
)
def test_problems_stand_on_the_page_and_nothing_is_scored(preview, file, text, said):
    file.write_text(text, encoding="utf-8")
    for form in (None, {}, {"q.q1": "0"}):
        answer = preview.ask(form="" if form == {} else form)
        assert answer.status == 200
        assert said in answer.text
        assert 'id="result"' not in answer.text


LINES = """\
Quiz title: T
shuffle answers: true
SECTION
END_SECTION
GROUP
pick: 2
END_GROUP
1. Ask [x] <script>alert(1)</script> $\\frac{1}$ ![](cat.png)
*a) yes
b) no
[*] box
[ ] no box
* word
= 5 +- 1
> left -> right
~ item
<> [x] blank
<> [<script>alert(1)</script>] blank
{*} [x] drop
{ } [y] down
___
^^^
... told
? hint
Text: words
id: same""".splitlines()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.sampled_from(LINES), max_size=25), sent=st.booleans(), answers=st.booleans())
def test_no_text_makes_the_page_fail_or_gets_a_script_into_it(tmp_path, lines, sent, answers):
    path = tmp_path / "any.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    made = page(Document(path), Visit(seed=3, fields={} if sent else None), answers=answers)
    assert made.count("<script") == 1


def test_a_file_that_goes_away_is_a_problem_until_it_is_back(preview, file):
    file.unlink()
    assert "There is no such file." in preview.ask().text
    file.write_text(TEXT, encoding="utf-8")
    assert "<h1>Ferries</h1>" in preview.ask().text


def test_the_draw_of_a_pool_and_what_is_shuffled_depend_on_the_seed_alone(preview, file):
    asked = "".join(f"1. Question {number}?\n*a) x\nb) y\n" for number in range(9))
    file.write_text(f"Quiz title: T\nGROUP\npick: 3\n{asked}END_GROUP\n", encoding="utf-8")
    pages = {seed: preview.ask(f"/?seed={seed}").text for seed in range(8)}
    drawn = {tuple(re.findall(r"Question \d\?", page)) for page in pages.values()}
    assert len(drawn) > 1
    assert all(len(questions) == 3 for questions in drawn)
    assert preview.ask("/?seed=3").text == pages[3]


def test_the_command_serves_until_ctrl_c(file):
    script = "from qti_export.cli import main; main(prog_name='quizferry')"
    arguments = [sys.executable, "-u", "-c", script, "preview", "--no-browser", "--port", "0", str(file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert re.match(r"The preview is at http://127\.0\.0\.1:\d+/ ", process.stdout.readline())
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert (process.returncode, stderr) == (0, "")
