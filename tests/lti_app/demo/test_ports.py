import socket

import pytest

from lti_app.demo.ports import any_free, is_free, next_free


def test_a_port_that_someone_listens_at_is_not_free_and_the_next_free_one_is_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free(port)
        other = next_free(port)
        assert other > port
        assert is_free(other)
    assert is_free(port)
    assert next_free(port) == port


@pytest.mark.skipif(not socket.has_ipv6, reason="This machine has no IPv6")
def test_a_port_is_taken_when_someone_listens_at_the_other_loopback_address() -> None:
    try:
        taken = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("This machine has no IPv6 loopback address")
    with taken:
        assert not is_free(taken.getsockname()[1])


def test_any_free_port_is_free() -> None:
    assert is_free(any_free())
