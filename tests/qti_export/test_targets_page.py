"""docs/instructor/targets.md says what the exporters' reports say now."""

import runpy
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "docs" / "what_targets_keep.py"


def test_the_page_is_what_its_script_makes_of_the_reports():
    script = runpy.run_path(str(SCRIPT))
    assert script["PAGE"].read_text(encoding="utf-8") == script["page"](), "the page is stale: run 'make docs'"
