"""One module for each format that comes in; `read_file` finds out which one a file has."""

from content.readers.files import SUFFIXES, quiz_files, read_file

__all__ = ["SUFFIXES", "quiz_files", "read_file"]
