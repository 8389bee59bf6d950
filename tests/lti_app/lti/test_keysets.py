from collections.abc import Iterator
from typing import Any

import pytest

from lti_app.lti.http import PlatformSession
from lti_app.lti.keysets import FAILED_SECONDS, FRESH_SECONDS, SEARCH_SECONDS, KeySets
from lti_app.lti.token_failures import KeysUnavailable, KeyUnknown
from tests.lti_app.platform import Answer, Platform, public_jwk, rsa_key


class Clock:
    """A clock that stands until it is put forward."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def key_sets(clock: Clock) -> Iterator[KeySets]:
    with PlatformSession(allow_private_addresses=True) as session:
        yield KeySets(session, clock)


def test_a_key_is_found_by_its_id(key_sets: KeySets, platform: Platform) -> None:
    platform.keys["key-2"] = rsa_key("key-2")
    assert key_sets.key(platform.jwks_url, "key-2") == rsa_key("key-2").public_key()
    assert key_sets.key(platform.jwks_url, "key-1") == rsa_key("key-1").public_key()


def test_a_keyset_is_kept_for_an_hour(key_sets: KeySets, platform: Platform, clock: Clock) -> None:
    for _ in range(3):
        key_sets.key(platform.jwks_url, "key-1")
    assert len(platform.calls) == 1
    clock.now += FRESH_SECONDS
    key_sets.key(platform.jwks_url, "key-1")
    assert len(platform.calls) == 2


def test_a_new_key_is_found_although_the_set_is_fresh(key_sets: KeySets, platform: Platform) -> None:
    key_sets.key(platform.jwks_url, "key-1")
    platform.keys = {"key-2": rsa_key("key-2")}
    assert key_sets.key(platform.jwks_url, "key-2") == rsa_key("key-2").public_key()


def test_a_key_that_the_platform_has_withdrawn_is_not_kept_past_its_time(
    key_sets: KeySets, platform: Platform, clock: Clock
) -> None:
    key_sets.key(platform.jwks_url, "key-1")
    platform.keys = {"key-2": rsa_key("key-2")}
    clock.now += FRESH_SECONDS
    with pytest.raises(KeyUnknown):
        key_sets.key(platform.jwks_url, "key-1")


def test_made_up_key_ids_do_not_make_the_tool_fetch_without_end(
    key_sets: KeySets, platform: Platform, clock: Clock
) -> None:
    key_sets.key(platform.jwks_url, "key-1")
    for number in range(5):
        with pytest.raises(KeyUnknown):
            key_sets.key(platform.jwks_url, f"made-up-{number}")
    assert len(platform.calls) == 2
    clock.now += SEARCH_SECONDS
    with pytest.raises(KeyUnknown):
        key_sets.key(platform.jwks_url, "made-up")
    assert len(platform.calls) == 3


def test_keys_without_an_algorithm_are_taken_for_rs256(key_sets: KeySets, platform: Platform) -> None:
    jwk = public_jwk(rsa_key("key-1"), "key-1")
    del jwk["alg"]
    platform.script["/jwks"].append(Answer.of_json({"keys": [jwk]}))
    assert key_sets.key(platform.jwks_url, "key-1") == rsa_key("key-1").public_key()


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=500),
        Answer(status=302, headers={"Location": "https://elsewhere.example/"}),
        Answer(body=b"<html>"),
        Answer(body=b"\xff\xfe"),
        Answer(body=b"[" * 100_000),
        Answer.of_json([]),
        Answer.of_json({}),
        Answer.of_json({"keys": None}),
        Answer.of_json({"keys": 7}),
        Answer(body=b" " * 10_000_000),
    ],
    ids=lambda answer: f"{answer.status} {answer.body[:20]!r}",
)
def test_what_is_no_keyset_is_said_to_be_none_and_not_kept(
    key_sets: KeySets, platform: Platform, clock: Clock, answer: Answer
) -> None:
    platform.script["/jwks"].append(answer)
    with pytest.raises(KeysUnavailable, match="/jwks"):
        key_sets.key(platform.jwks_url, "key-1")
    clock.now += FAILED_SECONDS
    key_sets.key(platform.jwks_url, "key-1")


def test_a_platform_that_has_just_failed_is_not_waited_for_by_every_launch(
    key_sets: KeySets, platform: Platform, clock: Clock
) -> None:
    platform.script["/jwks"].append(Answer(status=500))
    for _ in range(3):
        with pytest.raises(KeysUnavailable, match="status 500"):
            key_sets.key(platform.jwks_url, "key-1")
    assert len(platform.calls) == 1
    clock.now += FAILED_SECONDS
    key_sets.key(platform.jwks_url, "key-1")
    assert len(platform.calls) == 2


def test_a_keyset_that_nobody_serves_is_said_to_be_unreachable(key_sets: KeySets) -> None:
    with pytest.raises(KeysUnavailable, match="refused"):
        key_sets.key("http://127.0.0.1:1/jwks", "key-1")


@pytest.mark.parametrize(
    "jwk",
    [
        {"kid": "key-1"},
        {"kid": "key-1", "kty": "RSA", "n": "", "e": ""},
        {"kid": "key-1", "kty": "RSA", "n": "!!", "e": 7},
        {"kid": "key-1", "kty": "oct", "k": "c2VjcmV0"},
        {"kid": "key-1", "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
        public_jwk(rsa_key("short", 1024), "key-1"),
        {**public_jwk(rsa_key("key-1"), "key-1"), "n": "_" * 6000},
    ],
    ids=["nothing", "empty", "nonsense", "a secret", "an elliptic curve", "1024 bits", "36000 bits"],
)
def test_what_is_no_rsa_key_of_a_sane_size_is_not_used(
    key_sets: KeySets, platform: Platform, jwk: dict[str, Any]
) -> None:
    platform.script["/jwks"].append(Answer.of_json({"keys": [7, {"kid": 7}, {}, jwk]}))
    with pytest.raises(KeyUnknown):
        key_sets.key(platform.jwks_url, "key-1")
