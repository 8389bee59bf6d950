"""One module for each text format that goes out."""
