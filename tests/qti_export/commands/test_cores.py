import os

import pytest

from qti_export.commands.cores import on_all_cores
from tests.qti_export.commands import killing


def died(number: int) -> int:
    return -number


def test_results_come_in_the_order_of_the_items():
    numbers = [9, 1, 8, 2, 0]
    assert list(on_all_cores(killing.square, numbers, died)) == [81, 1, 64, 4, 0]


def test_items_that_kill_their_process_take_no_other_with_them():
    assert list(on_all_cores(killing.square, range(10), died)) == [0, 1, 4, -3, 16, 25, 36, -7, 64, 81]


def test_the_work_is_done_in_other_processes():
    assert os.getpid() not in set(on_all_cores(killing.process_id, range(5), died))


def test_an_exception_of_the_work_is_raised_where_its_result_is_wanted():
    with pytest.raises(LookupError, match="5"):
        list(on_all_cores(killing.refuse, [5], died))
