"""What an LMS's importer will do with a package, said before the upload. Knows the importers, not the exporters.

`check` finds out what a file is and asks the importer of the LMS; each importer has a folder of its own with its rules.
"""

from qti_export.preflight.checking import LMS, check, check_file, unreadable
from qti_export.preflight.model import Arrival, Arrivals, Effect, Finding, Place

__all__ = ["LMS", "Arrival", "Arrivals", "Effect", "Finding", "Place", "check", "check_file", "unreadable"]
