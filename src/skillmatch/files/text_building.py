"""Builds the text of a document from its pieces: lines without stray blanks, bounded in length."""

from __future__ import annotations

from skillmatch.domain.base.errors import InputError

MAX_CHARS = 1_000_000


class TextBuilder:
    """Collects runs of text into lines; a line begins with the mark of its block (heading, bullet) if it has one."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._runs: list[str] = []
        self._mark = ""
        self._length = 0

    def add(self, run: str, *, glue: bool = False) -> None:
        """Add to the current line; ``glue`` only joins what is there already with what follows.

        Raises ``InputError`` when the document has more than 1,000,000 characters.
        """
        if glue and not self._runs:
            return
        self._length += len(run)
        if self._length > 20 * MAX_CHARS:  # even of blanks alone
            raise too_long()
        self._runs.append(run)

    def block(self, mark: str | None = None) -> None:
        """End the line and begin another, with a mark of its own; with None a mark that waits for text goes on waiting.

        So a paragraph inside a list item gets the item's bullet.
        """
        line = " ".join("".join(self._runs).split()).rstrip(" |")
        self._runs.clear()
        if line:
            self._lines.append(self._mark + line)
            self._mark = ""
        self._mark = self._mark if mark is None else mark

    def text(self) -> str:
        """All lines. Raises ``InputError`` when they have more than 1,000,000 characters."""
        self.block()
        text = "\n".join(self._lines)
        if len(text) > MAX_CHARS:
            raise too_long()
        return text


def too_long() -> InputError:
    """The error for a document whose text is over the limit."""
    return InputError(f"has more than {MAX_CHARS:,} characters of text, the limit.", remedy="Split it.")
