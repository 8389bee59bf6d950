"""As little as a Canvas package of so many questions can cost in Python with lxml: `python bench/floor.py COUNT FILE`.

It reads nothing and decides nothing: one tree for each question, of as many elements as a real one has, is built,
serialised and deflated at level 6.
"""

import sys
import zlib
from pathlib import Path

from lxml import etree

ELEMENTS = 77
"""Of an item with four choices and all four kinds of feedback."""


def main(count: int, path: str) -> None:
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    with Path(path).open("wb") as file:
        for number in range(count):
            item = etree.Element("item")
            for place in range(ELEMENTS - 1):
                element = etree.SubElement(item, "mattext")
                element.set("texttype", "text/html")
                if place % 4 == 0:
                    element.text = f"The first choice of question {number}"
            file.write(deflate.compress(etree.tostring(item, encoding="UTF-8")))
        file.write(deflate.flush())


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
