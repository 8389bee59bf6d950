"""One module for each format that comes in; `read_file` and `read_text` find out which one it is."""

from content.readers.files import SUFFIXES, quiz_files, read_bytes, read_file, read_text

__all__ = ["SUFFIXES", "quiz_files", "read_bytes", "read_file", "read_text"]
