"""The access code of a quiz: asked for before an attempt, and not to be found out by trying."""

import hmac
from datetime import timedelta

from sqlalchemy.orm import Session

from lti_app.models import CodeTries, Launch, utcnow

FREE_TRIES = 5
WAIT = timedelta(minutes=1)
"""Between two tries after the free ones. Four characters then take years."""


class WrongCode(Exception):  # noqa: N818
    """The code is not the quiz's."""


class TooManyCodes(Exception):  # noqa: N818
    """So many wrong codes that the next may only be tried in a minute."""


def check_code(session: Session, launch: Launch, code: str, given: str) -> None:
    """Raise WrongCode where what was given is not the code; TooManyCodes where it is too early to try.

    A wrong try is counted in this transaction, which the caller must store all the same. The caller has locked the
    student's row.
    """
    key = (launch.resource_link_id, launch.user_id)
    tries = session.get(CodeTries, key)
    if tries is not None and tries.wrong >= FREE_TRIES and utcnow() < tries.last_at + WAIT:
        raise TooManyCodes
    if hmac.compare_digest(given.strip().encode("utf-8", "replace"), code.strip().encode()):
        if tries is not None:
            session.delete(tries)
        return
    if tries is None:
        tries = CodeTries(resource_link_id=key[0], user_id=key[1], wrong=0)
        session.add(tries)
    tries.wrong, tries.last_at = tries.wrong + 1, utcnow()
    session.flush()
    raise WrongCode
