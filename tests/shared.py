"""The test data beside the project (`../shared`): read in place, never copied."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent.parent / "shared"


def shared(path: str) -> Path:
    """Return the path of something in ../shared. Where it is absent the test, or module, is skipped; in CI it fails."""
    found = FOLDER / path
    if not found.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"../shared/{path} is missing; CI needs it")
        pytest.skip(f"../shared/{path} is not here", allow_module_level=True)
    return found
