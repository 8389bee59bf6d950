"""From a quiz to a file that an LMS imports."""
