"""The pages of a deep linking visit: pick, set, send."""

from collections.abc import Sequence

from flask import Blueprint, Flask, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from content.sentences import Sentence
from lti_app.lti.failures import Refused
from lti_app.services import linking, quizzes
from lti_app.services.placements import PlacedQuiz
from lti_app.services.uploads import Upload, upload
from lti_app.web.access import LINKING, current_visit
from lti_app.web.facts import QuizFacts, facts
from lti_app.web.headers import allow_forms_to_lead_to
from lti_app.web.linking.form import QuizForm
from lti_app.web.moments import in_form
from lti_app.web.prose import prose_of
from lti_app.web.questions import preview as previewed
from lti_app.web.tool import tool

bp = Blueprint(LINKING, __name__, url_prefix="/launches/<launch_id>/link", template_folder="templates")

UPLOAD_BYTES = 5_000_000
"""Of a request with a file; what is longer gets a page that says so."""

MOST_AT_ONCE = 50


class LinkingAnswered(Refused):
    """The visit has sent what was picked to the LMS, which takes it once."""

    code = "linking-answered"
    status = 409
    heading = Sentence("This was sent to your course already")
    sentence = Sentence("What was picked here went to your course, and it goes there once.")
    remedy = Sentence("To add more quizzes, open Quizferry from your course again.")
    why = Sentence(
        "A teacher sent the same page of the picker twice, by going back in the browser, for example. An LMS’s request "
        "is answered once; opening Quizferry from the course again makes a new one."
    )


def take_uploads(app: Flask) -> None:
    """Let this blueprint's upload be longer than other requests. Comes before everything that reads a form."""

    @app.before_request
    def allow_files() -> None:
        if request.endpoint == f"{LINKING}.take_file":
            request.max_content_length = UPLOAD_BYTES


@bp.get("/")
def pick(launch_id: str) -> str:  # noqa: ARG001 - the guard has found the visit
    """Show the quizzes to pick from, or those that ``?q=`` names."""
    visit = current_visit()
    edited = [visit.placement.quiz_id] if visit.placement else []
    return _choice(picked=request.args.getlist("quiz") or edited)


@bp.post("/")
def take_file(launch_id: str) -> tuple[str, int]:  # noqa: ARG001
    """Take an uploaded quiz file, and show what is wrong with it, or its quiz among the others."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _choice(problem=gettext("Choose a file first, then upload it.")), 422
    with sent.stream as stream:
        data = stream.read()
    with tool().database.writing() as session:
        done = upload(session, current_visit().course, sent.filename, data)
    picked = [*request.form.getlist("quiz"), *([done.quiz_id] if done.quiz_id else [])]
    return _choice(picked=picked, uploaded=done), 200 if done.quiz_id else 422


@bp.get("/preview/<quiz_id>")
def preview(launch_id: str, quiz_id: str) -> str:  # noqa: ARG001
    """Show a quiz with its key and feedback."""
    with tool().database.reading() as session:
        quizzes.find_published(session, current_visit().course_id, quiz_id) or abort(404)
        revision = quizzes.newest_revision(session, quiz_id) or abort(404)
    questions = previewed(quizzes.load(revision), prose_of(revision))
    return render_template("linking/preview.html", quiz=facts(revision), questions=questions)


@bp.get("/settings")
def settings(launch_id: str) -> str | Response:
    """Ask for title, points, attempts and dates of the quizzes that are picked."""
    forms = _forms(request.args.getlist("quiz"))
    if not forms:
        return redirect(url_for("linking.pick", launch_id=launch_id), 303)
    return render_template("linking/settings.html", forms=forms, zone="UTC")


@bp.post("/settings")
def add(launch_id: str) -> str | Response | tuple[str, int]:
    """Send the quizzes to the LMS, as they are set; where a field makes no sense, say so first."""
    forms = _forms(request.form.getlist("quiz"))
    if not forms:
        return redirect(url_for("linking.pick", launch_id=launch_id), 303)
    zone = request.form.get("zone", "UTC")
    for form in forms:
        form.read(request.form)
    decided = [form.decide(zone) for form in forms]
    placed = [quiz for quiz in decided if quiz is not None]
    if len(placed) < len(forms):
        return render_template("linking/settings.html", forms=forms, zone=zone), 422
    return _send(placed)


@bp.post("/none")
def leave(launch_id: str) -> str:  # noqa: ARG001
    """Go back to the LMS with nothing picked."""
    return _send([])


def _send(placed: Sequence[PlacedQuiz]) -> str:
    here, visit = tool(), current_visit()
    try:
        jwt = linking.answer(here.database, here.config, visit, placed)
    except linking.AnsweredAlready as error:
        raise LinkingAnswered(f"visit {visit.id}") from error
    allow_forms_to_lead_to(visit.answer_url)
    return render_template("linking/send.html", url=visit.answer_url, jwt=jwt, count=len(placed))


def _choice(picked: Sequence[str] = (), uploaded: Upload | None = None, problem: str = "") -> str:
    wanted = request.args.get("q", "").strip()[:100]
    offered = [quiz for quiz in _offered() if wanted.casefold() in quiz.title.casefold() or quiz.id in picked]
    return render_template(
        "linking/pick.html",
        visit=current_visit(),
        offered=offered,
        picked=set(picked),
        wanted=wanted,
        uploaded=uploaded,
        problem=problem,
    )


def _offered() -> list[QuizFacts]:
    with tool().database.reading() as session:
        published = quizzes.published(session, current_visit().course_id)
        revisions = [quizzes.newest_revision(session, quiz.id) for quiz in published]
    return [facts(revision) for revision in revisions if revision is not None]


def _forms(quiz_ids: Sequence[str]) -> list[QuizForm]:
    """Return a form for each quiz that is picked and offered, filled with what it has now; no more than the LMS takes.

    The times of an edited link are left in UTC: the page's script turns them into the reader's own.
    """
    visit = current_visit()
    if not visit.accepts_links:
        return []
    found = [quiz for quiz in _offered() if quiz.id in quiz_ids][: MOST_AT_ONCE if visit.accepts_several else 1]
    forms = []
    for quiz in found:
        form = QuizForm(quiz, quiz.title, points=f"{quiz.points.normalize():f}" if quiz.points else "")
        form.attempts = str(quiz.settings.attempts or "")
        form.opens, form.due = map(in_form, (quiz.settings.opens, quiz.settings.due))
        edited = visit.placement
        if edited is not None and edited.quiz_id == quiz.id:
            form.title, form.attempts = edited.title, str(edited.attempts or "")
            form.points = "" if edited.points is None else f"{edited.points.normalize():f}"
            form.opens, form.due = map(in_form, (edited.opens, edited.due))
        forms.append(form)
    return forms
