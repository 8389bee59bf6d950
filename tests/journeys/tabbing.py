"""Through a page with the Tab key alone: where the focus goes, and whether it can be seen there."""

from playwright.sync_api import Locator, Page

WATCH = """() => {
  const shown = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  };
  const first = one => {  // of radio buttons the group is one stop: arrow keys go through it
    const group = [...document.querySelectorAll("input[type=radio]")].filter(other => other.name === one.name);
    return one === (group.find(other => other.checked) ?? group[0]);
  };
  const controls = "a[href], button, input, select, textarea, summary, [tabindex]";
  window.expected = [...document.querySelectorAll(controls)].filter(one =>
    one.tabIndex >= 0 && !one.matches(":disabled") && one.checkVisibility({ visibilityProperty: true })
    && (one.type !== "radio" || first(one)));
  window.stops = new Map();
  document.body.tabIndex = -1;
  document.body.focus({ preventScroll: true });  // from where the Tab key goes on
  document.addEventListener("focusin", ({ target }) =>
    stops.set(target, shown(target) || shown(target.closest("label.choice") ?? target)));
}"""
"""Notes what has to be reached, in the order of reading, and then what is, and whether it shows that."""

LEFT = "expected.filter(one => !stops.has(one)).length"

PROBLEMS = """() => {
  const told = (what, all) => all.map(one => `${what}: ${one.outerHTML.slice(0, 150)}`);
  const reached = [...stops.keys()].filter(one => expected.includes(one));
  const order = expected.filter(one => stops.has(one));
  const scrolls = one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight;
  const last = expected.at(-1);
  return [
    ...told("not reached", expected.filter(one => !stops.has(one))),
    ...told("out of order", reached.filter((one, place) => one !== order[place])),
    ...told("a stop that is no control", [...stops.keys()].filter(one => !expected.includes(one) && !scrolls(one))),
    ...told("focus not seen", [...stops.keys()].filter(one => !stops.get(one))),
    ...told("a trap", expected.length > 1 && document.activeElement === last ? [last] : []),
  ];
}"""


def problems_of_tabbing(page: Page) -> list[str]:
    """Go through the page from its top by the Tab key, and beyond its end.

    Return what is not reached, where it goes astray, where nobody sees the focus, and what does not let go of it.
    """
    page.evaluate(WATCH)
    left, rounds = page.evaluate(LEFT), 0
    while left and rounds < 40:  # fields for a date have several stops each
        for _ in range(left):
            page.keyboard.press("Tab")
        left, rounds = page.evaluate(LEFT), rounds + 1
    page.keyboard.press("Tab")
    return list(page.evaluate(PROBLEMS))


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until the control has the focus."""
    wanted.wait_for()
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {wanted}")


def enter(page: Page, control: Locator) -> None:
    """Go to a link or button by the Tab key, and press it; be at the page that it opens."""
    tab_to(page, control)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, field: Locator, text: str) -> None:
    """Go to a field by the Tab key, and type."""
    tab_to(page, field)
    page.keyboard.type(text)
