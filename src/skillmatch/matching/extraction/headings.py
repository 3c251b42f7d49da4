"""Headings: what the part of a text under a heading is about, and how strongly it asks for what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from skillmatch.domain.text.extraction import Demand, Reason, Section
from skillmatch.matching.extraction.cues import level_of

MOST_CHARACTERS = 80
MOST_WORDS = 8
_LEVEL_WORDS = 4  # a heading of more words that holds "advanced" is a title, not a grade

_KNOWN: tuple[tuple[Section, Demand, str], ...] = (
    (Section.BENEFITS, Demand.UNSTATED, r"(?:what )?we offer(?: you)?|our offer|(?:\w+ )?(?:benefits|perks)(?: .*)?"),
    (
        Section.BENEFITS,
        Demand.UNSTATED,
        r"what(?:'s| is) in it for you|why (?:join |work (?:with|for) )?us|what you(?:'ll| will)? get",
    ),
    (Section.BENEFITS, Demand.UNSTATED, r"(?:salary|compensation|pay)(?: (?:and|&) \w+)?|working with us"),
    (
        Section.ABOUT_US,
        Demand.UNSTATED,
        r"about (?:us|the company|our company|the organi[sz]ation|the team|the employer)|who we are",
    ),
    (
        Section.ABOUT_US,
        Demand.UNSTATED,
        r"our (?:company|mission|vision|values|story|culture)|the company|company (?:profile|description)",
    ),
    (
        Section.LEGAL,
        Demand.UNSTATED,
        r"(?:data )?privacy(?: .*)?|data protection (?:notice|statement)|legal(?: (?:notice|"
        r"information))?|imprint",
    ),
    (
        Section.LEGAL,
        Demand.UNSTATED,
        r"equal opportunit\w+(?: .*)?|diversity(?: statement|,? equity.*| (?:and|"
        r"&) inclusion(?: statement)?)|eeo.*",
    ),
    (
        Section.APPLICATION,
        Demand.UNSTATED,
        r"how to apply|(?:your )?application(?: process)?|apply(?: now)?|contact(?: us| details)?|"
        r"next steps",
    ),
    (
        Section.APPLICATION,
        Demand.UNSTATED,
        r"(?:personal (?:details|data|information)|references|referees|enrol?ment|registration|hobbies|"
        r"fees)",
    ),
    (
        Section.REQUIREMENTS,
        Demand.NICE_TO_HAVE,
        r"(?:it(?:'s| is| would be) )?(?:a )?(?:nice[- ]to[- ]haves?|plus(?:es)?|bonus(?: points|"
        r" skills)?|optional(?: skills)?)(?: .*)?",
    ),
    (
        Section.REQUIREMENTS,
        Demand.NICE_TO_HAVE,
        r"(?:would be|what would be) (?:nice|great|a plus).*|extra credit|good to have",
    ),
    (
        Section.REQUIREMENTS,
        Demand.PREFERRED,
        r"(?:preferred|desirable|desired|ideal)(?: .*)?|ideally(?:,? you)?.*|(?:an? )?advantages?(?:ous)?",
    ),
    (
        Section.REQUIREMENTS,
        Demand.REQUIRED,
        r"(?:(?:minimum|basic|key|job|essential|mandatory|formal|technical|entry|main) )?(?:requirements?|"
        r"qualifications?|criteria)(?: .*)?",
    ),
    (
        Section.REQUIREMENTS,
        Demand.REQUIRED,
        r"must[- ]haves?(?: .*)?|essential(?: skills.*)?|required(?: .*)?|mandatory(?: .*)?|"
        r"prerequisites?|pre-requisites?",
    ),
    (
        Section.REQUIREMENTS,
        Demand.REQUIRED,
        r"your (?:profile|skills|qualifications?|background|experience)(?: .*)?|(?:candidate|"
        r"person) (?:profile|specification)",
    ),
    (
        Section.REQUIREMENTS,
        Demand.REQUIRED,
        r"what (?:you(?:'ll| will)? (?:bring|need|have|should have)|we(?:'re| are)? (?:expect|"
        r"look(?:ing)? for|need))(?: .*)?",
    ),
    (
        Section.REQUIREMENTS,
        Demand.REQUIRED,
        r"(?:who )?you (?:are|bring|have|need|offer)|who you are|about you|we(?:'re| are)? (?:expect|"
        r"look(?:ing)? for)",
    ),
    (
        Section.DUTIES,
        Demand.UNSTATED,
        r"(?:(?:key|main|your|core|job|essential|primary) )?(?:responsibilit(?:y|ies)|tasks|duties|"
        r"accountabilities)(?: .*)?",
    ),
    (
        Section.DUTIES,
        Demand.UNSTATED,
        r"what you(?:'ll| will)? (?:do|be doing)|(?:about )?the (?:role|job|position)|(?:your|"
        r"the) (?:role|mission|day)|(?:job|role) (?:description|summary|purpose)|day[- ]to[- ]day|"
        r"you will|in this role.*",
    ),
    (
        Section.OUTCOMES,
        Demand.UNSTATED,
        r"(?:what )?you(?:'ll| will) (?:learn|be able to)(?: .*)?|learning (?:outcomes|objectives|goals)|"
        r"(?:course )?(?:content|contents|outline|syllabus|topics|objectives)|skills you(?:'ll|"
        r" will) gain|after (?:the|this) course.*|modules?",
    ),
    (
        Section.SKILLS,
        Demand.UNSTATED,
        r"(?:(?:key|technical|core|soft|personal|it|computer|digital|professional|other|my) )?(?:skills|"
        r"competenc(?:es|ies)|expertise|tools|technologies)(?: (?:and|&) \w+)*|strengths|"
        r"tech(?:nology)? stack",
    ),
    (Section.LANGUAGES, Demand.UNSTATED, r"languages?(?: skills)?"),
    (
        Section.EXPERIENCE,
        Demand.UNSTATED,
        r"(?:(?:professional|work|employment|relevant|career) )?(?:experience|history)|"
        r"career(?: summary)?|employment|positions held|voluntary work|volunteering",
    ),
    (Section.EDUCATION, Demand.UNSTATED, r"education(?: (?:and|&) \w+)?|academic background|studies|degrees?"),
    (
        Section.COURSES,
        Demand.UNSTATED,
        r"(?:courses|training|certificat(?:es|ions)|further (?:training|education)|licen[cs]es|"
        r"badges)(?: (?:and|&) \w+)*",
    ),
    (
        Section.OTHER,
        Demand.UNSTATED,
        r"(?:professional )?(?:summary|profile|objective)|about me|curriculum vitae|cv|r[eé]sum[eé]",
    ),
)
_COMPILED = tuple((section, demand, re.compile(text, re.IGNORECASE)) for section, demand, text in _KNOWN)
_DECORATION = re.compile(r"^[\W_]+|[\W_]+$")
_MARK = re.compile(r"\s*(#{1,6})\s+")

LEFT_OUT = {
    Section.BENEFITS: Reason.BENEFITS,
    Section.ABOUT_US: Reason.COMPANY,
    Section.LEGAL: Reason.LEGAL,
    Section.APPLICATION: Reason.APPLICATION,
}
"""Sections that are not read at all, and the reason that is given for them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading hands down to what stands under it; ``depth`` 1-6 for marked ones, 0 for the others."""

    section: Section = Section.OTHER
    demand: Demand = Demand.UNSTATED
    level: float | None = None
    depth: int = 0
    known: bool = False


def heading_of(line: str) -> Heading | None:
    """What a line means as a heading, None when it is none.

    A heading is short and is marked with #, is one of those that adverts, CVs and course pages usually have, ends with
    a colon, or stands in capitals.
    """
    if len(line) > MOST_CHARACTERS * 2:
        return None
    mark = _MARK.match(line)
    depth = len(mark[1]) if mark else 0
    words = _DECORATION.sub("", line).replace("’", "'")
    if not words or len(words) > MOST_CHARACTERS or len(words.split()) > MOST_WORDS:
        return None
    ends = line.rstrip(" \t*_")
    if ends.endswith((".", ",", ";")):
        return None
    known = known_heading(words, depth)
    if known is not None:
        return known
    colon = ends.endswith(":")
    if not (depth or colon or _in_capitals(words)):
        return None
    graded = level_of(words) if colon and len(words.split()) <= _LEVEL_WORDS else None
    return Heading(level=graded, depth=depth)


def known_heading(words: str, depth: int = 0) -> Heading | None:
    """What the words of a usual heading mean ("Nice to have"), None when they are none."""
    words = _DECORATION.sub("", words).replace("’", "'")
    if not 0 < len(words) <= MOST_CHARACTERS:
        return None
    for section, demand, pattern in _COMPILED:
        if pattern.fullmatch(words):
            return Heading(section, demand, None, depth, known=True)
    return None


def _in_capitals(words: str) -> bool:
    """Several words, or a long one, in capitals alone: short ones (SQL, HACCP) are names."""
    letters = [char for char in words if char.isalpha()]
    return words.isupper() and len(letters) > 7 and not any(char.isdigit() for char in words)
