"""`quizferry demo`: the bundled quizzes as packages, and in a small LMS of its own with the tool embedded."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from requests import RequestException
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from lti_app.demo.check import grades_arrive
from lti_app.demo.course import embedded_quizzes
from lti_app.demo.packages import write_packages
from lti_app.demo.ports import any_free, next_free, nobody_else_choosing
from lti_app.demo.processes import ProcessEnded
from lti_app.demo.system import Addresses, running
from lti_app.demo.visitor import WrongPage
from lti_app.demo_lms.behaviours import BEHAVIOURS

TOOL_PORT = 8000
LMS_PORT = 8080
PACKAGES = Path("dist")
FOLDER = Path("var/demo")
STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_demo(*, check_only: bool, behave_as: str = "strict") -> int:
    """Write the packages, then run the demo until Ctrl-C or SIGTERM; return the exit code.

    The demo LMS takes the ways of the one that ``behave_as`` names. With ``check_only`` it runs at ports that nobody
    uses, takes every quiz by itself, and ends: with 0 when every grade arrived and is right, else with 1.
    """
    console = Console(highlight=False)
    quizzes = embedded_quizzes()
    if not write_packages([quiz.path for quiz in quizzes], PACKAGES):
        return 1
    try:
        with _one_interruption(), ExitStack() as demo:
            with nobody_else_choosing():
                addresses = _any_addresses() if check_only else _usual_addresses(console)
                folder = FOLDER / str(addresses.tool_port)
                console.print("Starting the demo LMS, the tool and its worker ...")
                processes = demo.enter_context(running(addresses, quizzes, folder, behave_as))
            if not check_only:
                console.print(_welcome(addresses, folder, behave_as))
                processes.watch()
            ok = grades_arrive(addresses.lms, quizzes, processes, console)
    except KeyboardInterrupt:
        console.print("The demo has ended.")
        return 1 if check_only else 0
    except (ProcessEnded, TimeoutError, WrongPage, RequestException) as error:
        console.print(str(error), style="red", markup=False)
        return 1
    if ok:
        shutil.rmtree(folder)
    else:
        console.print(f"What the processes had to say is in {folder}/.")
    return 0 if ok else 1


def _any_addresses() -> Addresses:
    tool_port = any_free()
    return Addresses(tool_port, next_free(tool_port + 1))


def _usual_addresses(console: Console) -> Addresses:
    """Return the usual ports, or the next free ones; say so where they are others."""
    tool_port = next_free(TOOL_PORT)
    lms_port = next_free(max(LMS_PORT, tool_port + 1))
    for what, usual, port in (("tool", TOOL_PORT, tool_port), ("demo LMS", LMS_PORT, lms_port)):
        if port != usual:
            console.print(f"[yellow]Port {usual} is taken by another program; the {what} takes port {port}.[/]")
    return Addresses(tool_port, lms_port)


def _welcome(addresses: Addresses, folder: Path, behave_as: str) -> Panel:
    facts = Table.grid(padding=(0, 2))
    facts.add_row("[bold]Open[/]", f"[bold]{addresses.lms}[/]")
    facts.add_row("", "a demo LMS: take a quiz as Ada or Ben, then be Clara, who teaches")
    others = ", ".join(name for name in BEHAVIOURS if name != behave_as)
    facts.add_row("Behaves as", f"{BEHAVIOURS[behave_as].name}; with --behave-as NAME as another: {others}")
    facts.add_row("Tool", f"{addresses.tool}, embedded in the LMS")
    facts.add_row("Packages", f"{PACKAGES}/, to import into Canvas or Moodle")
    facts.add_row("Logs", f"{folder}/")
    facts.add_row("", "Ctrl-C ends all of it")
    return Panel(facts, title="Quizferry demo", expand=False)


@contextmanager
def _one_interruption() -> Iterator[None]:
    """Turn the first of Ctrl-C, SIGTERM and a closed terminal into KeyboardInterrupt; the clean-up is not disturbed."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for number in earlier:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    # What is ignored already (by nohup, say) stays so.
    earlier = {number: handler for number in STOP if (handler := signal.getsignal(number)) is not signal.SIG_IGN}
    for number in earlier:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)
