"""HTML to text: what a reader sees, with headings and list items marked; scripts, styles and comments dropped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from skillmatch.files.sandbox import Parsed
from skillmatch.files.text_building import TextBuilder

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
        "canvas",
        "select",
        "button",
        "nav",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADING = re.compile(r"h([1-6])")


def parse(data: bytes) -> Parsed:
    """The text of a page, given in UTF-8. Raises ``InputError`` when it is too long."""
    reader = _Reader()
    reader.feed(data.decode("utf-8"))
    reader.close()
    return Parsed(reader.builder.text())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = TextBuilder()
        self.dropped: list[str] = []  # open elements whose content nobody sees

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "body":
            self.dropped.clear()  # a head that was never closed ends here
        if tag in _DROPPED:
            self.dropped.append(tag)
        elif heading := _HEADING.fullmatch(tag):
            self.builder.block("#" * int(heading[1]) + " ")
        elif tag == "li":
            self.builder.block("• ")
        elif tag == "br":
            self.builder.block()
        elif tag in ("td", "th"):
            self.builder.add(" | ", glue=True)
        elif tag in _BLOCKS:
            self.builder.block()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.dropped:
            del self.dropped[self.dropped.index(tag) :]
        elif tag == "li" or _HEADING.fullmatch(tag):
            self.builder.block("")
        elif tag in _BLOCKS:
            self.builder.block()

    def handle_data(self, data: str) -> None:
        if not self.dropped:
            self.builder.add(data)
