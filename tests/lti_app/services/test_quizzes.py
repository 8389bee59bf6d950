from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from content.quiz import Quiz
from content.quizzes import bundled
from content.writers.quiz_text import write_quiz_text
from lti_app import models
from lti_app.config import Config
from lti_app.models import Database, QuizRevision
from lti_app.models.migrations import upgrade
from lti_app.services import quizzes
from lti_app.services.quizzes import LinkTaken, QuizRefused, bind_quiz, load, newest_revision, publish, publish_all
from tests.lti_app.school import ALL_RIGHT, QUIZ, School, open_school


@pytest.fixture
def school(database_url: str) -> Iterator[School]:
    """A school whose database has no quizzes but its own."""
    school = open_school(database_url, lineitem_url="https://lms.example.edu/lineitems/1")
    with school.database.writing() as session:
        session.execute(delete(models.Quiz).where(models.Quiz.id != QUIZ.id))
    yield school
    school.database.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of quizzes that stands in for the bundled one."""
    folder = tmp_path / "quizzes"
    folder.mkdir()
    monkeypatch.setattr("content.quizzes.FOLDER", folder)
    return folder


def offered(database: Database) -> list[str]:
    with database.reading() as session:
        return [quiz.title for quiz in quizzes.published(session, 1)]


def write(folder: Path, name: str, quiz: Quiz) -> None:
    (folder / name).write_text(write_quiz_text(quiz), encoding="utf-8")


def test_a_published_quiz_is_loaded_as_it_was(school: School) -> None:
    with school.database.reading() as session:
        revision = newest_revision(session, QUIZ.id)
        assert revision is not None
        assert load(revision) == QUIZ


def test_publishing_the_same_quiz_again_makes_no_new_revision(school: School) -> None:
    with school.database.writing() as session:
        assert publish(session, QUIZ).number == 1
        assert publish(session, replace(QUIZ, title="Changed")).number == 2
        assert publish(session, replace(QUIZ, title="Changed")).number == 2


def test_a_quiz_that_is_changed_back_is_the_newest_again(school: School) -> None:
    with school.database.writing() as session:
        publish(session, replace(QUIZ, title="Changed"))
        publish(session, QUIZ)
        newest = newest_revision(session, QUIZ.id)
        assert newest is not None
        assert (newest.number, load(newest).title) == (3, QUIZ.title)


def test_questions_without_ids_get_them_before_they_are_stored(school: School) -> None:
    nameless = replace(QUIZ, id="", title="Nameless", parts=tuple(replace(one, id="") for one in QUIZ.questions))
    with school.database.writing() as session:
        quiz = load(publish(session, nameless))
    assert quiz.id == "nameless"
    assert [question.id for question in quiz.questions] == ["q1", "q2", "q3"]


@pytest.mark.parametrize(
    "unfit",
    [
        replace(QUIZ, parts=()),
        replace(QUIZ, parts=(replace(QUIZ.questions[0], needs_review="The page does not show the key."),)),
    ],
    ids=["no questions", "needs review"],
)
def test_a_quiz_with_errors_is_not_published(school: School, unfit: Quiz) -> None:
    with school.database.writing() as session, pytest.raises(QuizRefused) as refused:
        publish(session, unfit)
    assert refused.value.problems
    with school.database.reading() as session:
        assert session.scalars(select(QuizRevision)).one().number == 1


def test_the_quizzes_of_both_folders_are_offered(school: School, folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write(folder, "a.md", replace(QUIZ, id="tides", title="Tides"))
    write(folder, "b.md", QUIZ)
    write(own, "c.md", replace(QUIZ, title="The sea, in our words"))
    publish_all(school.database, replace(school.config, quizzes=own))
    assert offered(school.database) == ["The sea, in our words", "Tides"]


def test_a_folder_means_the_same_quizzes_to_the_tool_as_to_the_converter(
    school: School, folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "folder.md").mkdir(parents=True)
    write(own, "A.MD", replace(QUIZ, id="tides", title="Tides"))
    write(own, ".hidden.md", QUIZ)
    publish_all(school.database, replace(school.config, quizzes=own))
    assert offered(school.database) == ["Tides"]


def test_a_quiz_whose_file_is_gone_is_offered_no_more_but_stays_where_it_is(school: School, folder: Path) -> None:
    publish_all(school.database, school.config)
    assert offered(school.database) == []
    launch_id = school.student()
    school.submit(launch_id, ALL_RIGHT)
    write(folder, "sea.md", QUIZ)
    publish_all(school.database, school.config)
    assert offered(school.database) == [QUIZ.title]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"Quiz title: x\n\n1. No choices\n", b"\x00" * 100])
def test_a_file_that_is_no_fit_quiz_does_not_keep_the_others_out(school: School, folder: Path, content: bytes) -> None:
    (folder / "a.md").write_bytes(content)
    write(folder, "b.md", QUIZ)
    publish_all(school.database, school.config)
    assert offered(school.database) == [QUIZ.title]


def test_processes_that_start_at_once_publish_each_quiz_once(empty_database_url: str, folder: Path) -> None:
    write(folder, "sea.md", QUIZ)
    config = Config(database_url=empty_database_url)
    databases = [Database(config.database_url) for _ in range(4)]

    def start(database: Database) -> None:
        upgrade(database)
        publish_all(database, config)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(start, databases))
    with databases[0].reading() as session:
        assert session.scalars(select(QuizRevision.number)).all() == [1]
    for database in databases:
        database.close()


def test_a_teacher_can_change_the_quiz_until_a_student_begins(school: School) -> None:
    with school.database.writing() as session:
        publish(session, replace(QUIZ, id="tides", title="Tides"))
        bind_quiz(session, school.link(session), "tides")
    with school.database.writing() as session:
        link = school.link(session)
        assert link.quiz is not None
        assert link.quiz.title == "Tides"
    school.submit(school.student(), ALL_RIGHT)
    with school.database.writing() as session:
        bind_quiz(session, school.link(session), "tides")  # no change, no harm
        with pytest.raises(LinkTaken, match="new link"):
            bind_quiz(session, school.link(session), QUIZ.id)
        assert school.link(session).quiz_id == "tides"


def test_only_a_quiz_that_is_offered_can_be_bound(school: School, folder: Path) -> None:
    with school.database.writing() as session:
        publish(session, replace(QUIZ, id="tides"))
    publish_all(school.database, school.config)
    for quiz_id in ("tides", "nowhere"):
        with school.database.writing() as session, pytest.raises(LookupError, match=quiz_id):
            bind_quiz(session, school.link(session), quiz_id)


def test_the_bundled_quizzes_are_offered(school: School) -> None:
    publish_all(school.database, school.config)
    assert len(offered(school.database)) == len(bundled()) == 5


def test_starting_again_makes_no_new_revisions(school: School, folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    write(folder, "sea.md", QUIZ)
    write(own, "sea.txt", replace(QUIZ, title="Ours"))
    (own / "picture.png").write_bytes(b"\x89PNG")
    for _ in range(2):
        publish_all(school.database, replace(school.config, quizzes=own))
    with school.database.reading() as session:
        assert session.scalars(select(QuizRevision.number)).all() == [1, 2]  # the school's own, and this one
