"""The link by which an LMS registers: it works once, and may renew one that is registered."""

from datetime import timedelta

from lti_app.config import Config
from lti_app.models import AccessToken, Database, Deployment, Registration, utcnow
from lti_app.services.audit import events
from lti_app.services.invitations import claim_invitation
from tests.lti_app.platform import Answer
from tests.lti_app.registering import ANSWER, Admin, configuration


def test_a_link_works_once(admin: Admin) -> None:
    path = admin.invite()
    said = configuration(admin.platform)
    admin.serve(said, said)
    admin.serve_answer(Answer.of_json(ANSWER))
    admin.open(path)
    assert admin.confirm(path).status_code == 200
    assert audited(admin) == [("invited", "platform.registered", admin.platform.issuer)]
    calls = len(admin.platform.calls)
    for response in (admin.open(path), admin.confirm(path)):
        assert (response.status_code, "invitation-used" in response.text) == (403, True)
        assert "Ask whoever runs this Quizferry for a new link" in response.text
    assert len(admin.platform.calls) == calls, "a used link calls nobody"


def test_of_two_browsers_that_use_a_link_at_once_one_registers(admin: Admin) -> None:
    path = admin.invite()
    with admin.database.writing() as session:
        claim_invitation(session, path.rpartition("/")[2])
    assert "invitation-used" in admin.confirm(path).text
    assert admin.platform.calls == []


def test_an_expired_or_made_up_link_gets_a_page_and_calls_nobody(admin: Admin) -> None:
    expired = admin.invite(timedelta(seconds=-1))
    for path, status, code in ((expired, 403, "invitation-expired"), ("/register/made-up", 404, "invitation-unknown")):
        for response in (admin.open(path), admin.confirm(path), admin.client.get(path)):
            assert (response.status_code, code in response.text) == (status, True)
    assert admin.platform.calls == []


def test_a_link_opened_outside_of_an_lms_says_where_it_goes(admin: Admin) -> None:
    path = admin.invite()
    response = admin.client.get(path, base_url="http://10.0.0.7:8000")  # as a proxy may ask for it
    assert response.status_code == 200
    assert f"{admin.config.public_url}{path}" in response.text
    assert "Site administration" in response.text


def test_only_a_hash_of_the_token_is_stored(admin: Admin, config: Config) -> None:
    token = admin.invite().rpartition("/")[2]
    file = config.database_url.removeprefix("sqlite:///")
    for suffix in ("", "-wal"):
        with open(file + suffix, "rb") as content:  # noqa: PTH123
            assert token.encode() not in content.read()


def test_a_renewed_lms_keeps_its_courses_and_gets_new_values(admin: Admin, registration: Registration) -> None:
    (deployment,) = registration.deployments
    keep_a_token(admin.database, registration)
    said = configuration(admin.platform, jwks_uri=f"{admin.platform.base_url}/new")
    response = admin.register(said, {"client_id": "new", "deployment_id": "new-1"}, renews=registration)
    assert response.status_code == 200
    (stored,) = admin.registered()
    assert (stored.id, stored.name, stored.client_id) == (registration.id, registration.name, "new")
    assert stored.jwks_url.endswith("/new")
    assert [(row.id, row.deployment_id) for row in stored.deployments] == [(deployment.id, "new-1")]
    with admin.database.reading() as session:
        assert session.query(AccessToken).all() == []
    assert audited(admin) == [("invited", "platform.renewed", admin.platform.issuer)]


def test_a_link_that_renews_one_lms_is_no_good_for_another(admin: Admin) -> None:
    elsewhere = Registration(
        name="Elsewhere",
        **{**admin.platform.registration_values(), "issuer": "https://lms.example.edu"},
        deployments=[Deployment(deployment_id="1")],
    )
    with admin.database.writing() as session:
        session.add(elsewhere)
    path = admin.invite(renews=elsewhere)
    said = configuration(admin.platform)
    admin.serve(said, said)
    for response in (admin.open(path), admin.confirm(path)):
        assert "issuer-foreign" in response.text
    assert [row.issuer for row in admin.registered()] == ["https://lms.example.edu"]


def audited(admin: Admin) -> list[tuple[str, str, str]]:
    """What the audit trail says: who, what, and to the LMS of which issuer."""
    with admin.database.reading() as session:
        return [(event.actor, event.action, event.details["issuer"]) for event in events(session)]


def keep_a_token(database: Database, registration: Registration) -> None:
    with database.writing() as session:
        session.add(
            AccessToken(
                registration_id=registration.id,
                client_id=registration.client_id,
                scopes="x",
                token="t",
                expires_at=utcnow() + timedelta(1),
            )
        )
