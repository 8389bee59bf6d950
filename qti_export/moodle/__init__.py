"""Moodle: questions for its question bank (Moodle XML), or a quiz for its course restore (Common Cartridge 1.1)."""
