import pytest


@pytest.fixture
def database_kind() -> str:
    """SQLite only: the protocol does not know the database. Launches, keys and tokens stand for all on PostgreSQL."""
    return "sqlite"
