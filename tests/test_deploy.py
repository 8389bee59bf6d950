"""The files under deploy/: read as those read them for whom they are, and true to the tool."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from lti_app.cli import main
from lti_app.config import NAMES
from lti_app.serve import STOP_LIMIT

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document: dict[str, Any] = YAML(typ="safe").load(DEPLOY / "compose.yaml")
    return document


def test_the_compose_file_runs_the_tool_and_all_that_it_stands_on(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"tool", "worker", "proxy", "database", "queue"}
    for service in compose["services"].values():
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        assert "image" in service


def test_only_the_proxy_can_be_reached_from_outside(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_it_sets_only_what_are_settings_and_no_password(compose: dict[str, Any]) -> None:
    for name in ("tool", "worker"):
        assert set(compose["services"][name]["environment"]) <= NAMES
    text = (DEPLOY / "compose.yaml").read_text()
    assert re.findall(r"PASSWORD(?!:\?|:\s*\$\{)", text) == []
    names = set(re.findall(r"\$\{([A-Z_]+)", text))
    assert names == set(re.findall(r"^([A-Z_]+)=", (DEPLOY / "example.env").read_text(), re.MULTILINE))
    assert "POSTGRES_PASSWORD=\n" in (DEPLOY / "example.env").read_text()


def test_volumes_are_declared_and_files_are_there(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            if source.startswith("./"):
                assert (DEPLOY / source).exists()
            elif not source.startswith("$"):
                assert source in compose["volumes"]


def test_what_is_stopped_gets_more_time_than_it_takes(compose: dict[str, Any]) -> None:
    for name in ("tool", "worker"):
        assert int(compose["services"][name]["stop_grace_period"].removesuffix("s")) > STOP_LIMIT
    for unit in ("quizferry.service", "quizferry-worker.service"):
        (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", (DEPLOY / "systemd" / unit).read_text(), re.MULTILINE)
        assert int(seconds) > STOP_LIMIT


@pytest.mark.parametrize("path", [*UNITS, DEPLOY / "compose.yaml", DEPLOY / "Dockerfile"], ids=lambda path: path.name)
def test_the_commands_are_those_of_quizferry(path: Path) -> None:
    called = re.findall(r'(?:\[quizferry, |"quizferry", "|bin/quizferry )([a-z]+)', path.read_text())
    assert set(called) <= set(main.commands)
    assert called or path.suffix in (".timer", ".yaml")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_understands_its_units(unit: Path, tmp_path: Path) -> None:
    for other in UNITS:  # its programs and users are not on this machine
        text = re.sub(r"/opt/quizferry/bin/quizferry", "/bin/true", other.read_text())
        (tmp_path / other.name).write_text(text)
    result = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)], capture_output=True, text=True
    )
    complaints = [line for line in result.stderr.splitlines() if unit.name in line]
    assert complaints == []
