"""What keeps a file from being looked at at all."""


class UnreadableError(Exception):
    """The file cannot be looked into; ``code`` is one of `file_traps`, ``sentence`` and ``remedy`` are for people."""

    def __init__(self, code: str, sentence: str, remedy: str) -> None:
        self.code, self.sentence, self.remedy = code, sentence, remedy
        super().__init__(sentence)
