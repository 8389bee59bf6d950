"""Work that ends its process at some items, as the system does where memory runs out."""

import os
import signal

DEADLY = {3, 7}


def square(number: int) -> int:
    if number in DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def process_id(number: int) -> int:
    return os.getpid()


def refuse(number: int) -> int:
    raise LookupError(number)
