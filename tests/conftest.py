"""What holds for all tests."""

import signal

from hypothesis import HealthCheck, settings

# How busy the machine is must not decide whether a test passes.
settings.register_profile("quizferry", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quizferry")

# A shell has what it runs in the background ignore Ctrl-C, and that is inherited by the commands that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
