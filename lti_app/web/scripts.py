"""The tool's scripts with all that they import within: a browser asks for one file, and not for each module in turn.

The modules' own style is relied on: an import is one line, and what is exported is declared where it is exported.
"""

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

IMPORT = re.compile(r'^import (?:(\{ \w+(?:, \w+)* \}) from )?"([^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (?:(\w+)|\{ (\w+) \}))", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def with_imports(name: str, modules: Mapping[str, str]) -> str:
    """Return the module of this name as a script that imports nothing; ``modules`` has each by its name in addresses.

    Raise ValueError for an import or export that is written in another style, KeyError where no module has a name.
    """
    if not IMPORT.search(modules[name]):
        return modules[name]
    return "\n".join(_in_order(name, modules, {}).values())


def _in_order(name: str, modules: Mapping[str, str], found: dict[str, str]) -> dict[str, str]:
    """Return ``found`` with the module added, after those that it imports: each runs once, as a browser has it."""
    for _, target in IMPORT.findall(modules[name]):
        if _path(name, target) not in found:
            _in_order(_path(name, target), modules, found)
    found[name] = _as_function(name, modules[name])
    return found


def _as_function(name: str, text: str) -> str:
    """Return the module with what it declares to itself, as in a file of its own."""
    exported = ", ".join(one or other for one, other in EXPORT.findall(text))
    body = EXPORT.sub("", IMPORT.sub(lambda found: _import(name, *found.groups()), text))
    if left := LEFT.search(body):
        raise ValueError(f"{name}: what is meant by “{left.group()}”?")
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();"


def _import(name: str, names: str | None, target: str) -> str:
    return f"const {names} = {_variable(_path(name, target))};" if names else ""


def _path(name: str, target: str) -> str:
    return normpath(join(dirname(name), target))


def _variable(name: str) -> str:
    return re.sub(r"\W", "_", name)
