"""The work behind the commands of `qti_export.cli`, one module for each. Imported when a command runs, not before."""
