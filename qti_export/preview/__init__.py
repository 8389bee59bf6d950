"""A quiz to look at: as a page that a student could answer (`server`, `page`), and on paper (`sheet`)."""
