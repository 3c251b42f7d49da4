"""Job titles: what an advert hangs around the name of a job, taken away."""

from __future__ import annotations

import re

_BRACKET = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]?")
_TAIL = re.compile(r"\s[-–—|@:]\s|\s[-–—|]|[-–—|]\s|,|\bcum\b", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:senior|snr|sr|junior|jnr|jr|principal|internship|interns?|trainee|apprentice|fresh|graduates?|entry[- ]level"
    r"|part[- ]?time|full[- ]?time|contract|permanent|temporary|temp|freelance|urgent(?:ly)?|hiring|needed|wanted"
    r"|vacanc(?:y|ies)|required|male|female|only|remote|work from home|onsite|hybrid|[mfdwx](?:/[mfdwx])+|[ivx]{1,3}"
    r"|x?\s?\d+)\b\.?",
    re.IGNORECASE,
)
_EDGE = re.compile(r"^(?:for|as|an?)\s+|\s+(?:for|as|of|in|at)$", re.IGNORECASE)


def plain_title(text: str) -> str:
    """The name of the job in an advert's title: without brackets, places, grades, hours and numbers.

    "Senior Data Analyst (m/f/d) - Berlin" gives "Data Analyst". A title of nothing else stays as it is.
    """
    without = _BRACKET.sub(" ", text)
    head = _TAIL.split(without, maxsplit=1)[0]
    if len(head.strip()) < 4:
        head = without
    bare = " ".join(_AROUND.sub(" ", head).split()).strip(" .,-/&:")
    bare = _EDGE.sub("", _EDGE.sub("", bare)).strip()
    return bare or " ".join(head.split()) or text.strip()
