"""The import arrows of the house (docs/contributor/house.md), held by reading every module's imports."""

import ast
from pathlib import Path

import pytest

# Hundreds of short tests are handed out to one process at once: one by one, that costs more than they do.
pytestmark = pytest.mark.xdist_group("arrows")

ROOT = Path(__file__).parent.parent

# What each room may import of the house; a room always knows itself. The longest matching prefix counts.
MAY_IMPORT = {
    "content": set(),
    "qti_export": {"content"},
    "lti_app.lti": {"content", "lti_app.config", "lti_app.models"},
    "lti_app.platforms": {"content", "lti_app.config"},
    "lti_app.models": {"content"},
    "lti_app.services": {"content", "lti_app.config", "lti_app.models", "lti_app.lti", "lti_app.platforms"},
    "lti_app.jobs": {"lti_app.config", "lti_app.models", "lti_app.services"},
    "lti_app.web": {"content", "lti_app.config", "lti_app.services", "lti_app.lti", "lti_app.platforms"},
    "lti_app.demo_lms": set(),
    "lti_app": {"content", "qti_export", "lti_app"},
}

# Libraries that only some rooms may know.
CONFINED = {
    "lti_consumer": (),  # under the AGPL; a process of the tests
    "pylti1p3": ("lti_app.lti",),
    "flask": ("lti_app", "lti_app.web", "lti_app.lti", "lti_app.demo_lms"),
    "sqlalchemy": ("lti_app", "lti_app.models", "lti_app.services", "lti_app.jobs", "lti_app.lti"),
}


def modules() -> list[tuple[str, Path]]:
    paths = [path for room in ("content", "qti_export", "lti_app") for path in sorted((ROOT / room).rglob("*.py"))]
    return [(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path) for path in paths]


def room_of(module: str) -> str:
    rooms = [room for room in MAY_IMPORT if module == room or module.startswith(room + ".")]
    return max(rooms, key=len)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the arrows"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_a_module_imports_only_what_its_room_may_know(module: str, path: Path) -> None:
    room = room_of(module)
    for imported in imports_of(path):
        if within(imported, "content") or within(imported, "qti_export") or within(imported, "lti_app"):
            allowed = MAY_IMPORT[room] | {room}
            assert any(within(imported, other) for other in allowed), f"{module} ({room}) may not import {imported}"
        library = imported.partition(".")[0]
        if library in CONFINED:
            assert room in CONFINED[library], f"{module} ({room}) may not know {library}"
