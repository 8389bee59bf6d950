"""One module for each format that comes in; `read_file` and `read_text` find out which one it is."""
