"""The work behind the commands of `lti_app.cli`, one module for each. Imported when a command runs, not before."""
