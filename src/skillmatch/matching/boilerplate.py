"""Boilerplate: sentences of adverts and course pages that speak of terms, dates and badges, never of a skill."""

from __future__ import annotations

import re

_CUES = (
    # who may apply, and how
    r"equal[- ]opportunit",
    r"affirmative action",
    r"regardless of (?:race|age|gender|sex|religion|origin|background)",
    r"without regard to",
    r"(?:people|persons|applicants|candidates) with (?:a )?disabilit",
    r"\bm\s?/\s?[fw]\s?/\s?[dx]\b",
    r"background check",
    r"(?:work|residence) permit|right to work|visa sponsorship",
    r"\bapply (?:now|today|online|here|by|before|via)\b|how to apply|\bsend (?:us )?your (?:cv|resume|application)\b",
    r"we (?:celebrate|value|embrace|are committed to) (?:\w+ )?diversity",
    # money and leisure
    r"(?:competitive|attractive|annual|monthly|gross|starting|base) (?:\w+ )?(?:salary|salaries|pay|compensation)\b",
    r"\b(?:salary|compensation|pay) (?:range|band|package|is|of|from|up to|between)\b|^\W*salary\b|\bsalary\s*:",
    r"(?:benefits?|compensation|relocation) package|\bpension scheme\b|(?:health|dental) (?:insurance|plan|cover)",
    r"paid (?:holidays?|leave|time off|vacation)|days of (?:holiday|vacation|leave)|annual leave",
    r"free (?:lunch|fruit|coffee)",
    r"\b(?:price|fee|tuition|cost)s?\s*:|money[- ]back|free trial|no (?:hidden )?(?:costs?|fees)",
    r"[$€£]\s?\d|\b\d[\d.,]*\s?(?:eur|usd|gbp)\b",
    # badges, dates, enrolment
    r"\bissu(?:e|es|ed|ing) (?:of )?(?:a |the |an |your )?(?:\w+ )?(?:badge|certificate|credential)",
    r"\b(?:earn|receive|get|obtain|awarded|claim|share) (?:\w+ ){0,3}(?:badge|certificate|credential)\b",
    r"(?:badge|certificate|credential) (?:is|was|will be) (?:issued|awarded|sent)",
    r"certificate of (?:completion|attendance)",
    r"\bissu(?:er|ed by|ing (?:body|organi[sz]ation))\b",
    r"\b(?:enrol|enroll|register|sign up|book|start|join)(?: \w+)? (?:now|today|here|online|for free)\b",
    r"enrol?ment (?:is )?(?:open|closes|opens|deadline)|^\W*enrol?(?:l)?\b",
    r"\b(?:duration|start date|starts on|deadline|location|language|format|mode|level|ects|eqf|price|issuer)\s*:",
    r"\d+(?:[.,]\d+)?\s*(?:hours?|weeks?|days?|months?|minutes?)\s*(?:per|a|of study|long|\)|$)",
    r"no (?:prior|previous) (?:knowledge|experience)|prerequisites?\s*:?\s*none",
    r"valid (?:for|until)|expires? (?:on|after)",
    # pages
    r"\bclick (?:here|on|below)\b|\bread more\b|\b(?:contact|follow) us\b|\babout (?:us|the company)\b",
    r"all rights reserved|terms (?:and|&) conditions|privacy policy|\bcookies?\b|copyright ©|©",
    r"https?://|www\.\w|\S+@\S+\.\w",
)
_BOILERPLATE = re.compile("|".join(f"(?:{cue})" for cue in _CUES), re.IGNORECASE)


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence or line carries one of the cues; such a sentence is not read for skills at all."""
    return _BOILERPLATE.search(sentence) is not None
