"""Nesting: how deep the brackets of a body go, before any parser meets them."""

from __future__ import annotations

import re

_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_SQUARE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


def nested_deeper(body: bytes, depth: int) -> bool:
    """Whether brackets outside of strings are nested more than ``depth`` deep; looks at bytes only, so that no parser
    meets them first. What is no JSON may be called either.

    Peels the innermost brackets off layer by layer, each in one quick pass.
    """
    if body.count(b"[") + body.count(b"{") <= depth:
        return False
    rest = _STRING.sub(b"", body).translate(_SQUARE, _NO_BRACKETS)
    for _ in range(depth):
        peeled = rest.replace(b"[]", b"")
        if len(peeled) == len(rest):
            break
        rest = peeled
    return b"[" in rest
