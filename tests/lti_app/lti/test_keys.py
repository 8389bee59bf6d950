"""Rotation of the tool's keys, at moments that the tests choose."""

from datetime import datetime, timedelta

import jwt
import pytest
from click.testing import CliRunner
from sqlalchemy import select

from lti_app.cli import main
from lti_app.lti import keys
from lti_app.lti.keys import (
    KEPT_AFTER,
    PUBLISHED_AHEAD,
    KeyState,
    RotationUnderWay,
    public_key_set,
    published_keys,
    rotate_key,
    signing_key,
)
from lti_app.models import Database, ToolKey, utcnow
from tests.lti_app.fixtures import database_kind

__all__ = ["database_kind"]  # these run on both databases

HOUR = timedelta(hours=1)


def kids(database: Database, now: datetime) -> list[str]:
    return [key["kid"] for key in public_key_set(database, now)["keys"]]


def verifies(key: ToolKey, key_set: dict[str, list[dict[str, str]]]) -> bool:
    """Whether a platform that has this keyset can check what the key signs."""
    token = jwt.encode({"iss": "client"}, key.private_pem, "RS256", {"kid": key.kid})
    found = [jwt.PyJWK(jwk) for jwk in key_set["keys"] if jwk["kid"] == key.kid]
    return bool(found) and jwt.decode(token, found[0], ["RS256"]) == {"iss": "client"}


def test_a_platform_that_keeps_the_keyset_for_a_day_can_check_every_signature_across_rotations(
    database: Database,
) -> None:
    start = utcnow()
    signers = {}
    for hour in range(0, 24 * 9, 6):
        now = start + hour * HOUR
        if hour % (24 * 3) == 0:
            rotate_key(database, now)
        key = signing_key(database, now)
        signers[key.kid] = key
        for age in (timedelta(), PUBLISHED_AHEAD):
            fetched_at = max(start, now - age)
            assert key.kid in kids(database, fetched_at), f"hour {hour}, keyset {age} old"
        # What was signed at the end of an old key's time is checked with the newest keyset.
        assert signing_key(database, now - timedelta(minutes=5)).kid in kids(database, now)
    assert len(signers) == 4
    newest = signers[key.kid]
    assert verifies(newest, public_key_set(database, now))


def test_a_new_key_is_published_at_once_signs_later_and_the_old_one_goes_a_day_after(database: Database) -> None:
    now = utcnow()
    old = signing_key(database, now)
    new = rotate_key(database, now)
    assert signing_key(database, now).kid == old.kid
    assert kids(database, now) == [new.kid, old.kid]
    change = now + PUBLISHED_AHEAD
    assert signing_key(database, change - timedelta(seconds=1)).kid == old.kid
    assert signing_key(database, change).kid == new.kid
    assert kids(database, change + KEPT_AFTER - timedelta(seconds=1)) == [new.kid, old.kid]
    assert kids(database, change + KEPT_AFTER) == [new.kid]


def test_the_private_half_of_a_key_that_has_had_its_time_is_deleted_at_the_next_rotation(database: Database) -> None:
    now = utcnow()
    old = signing_key(database, now)
    rotate_key(database, now)
    rotate_key(database, now + PUBLISHED_AHEAD + KEPT_AFTER)
    with database.reading() as session:
        assert old.kid not in session.scalars(select(ToolKey.kid)).all()


def test_a_rotation_waits_for_the_one_before(database: Database) -> None:
    now = utcnow()
    new = rotate_key(database, now)
    with pytest.raises(RotationUnderWay) as refused:
        rotate_key(database, now + HOUR)
    assert refused.value.signs_from == new.signs_from
    rotate_key(database, new.signs_from)


def test_what_the_keys_do_is_told(database: Database) -> None:
    now = utcnow()
    first = signing_key(database, now)
    second = rotate_key(database, now, 2 * HOUR)
    waiting = [(key.kid, key.state, key.until) for key in published_keys(database, now)]
    assert waiting == [
        (first.kid, KeyState.SIGNING, second.signs_from),
        (second.kid, KeyState.WAITING, second.signs_from),
    ]
    changed = [(key.kid, key.state, key.until) for key in published_keys(database, now + 3 * HOUR)]
    assert changed == [
        (first.kid, KeyState.RETIRING, second.signs_from + KEPT_AFTER),
        (second.kid, KeyState.SIGNING, None),
    ]


def test_the_command_rotates_and_lists(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZFERRY_DATABASE_URL", str(database.url))
    old = signing_key(database).kid
    rotated = CliRunner().invoke(main, ["keys", "rotate"])
    assert (rotated.exit_code, "is published now and signs from" in rotated.output) == (0, True)
    listed = CliRunner().invoke(main, ["keys", "list"]).output
    assert f"{old}  {KeyState.SIGNING} (until" in listed
    assert KeyState.WAITING in listed
    again = CliRunner().invoke(main, ["keys", "rotate"])
    assert (again.exit_code, "rotate again after that" in again.output) == (1, True)
    # A running tool reads the keys from the database each time.
    assert len(keys.public_key_set(database)["keys"]) == 2
