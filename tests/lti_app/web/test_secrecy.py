"""What a student may not see yet does not reach the browser in any form."""

import re
from pathlib import Path

from content.questions import ChoiceQuestion
from content.quiz import Quiz
from tests.lti_app.web.classroom import Classroom, Visitor
from tests.lti_app.web.quizzes import ALL_RIGHT, SEA, without_key


def everything_sent_while_answering(visitor: Visitor) -> list[str]:
    """Every response of a whole first attempt up to its submission, with its headers, made comparable."""
    client, home = visitor.client, visitor.home
    responses = [client.get(f"{home}/"), visitor.post("/attempts"), client.get(f"{home}/attempts/1")]
    for question in SEA.questions:
        assert isinstance(question, ChoiceQuestion)
        picks = [[place] for place in range(len(question.choices))]
        responses += [visitor.save(1, question.id, pick, number) for number, pick in enumerate([*picks, [99], []])]
    responses += [
        visitor.post("/attempts/1/submit"),
        client.get(f"{home}/attempts/1?check=open"),
        client.get(f"{home}/attempts/1/result"),
        client.get(f"{home}/grade"),
        client.get(f"{home}/"),
        client.get(f"{home}/teach/"),
        client.get(f"{home}/teach/preview"),
        client.get(f"{home}/teach/students/1/attempts/1"),
    ]
    sent = [f"{response.status}\n{response.headers}\n{response.text}" for response in responses]
    noise = {visitor.launch_id: "LAUNCH", visitor.csrf_token: "TOKEN"}
    for secret, name in noise.items():
        sent = [text.replace(secret, name) for text in sent]
    return [re.sub(r"X-Request-ID: \w+|<time.*?</time>|<code>\S+ \w{8}</code>", "", text) for text in sent]


def sent_with(database: Path, quiz: Quiz) -> list[str]:
    classroom = Classroom(f"sqlite:///{database}", quiz)
    try:
        return everything_sent_while_answering(classroom.launch("Ada", quiz_id="sea"))
    finally:
        classroom.close()


def test_a_quiz_with_another_key_and_no_feedback_sends_the_same(tmp_path: Path) -> None:
    assert sent_with(tmp_path / "one.db", SEA) == sent_with(tmp_path / "other.db", without_key(SEA))


def test_no_response_during_an_attempt_holds_a_feedback(ada: Visitor) -> None:
    assert not [text for text in everything_sent_while_answering(ada) if "TOLD-" in text]


def test_a_second_attempt_keeps_the_secrets_too_but_the_first_ones_result_is_told(ada: Visitor) -> None:
    ada.take(**ALL_RIGHT)
    ada.post("/attempts")
    assert "TOLD-" not in ada.get("/attempts/2")
    assert "TOLD-" in ada.get("/attempts/1/result")
