"""A Common Cartridge with one quiz: what its versions, and the targets that are one, have in common."""
