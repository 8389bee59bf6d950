"""A platform made of the library lti1p3platform, in a process of its own: ``python -m tests.journeys.second_platform``.

Messages, checks and answers are the library's; here are its routes and what it keeps: a course, people, columns.
"""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, jsonify, redirect, render_template_string, request
from lti1p3platform.exceptions import LineItemNotFoundException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.membership import Context
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from lti1p3platform.response import Response, generate_next_link
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService, NamesRoleProvisioningService
from werkzeug.serving import make_server
from werkzeug.wrappers import Response as Answer

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
PEOPLE = {"ada": ("Ada Osei", "Learner"), "ben": ("Ben Larsen", "Learner"), "clara": ("Clara Ruiz", "Instructor")}
CLIENT_ID, DEPLOYMENT_ID = "second", "d-1"
LINKING, DATA = "linking", "what the platform wants back"

app = Flask(__name__)
activities: dict[str, dict[str, Any]] = {}
columns: dict[str, dict[str, Any]] = {}
scores: dict[tuple[str, str], dict[str, Any]] = {}
numbers = map(str, count(1))


class FlaskRequest(Request):
    def build_metadata(self, request: Any) -> dict[str, Any]:
        """Return the request in the library's words; its numbers are numbers."""
        query = {name: int(value) if value.isdigit() else value for name, value in request.args.items()}
        return {
            "method": request.method,
            "form_data": request.form.to_dict(),
            "get_data": query,
            "headers": request.headers,
            "content_type": request.content_type,
            "path": request.path,
            "json": request.get_json(force=True, silent=True),
        }


class Config(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, url: str, tool: str) -> None:
        key = rsa.generate_private_key(65537, 2048)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self._registration = (
            Registration()
            .set_iss(url)
            .set_client_id(CLIENT_ID)
            .set_deployment_id(DEPLOYMENT_ID)
            .set_oidc_login_url(f"{tool}/lti/login")
            .set_launch_url(f"{tool}/lti/launch")
            .set_deeplink_launch_url(f"{tool}/lti/launch")
            .set_tool_key_set_url(f"{tool}/lti/jwks")
            .set_platform_private_key(private.decode())
            .set_platform_public_key(public.decode())
        )

    def get_registration_by_params(self, **_params: Any) -> Registration:
        return self._registration


class Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, hint: str) -> None:
        self._lti_message_hint = hint

    def get_redirect(self, url: str) -> Answer:
        return redirect(url)


class Launch(LTIAdvantageMessageLaunchAbstract):
    def prepare_launch(self, preflight_response: dict[str, Any]) -> None:
        """Say who opens what; what the login began with comes back in its two hints."""
        person, url = str(preflight_response["login_hint"]), config().get_registration().get_iss()
        name, role = PEOPLE[person]
        self.set_user_data(person, [MEMBERSHIP + role], name, f"{person}@pier.example.edu")
        self.set_launch_context_claim("c-1", [], "Machine Learning in Production", "ML 201")
        hint = str(preflight_response["lti_message_hint"])
        if hint == LINKING:
            self.set_dl(f"{url}/linked", accept_types={"ltiResourceLink"}, extra_data=DATA)
            return
        self.set_resource_link_claim(hint, title=activities[hint]["title"])
        self.set_custom_parameters_claim(activities[hint]["custom"])
        self.set_ags(f"{url}/columns")
        self.set_nrps(f"{url}/members?limit=1")

    def render_launch_form(self, launch_data: dict[str, Any], **_more: Any) -> str:
        return render_template_string(
            '<form method="post" action="{{ launch_url }}"><input name="id_token" value="{{ id_token }}">'
            '<input name="state" value="{{ state }}"></form><script>document.forms[0].submit()</script>',
            **launch_data,
        )


class Grades(AssignmentsGradesService):
    """The columns, one a page: the one that is sought is never on the first."""

    def find_lineitems(self, page: int = 1, **wanted: Any) -> dict[str, Any]:
        names = {"resource_link_id": "resourceLinkId", "resource_id": "resourceId", "tag": "tag"}
        keys = {key: str(wanted[name]) for name, key in names.items() if name in wanted}
        found = [one for one in columns.values() if all(one.get(key) == value for key, value in keys.items())]
        return {"content": found[page - 1 : page], "has_next": page < len(found)}

    def find_lineitem(self, line_item_id: str) -> dict[str, Any]:
        if line_item_id not in columns:
            raise LineItemNotFoundException
        return columns[line_item_id]

    def create_lineitem(self, creation_data: dict[str, Any]) -> dict[str, Any]:
        return add_column(creation_data)

    def update_lineitem(self, update_data: dict[str, Any]) -> dict[str, Any]:
        column = self.find_lineitem(update_data.pop("id"))
        column.update(update_data)
        return column

    def delete_lineitem(self, line_item_id: str) -> None:
        self.find_lineitem(line_item_id)
        del columns[line_item_id]

    def update_score(self, line_item_id: str, score: dict[str, Any]) -> UpdateScoreStatus:
        self.find_lineitem(line_item_id)
        before = scores.get((line_item_id, score["userId"]))
        if before and _moment(score) <= _moment(before):
            return UpdateScoreStatus.OLD_TIMESTAMP
        scores[line_item_id, score["userId"]] = score
        return UpdateScoreStatus.SUCCESS if before else UpdateScoreStatus.CREATED

    def get_results(self, line_item_id: str, user_id: str | None = None, **_paging: Any) -> dict[str, Any]:
        column = self.find_lineitem(line_item_id)
        content = [
            {
                "id": f"{column['id']}/results/{person}",
                "scoreOf": column["id"],
                "userId": person,
                "resultScore": score["scoreGiven"] / score["scoreMaximum"] * column["scoreMaximum"],
                "resultMaximum": column["scoreMaximum"],
            }
            for (place, person), score in scores.items()
            if place == line_item_id and user_id in (None, person)
        ]
        return {"content": content, "has_next": False}


class Members(NamesRoleProvisioningService):
    def get_member_data_page(self, page: int = 1, limit: int = 10, **_filters: Any) -> dict[str, Any]:
        everybody = [
            {"user_id": person, "roles": [MEMBERSHIP + role], "name": name} for person, (name, role) in PEOPLE.items()
        ]
        return {"content": everybody[(page - 1) * limit : page * limit], "has_next": page * limit < len(everybody)}

    def get_context_by_id(self) -> Context:
        return Context("c-1", "ML 201", "Machine Learning in Production")

    def is_resource_link_valid(self, context_id: str, resource_link_id: str) -> bool:
        return context_id == "c-1" and str(resource_link_id) in activities


def config() -> Config:
    found: Config = app.extensions["platform"]
    return found


def add_column(column: dict[str, Any]) -> dict[str, Any]:
    number = next(numbers)
    columns[number] = {**column, "id": f"{config().get_registration().get_iss()}/columns/{number}"}
    return columns[number]


def _moment(score: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(score["timestamp"])


def _answer(response: Response) -> Answer:
    result = response.result
    body = result["content"] if result and "content" in result else result
    answer = jsonify(body) if response.code < 300 else jsonify(error=response.message)
    answer.status_code, answer.content_type = response.code, response.media_type
    if result and result.get("next"):
        answer.headers["Link"] = generate_next_link(result["next"])
    return answer


@app.get("/open/<person>/<hint>")
def open_in_frame(person: str, hint: str) -> str:
    return render_template_string(
        '<iframe id="tool" src="{{ url }}" width=900 height=900></iframe>', url=f"/begin/{person}/{hint}"
    )


@app.get("/begin/<person>/<hint>")
def begin(person: str, hint: str) -> Answer:
    login = Login(request, config())
    login.set_lti_message_hint(hint)
    return login.initiate_login(person)


@app.get("/authorize")
def authorize() -> str:
    return Launch(FlaskRequest(request), config()).lti_launch()


@app.post("/linked")
def linked() -> str:
    """Take over what was picked."""
    jwt = request.form["JWT"]
    assert config().tool_validate_and_decode(jwt)["https://purl.imsglobal.org/spec/lti-dl/claim/data"] == DATA
    for item in config().validate_deeplinking_resp({"JWT": jwt}):
        activity = f"linked-{len(activities)}"
        activities[activity] = {"title": item["title"], "custom": item["custom"]}
        add_column({**item["lineItem"], "resourceLinkId": activity})
    return f"{len(activities)} activities"


@app.get("/keys")
def keys() -> Answer:
    return jsonify(config().get_jwks())


@app.post("/token")
def token() -> Answer:
    return jsonify(config().get_access_token(request.form.to_dict()))


def _grades() -> Grades:
    return Grades(FlaskRequest(request), config(), f"{config().get_registration().get_iss()}/columns")


@app.route("/columns", methods=["GET", "POST"])
def all_columns() -> Answer:
    grades = _grades()
    return _answer(
        grades.handle_resp(grades.handle_get_lineitems if request.method == "GET" else grades.handle_create_lineitem)
    )


@app.route("/columns/<number>", methods=["GET", "PUT", "DELETE"])
def one_column(number: str) -> Answer:
    grades = _grades()
    handlers = {
        "GET": grades.handle_get_lineitem,
        "PUT": grades.handle_update_lineitem,
        "DELETE": grades.handle_delete_lineitem,
    }
    return _answer(grades.handle_resp(handlers[request.method], line_item_id=number))


@app.post("/columns/<number>/scores")
def take_score(number: str) -> Answer:
    grades = _grades()
    return _answer(grades.handle_resp(grades.handle_update_score, line_item_id=number))


@app.get("/columns/<number>/results")
def results(number: str) -> Answer:
    grades = _grades()
    return _answer(grades.handle_resp(grades.handle_get_results, line_item_id=number))


@app.get("/members")
def members() -> Answer:
    service = Members(FlaskRequest(request), config(), f"{config().get_registration().get_iss()}/members")
    return _answer(service.handle_resp(service.handle_get_members))


@app.get("/gradebook")
def gradebook() -> str:
    """Show each score as a line of text."""
    return render_template_string(
        "<ul>{% for (number, person), score in scores.items() %}"
        "<li>{{ person }} has {{ score.scoreGiven }} of {{ score.scoreMaximum }} in {{ columns[number].label }}</li>"
        "{% endfor %}</ul>",
        scores=scores,
        columns=columns,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--tool", required=True, help="where the tool is: scheme, host and port")
    parser.add_argument("--quiz", required=True, help="the custom parameter 'quiz' of the activities")
    options = parser.parse_args(arguments)
    app.extensions["platform"] = Config(url=f"http://127.0.0.1:{options.port}", tool=options.tool)
    add_column({"label": "Of another tool", "scoreMaximum": 10})
    for activity in ("quiz", "untouched"):
        activities[activity] = {"title": activity, "custom": {"quiz": options.quiz}}
        add_column({"label": activity, "scoreMaximum": 2, "resourceLinkId": activity})
    # Somebody has given Ben a grade by hand that is newer than anything the tool will send today.
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    scores["2", "ben"] = {"userId": "ben", "scoreGiven": 2, "scoreMaximum": 2, "timestamp": tomorrow}
    make_server("127.0.0.1", options.port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
