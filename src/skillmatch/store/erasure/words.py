"""Names and ids of people who were erased, found in texts all at once however many people these were."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

NOBODY = "erased person"
"""What stands in a name's place."""

_TOKEN = re.compile(r"\w+")


class ErasedWords:
    """Takes words out of texts where they stand as words of their own; one walk over a text, whatever their number."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_token: dict[str, list[tuple[str, int]]] = {}  # first token: the words, and where in them it begins
        self._plain: list[str] = []  # those without a letter or digit
        for word in sorted({one for one in words if one}, key=lambda one: (-len(one), one)):
            token = _TOKEN.search(word)
            if token is None:
                self._plain.append(word)
            else:
                self._by_token.setdefault(token[0], []).append((word, token.start()))

    def __bool__(self) -> bool:
        return bool(self._by_token or self._plain)

    def stand_in(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        return self.out_of(text) != text

    def out_of(self, text: str) -> str:
        """The text with ``NOBODY`` in the place of each."""
        for word in self._plain:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", NOBODY, text)
        parts, upto = [], 0
        for token in _TOKEN.finditer(text):
            for word, offset in self._by_token.get(token[0], ()):
                start = token.start() - offset
                if start >= upto and text.startswith(word, start) and _alone(text, start, start + len(word)):
                    parts += [text[upto:start], NOBODY]
                    upto = start + len(word)
                    break
        return "".join([*parts, text[upto:]]) if parts else text

    def out_of_all(self, value: Any) -> Any:
        """A JSON value with the words out of every text in it (keys stay)."""
        match value:
            case str():
                return self.out_of(value)
            case dict():
                return {key: self.out_of_all(item) for key, item in value.items()}
            case list():
                return [self.out_of_all(item) for item in value]
            case _:
                return value


def _alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_TOKEN.match(before) or _TOKEN.match(after))
