"""Open edX's own LTI consumer as a platform, in a process of its own: ``python -m tests.journeys.open_edx --help``.

The consumer is licensed under the AGPL: nothing but this process imports it.
"""
