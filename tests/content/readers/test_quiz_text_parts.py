"""Groups, sections, texts between questions and the settings of a quiz, as quiz text has them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from content.problem import Severity
from content.questions import Choice, MultipleChoice, TextBlock
from content.quiz import UNLIMITED, Pool, Quiz, Section, Seen, Settings, Shown, WhichAttempt
from tests.content.readers.quiz_texts import CHOICES, HEAD, found_in, quiz_of, read

YES_NO = (Choice(text="yes", correct=True), Choice(text="no"))
Q = f"1. Q\n{CHOICES}\n"


def asked(**fields: object) -> MultipleChoice:
    return MultipleChoice(**{"stem": "Q", "choices": YES_NO, **fields})  # type: ignore[arg-type]


def codes(text: str) -> list[tuple[str, int]]:
    return [(code, line) for code, _, line, _ in found_in(text)]


class TestGroups:
    def test_its_own_lines_stand_below_group_and_its_questions_are_worth_what_it_says(self) -> None:
        heading = "Pick: 2\nPoints per question: 2.5\nid: pool\nTitle: P\n"
        quiz = quiz_of(f"{HEAD}GROUP\n{heading}\n{Q}id: a\n{Q}END_GROUP\n")
        two = Decimal("2.5")
        questions = (asked(points=two), asked(points=two, id="a"))
        assert quiz.parts == (Pool(pick=2, points=two, id="pool", title="P", questions=questions),)
        assert quiz.points == 5

    def test_text2qtis_groups_need_no_lines_and_take_the_points_of_their_questions(self) -> None:
        quiz = quiz_of(f"{HEAD}GROUP\nPoints: 3\n{Q}Points: 3\n{Q}END_GROUP\n")
        assert quiz.parts == (Pool(pick=1, points=Decimal(3), questions=(asked(points=Decimal(3)),) * 2),)
        assert quiz.points == 3

    def test_below_a_blank_line_title_and_id_are_those_of_the_question(self) -> None:
        (pool,) = quiz_of(f"{HEAD}GROUP\nPick: 1\n\nTitle: T\nid: q\n{Q}END_GROUP\n").parts
        assert pool == Pool(pick=1, questions=(asked(title="T", id="q"),))

    def test_a_second_title_in_the_first_paragraph_is_that_of_the_question(self) -> None:
        (pool,) = quiz_of(f"{HEAD}GROUP\nTitle: P\nTitle: T\nid: q\n{Q}END_GROUP\n").parts
        assert pool == Pool(pick=1, title="P", questions=(asked(title="T", id="q"),))

    def test_behind_its_end_the_quiz_goes_on(self) -> None:
        quiz = quiz_of(f"{HEAD}{Q}GROUP\n{Q}END_GROUP\nPoints: 2\n{Q}")
        assert quiz.parts == (asked(), Pool(pick=1, questions=(asked(),)), asked(points=Decimal(2)))

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (f"GROUP\nPick: 2\n{Q}END_GROUP\n", [("bad-pick", 2)]),
            (f"GROUP\nPick: none\n{Q}END_GROUP\n", [("bad-option", 2)]),
            (f"GROUP\nPoints per question: 0\n{Q}END_GROUP\n", [("bad-points", 2), ("bad-points", 3)]),
            (f"GROUP\nPick: 1\nPick: 1\n{Q}END_GROUP\n", [("duplicate-option", 3)]),
            (f"GROUP\nPoints: 2\n{Q}{Q}END_GROUP\n", [("uneven-pool", 1)]),
            (f"GROUP\nPoints per question: 2\nPoints: 3\n{Q}END_GROUP\n", [("uneven-pool", 2)]),
            (f"{Q}GROUP\nEND_GROUP\n", [("empty-pool", 5)]),
            (f"GROUP\nText: T\n{Q}END_GROUP\n", [("text-in-pool", 1)]),
            (f"GROUP\nid: a\n\nid: a\n{Q}END_GROUP\n", [("duplicate-id", 2)]),
            (f"GROUP\n{Q}", [("open-group", 1)]),
            (f"GROUP\n{Q}GROUP\n{Q}END_GROUP\n", [("open-group", 1)]),
            (f"GROUP\n{Q}SECTION\n{Q}END_SECTION\n", [("open-group", 1)]),
            (f"SECTION\nGROUP\n{Q}END_SECTION\n", [("open-group", 2)]),
            (f"{Q}END_GROUP\n", [("stray-mark", 5)]),
            (f"{Q}Pick: 1\n", [("stray-mark", 5)]),
            (f"GROUP\n{Q}Pick: 1\nEND_GROUP\n", [("stray-mark", 6)]),
            (f"GROUP\n{Q}Title: T\nEND_GROUP\n", [("misplaced-option", 6)]),
            (f"Points: 1\nGROUP\n{Q}END_GROUP\n", [("misplaced-option", 1)]),
        ],
    )
    def test_what_is_wrong_with_a_group_is_reported_where_it_stands(
        self, text: str, found: list[tuple[str, int]]
    ) -> None:
        assert codes(text) == found

    def test_a_stray_end_takes_nothing_from_the_quiz(self) -> None:
        quiz = read(f"Quiz title: T\nEND_GROUP\n\n{Q}").quiz
        assert quiz == Quiz(title="T", parts=(asked(),))

    def test_lines_of_a_solutions_file_are_left_out_with_a_note(self) -> None:
        assert found_in(f"GROUP\nSolutions pick: 1\nPick: 1\n{Q}END_GROUP\n") == [("left-out", Severity.NOTE, 2, 1)]


class TestSections:
    def test_they_hold_questions_groups_and_texts_under_a_title(self) -> None:
        text = f"SECTION\nTitle: S\nid: s\nText: Intro\n\n    more\n\n{Q}GROUP\n{Q}END_GROUP\n\nText: T\nEND_SECTION\n"
        quiz = quiz_of(f"{HEAD}{text}")
        inner = (asked(), Pool(pick=1, questions=(asked(),)), TextBlock(stem="T"))
        assert quiz.parts == (Section(title="S", id="s", text="Intro\n\nmore", parts=inner),)
        assert quiz.questions == (asked(), asked(), TextBlock(stem="T"))

    def test_behind_a_group_a_title_is_that_of_the_next_question(self) -> None:
        quiz = quiz_of(f"{HEAD}SECTION\nGROUP\n{Q}END_GROUP\nTitle: T\n{Q}END_SECTION\n")
        assert quiz.parts == (Section(parts=(Pool(pick=1, questions=(asked(),)), asked(title="T"))),)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            (f"{Q}SECTION\nEND_SECTION\n", [("empty-section", 5)]),
            (f"SECTION\n{Q}", [("open-group", 1)]),
            (f"SECTION\n{Q}SECTION\n{Q}END_SECTION\n", [("open-group", 1)]),
            (f"{Q}END_SECTION\n", [("stray-mark", 5)]),
            (f"SECTION\nTitle: {'x' * 256}\n{Q}END_SECTION\n", [("long-title", 2)]),
            (f"SECTION\nid: 1\n{Q}END_SECTION\n", [("bad-id", 2)]),
        ],
    )
    def test_what_is_wrong_with_a_section_is_reported_where_it_stands(
        self, text: str, found: list[tuple[str, int]]
    ) -> None:
        assert codes(text) == found

    def test_they_can_be_graded_apart(self) -> None:
        quiz = quiz_of(f"{HEAD}grade sections apart: yes\n\nSECTION\nTitle: S\n\nPoints: 1.5\n{Q}{Q}END_SECTION\n{Q}")
        assert quiz.settings == Settings(grade_sections_apart=True)
        assert [part.points for part in quiz.parts] == [Decimal("2.5"), 1]  # type: ignore[union-attr]

    @pytest.mark.parametrize("parts", [Q, f"SECTION\n\nText title: T\nText: Read.\nEND_SECTION\n{Q}"])
    def test_where_there_are_none_to_grade_apart_the_line_that_asks_for_it_is_reported(self, parts: str) -> None:
        assert codes(f"{HEAD}grade sections apart: true\n\n{parts}") == [("no-sections", 3)]


class TestTexts:
    def test_title_and_text_belong_together(self) -> None:
        quiz = quiz_of(f"{HEAD}Text title: A\n  title\nText: Some\n  text\n\nid: two\nText: More\n\n{Q}")
        assert quiz.parts == (TextBlock(title="A title", stem="Some\ntext"), TextBlock(id="two", stem="More"), asked())
        assert quiz.points == 1

    def test_a_line_between_makes_two_texts_of_a_title_and_a_text(self) -> None:
        reading = read(f"{HEAD}Text title: A\nid: two\nText: B\n{Q}")
        assert [(problem.code, problem.source.line) for problem in reading.problems] == [("empty-stem", 3)]
        assert reading.quiz is not None
        assert reading.quiz.parts[1] == TextBlock(id="two", stem="B")

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Text title: T\n", [("empty-stem", 1)]),
            ("Text:\n", [("bad-option", 1)]),
            (f"Text title: {'x' * 256}\nText: T\n", [("long-title", 1)]),
            ("id: -\n\nid: 1\nText: T\n", [("bad-id", 1), ("bad-id", 3)]),
            ("Points: 2\nText: T\n", [("idle-option", 1)]),
            ("Text: T\n... told\n", [("stray-mark", 2)]),
            ("Text: T\n*a) yes\n", [("stray-mark", 2)]),
        ],
    )
    def test_what_is_wrong_with_a_text_is_reported_where_it_stands(
        self, text: str, found: list[tuple[str, int]]
    ) -> None:
        assert codes(f"{text}\n{Q}") == found

    def test_texts_alone_are_no_quiz_to_take(self) -> None:
        assert codes("Text: T\n") == [("no-questions", 0)]


class TestSettings:
    def settings_of(self, lines: str) -> Settings:
        return quiz_of(f"Quiz title: T\n{lines}\n\n1. Q\n___\n").settings

    def test_all_of_them_are_read(self) -> None:
        settings = self.settings_of(
            "time limit: 30 min\nattempts: 3\nwait between attempts: 1 h 30\nwhich attempt counts: Average\n"
            "access code: a b\nshuffle questions: yes\n"
            "show answers: after  close\nshow feedback: after last attempt\nstudents see: Own  answers\n"
            "show after: 2026-12-01 08:00 UTC\n"
            "opens: 2026-11-21T10:00:30Z\ndue: 2026-11-22 10:00 gmt\ncloses: 2026-11-23 10:00 +01:30"
        )
        assert settings == Settings(
            time_limit=30,
            attempts=3,
            wait_between_attempts=90,
            which_attempt=WhichAttempt.AVERAGE,
            access_code="a b",
            shuffle_questions=True,
            show_answers=Shown.AFTER_CLOSE,
            show_feedback=Shown.AFTER_LAST_ATTEMPT,
            students_see=Seen.OWN_ANSWERS,
            show_after=datetime(2026, 12, 1, 8, tzinfo=UTC),
            opens=datetime(2026, 11, 21, 10, 0, 30, tzinfo=UTC),
            due=datetime(2026, 11, 22, 10, tzinfo=UTC),
            closes=datetime(2026, 11, 23, 8, 30, tzinfo=UTC),
        )
        assert settings.closes is not None
        assert settings.closes.utcoffset() == timedelta(0)

    @pytest.mark.parametrize(
        ("written", "minutes"),
        [
            ("45", 45),
            ("1 min", 1),
            ("90 minutes", 90),
            ("2 h", 120),
            ("1 h 30 min", 90),
            ("1h30m", 90),
            ("1 hour", 60),
        ],
    )
    def test_a_time_limit_is_written_as_people_write_it(self, written: str, minutes: int) -> None:
        assert self.settings_of(f"time limit: {written}").time_limit == minutes

    def test_attempts_may_be_unlimited(self) -> None:
        assert self.settings_of("attempts: Unlimited").attempts == UNLIMITED

    @pytest.mark.parametrize(
        "line",
        [
            "time limit: soon",
            "time limit: min",
            "wait between attempts: a day",
            "attempts: 0",
            "attempts: -1",
            "attempts: 1.5",
            "which attempt counts: best",
            "show answers: later",
            "students see: nothing",
            "opens: tomorrow",
            "opens: 2026-02-30 10:00 UTC",
            "opens: 2026-11-21 10:00",
            "opens: 2026-11-21 24:30 UTC",
            "opens: 0001-01-01 00:00 +14:00",
            "opens: 2026-11-21 10:00 +25:00",
        ],
    )
    def test_a_bad_value_is_reported_where_it_stands(self, line: str) -> None:
        at = line.index(":") + 3
        assert found_in(f"{line}\n\n1. Q\n___\n") == [("bad-option", Severity.ERROR, 1, at)]

    @pytest.mark.parametrize(
        ("lines", "found"),
        [
            ("time limit: 0", ("bad-time-limit", 1)),
            ("opens: 2026-11-21 10:00 UTC\ncloses: 2026-11-20 10:00 UTC", ("bad-moment", 2)),
            ("due: 2026-11-20 10:00 UTC\nopens: 2026-11-21 10:00 UTC", ("bad-moment", 1)),
            ("show answers: after close", ("never-shown", 1)),
            ("attempts: unlimited\nshow feedback: after last attempt", ("never-shown", 2)),
            ("show answers: never\nShow correct answers: true", ("duplicate-option", 2)),
        ],
    )
    def test_settings_that_contradict_each_other_are_reported(self, lines: str, found: tuple[str, int]) -> None:
        assert codes(f"{lines}\n\n1. Q\n___\n") == [found]
