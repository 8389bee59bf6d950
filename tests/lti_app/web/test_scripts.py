"""Scripts as they are served: with all that they import within."""

import re
from importlib.resources import files

import pytest

from lti_app.web.scripts import EXPORT, IMPORT, with_imports
from lti_app.web.static_files import FOLDER

MODULES = {
    "js/page.js": """// Says it.

import { count, say } from "./words/say.js";
import "./end.js";

say("page", count);
""",
    "js/words/say.js": """import { own } from "../../forms/own.js";

export async function say() {}
export const { count } = own;
""",
    "js/end.js": """import { own } from "../forms/own.js";

own.end();
""",
    "forms/own.js": "export const own = new Map();\n",
}


def test_each_module_is_in_it_once_after_those_that_it_imports() -> None:
    script = with_imports("js/page.js", MODULES)
    made = re.findall(r"^const (\w+) = \(\(\) => \{$", script, re.MULTILINE)
    assert made == ["forms_own_js", "js_words_say_js", "js_end_js", "js_page_js"]
    assert not re.search(r"^(import|export)", script, re.MULTILINE)


def test_a_module_has_only_what_it_imports_and_gives_only_what_it_exports() -> None:
    script = with_imports("js/page.js", MODULES)
    assert "const { own } = forms_own_js;\n\nasync function say() {}" in script
    assert "const { count } = own;\nreturn { say, count };" in script
    assert "const { count, say } = js_words_say_js;" in script


def test_a_script_that_imports_nothing_stays_as_it_is() -> None:
    assert with_imports("forms/own.js", MODULES) == MODULES["forms/own.js"]


@pytest.mark.parametrize(
    "line",
    [
        'import say from "./say.js";',
        'import { say as tell } from "./say.js";',
        "export { own };",
        "export default own;",
    ],
)
def test_another_style_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=re.escape(line)):
        with_imports("js/end.js", MODULES | {"forms/own.js": f"{line}\n"})


def test_an_import_of_nothing_is_refused() -> None:
    with pytest.raises(KeyError):
        with_imports("js/page.js", {"js/page.js": 'import "./gone.js";\n'})


def test_whatever_the_tool_s_scripts_import_is_exported() -> None:
    """Browsers refuse a module that imports what is not there; of a script that has all within, they would run half."""
    scripts = [*(FOLDER / "js").glob("*.js"), files("content.forms") / "forms.js"]
    texts = {script.name: script.read_text(encoding="utf-8") for script in scripts}
    exported = {name: {one or other for one, other in EXPORT.findall(text)} for name, text in texts.items()}
    imports = [found for text in texts.values() for found in IMPORT.findall(text)]
    asked = {(target.rpartition("/")[2], name) for names, target in imports for name in re.findall(r"\w+", names)}
    assert ("say.js", "say") in asked
    assert {(script, name) for script, name in asked if name not in exported[script]} == set()
