"""Students who submit one after the other, as a process: `python -m tests.faults.submitter URL`.

Each submission is acknowledged by a line with the student's name and the bytes that the write-ahead log has then.
"""

import sys
from itertools import count
from pathlib import Path

from lti_app.config import Config
from lti_app.models import Database
from tests.lti_app.school import ALL_RIGHT, School


def main() -> None:
    database = Database(sys.argv[1])
    school = School(database, Config(database_url=sys.argv[1]))
    log = Path(f"{database.url.database}-wal")
    for number in count():
        school.submit(school.student(f"s{number}"), ALL_RIGHT)
        print(f"s{number}", log.stat().st_size, flush=True)


if __name__ == "__main__":
    main()
