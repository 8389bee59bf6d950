"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# How busy the machine is must not decide whether a test passes.
settings.register_profile("quizferry", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quizferry")
