"""Boilerplate: sentences of adverts and course pages that speak of terms, dates and badges, never of a skill."""

from __future__ import annotations

import re

from skillmatch.domain.text.extraction import Reason

_CUES: dict[Reason, tuple[str, ...]] = {
    Reason.EQUAL_OPPORTUNITY: (
        r"equal[- ]opportunit",
        r"affirmative action",
        r"regardless of (?:\w+, )?(?:race|age|gender|sex|religion|origin|background|disability)",
        r"without regard to",
        r"(?:people|persons|applicants|candidates) with (?:a )?(?:severe )?disabilit",
        r"we (?:celebrate|value|embrace|are committed to) (?:\w+ )?diversity",
        r"\b(?:all|every) qualified (?:applicant|candidate)s?\b",
    ),
    Reason.APPLICATION: (
        r"background check",
        r"(?:work|residence) permit|right to work|visa sponsorship",
        r"\bapply (?:now|today|online|here|by|before|via)\b|how to apply|\bsend (?:us )?your (?:cv|"
        r"resume|application)\b",
        r"\b(?:we )?look(?:ing)? forward to (?:your|receiving|hearing|meeting|getting)\b",
        r"\b(?:application|closing) (?:deadline|date)\b|\bearliest (?:possible )?start(?:ing)? date\b",
        r"\bplease (?:apply|submit|send|attach|e-?mail|contact)\b|\bcover(?:ing)? letter\b",
        r"\breferences? (?:are )?available (?:up)?on request\b",
    ),
    Reason.BENEFITS: (
        r"(?:competitive|attractive|annual|monthly|gross|starting|base) (?:\w+ )?"
        r"(?:salary|salaries|pay|compensation)\b",
        r"\b(?:salary|compensation|pay) (?:range|band|package|is|of|from|up to|between)\b|^\W*salary\b|\bsalary\s*:",
        r"(?:benefits?|compensation|relocation) package|\bpension scheme\b|(?:health|dental) (?:insurance|plan|cover)",
        r"paid (?:holidays?|leave|time off|vacation)|days of (?:holiday|vacation|leave)|annual leave",
        r"free (?:lunch|fruit|coffee|parking|drinks|snacks)",
        r"\b(?:gym|fitness) membership|company (?:car|pension|bike)\b|staff discount|employee discounts?\b",
        r"(?:meal|lunch) (?:vouchers?|allowance)|(?:job|public transport) ticket|stock options|\b13th (?:month|salary)",
        r"\b(?:sick pay|sign-?on bonus|annual bonus|team events|sabbatical|parental leave|bonus scheme)\b",
    ),
    Reason.COMPANY: (
        r"\b(?:market|world|global|industry|technology|european)[- ]leader\b|award[- ]winning",
        r"\b(?:great|best|top) (?:place to work|employer)\b|employer of choice",
        r"\b(?:we are|is) (?:one of )?(?:the |a |an )?(?:world'?s? |country'?s? |europe'?s? )?"
        r"(?:leading|largest|fastest|fast[- ]growing|family[- ](?:run|owned)|award|established|independent)\b",
        r"\b(?:founded|established) in (?:1[5-9]|20)\d\d\b",
        r"(?<!\d)[\d.,]{1,12}\s?\+? (?:employees|colleagues|locations|sites|offices|countries) (?:in|"
        r"across|around|world)",
        r"\bjoin (?:us|our (?:\w+ )?(?:team|family|mission|journey))\b|\bour (?:mission|vision|story) is\b",
    ),
    Reason.LEGAL: (
        r"all rights reserved|terms (?:and|&) conditions|copyright ©|©",
        r"privacy (?:policy|notice|statement)|data protection (?:notice|statement|declaration)",
        r"(?:\byour (?:personal )?|^\W*(?:all )?personal )data (?:will be|is|are) (?:\w+ )?"
        r"(?:processed|stored|kept|deleted|used)",
        r"\bby (?:applying|submitting),? you (?:agree|consent|accept)",
    ),
    Reason.TERMS: (
        r"\b(?:price|fee|tuition|cost)s?\s*:|money[- ]back|free trial|no (?:hidden )?(?:costs?|fees)",
        r"\bissu(?:e|es|ed|ing) (?:of )?(?:a |the |an |your )?(?:\w+ )?(?:badge|certificate|credential)",
        r"\b(?:earn|receive|get|obtain|awarded|claim|share) (?:\w+ ){0,3}(?:badge|certificate|credential)\b",
        r"(?:badge|certificate|credential) (?:is|was|will be) (?:issued|awarded|sent)",
        r"certificate of (?:completion|attendance)",
        r"\bissu(?:er|ed by|ing (?:body|organi[sz]ation))\b",
        r"\b(?:enrol|enroll|register|sign up|book|start|join)(?: \w+)? (?:now|today|here|online|for free)\b",
        r"enrol?ment (?:is )?(?:open|closes|opens|deadline)|^\W*enrol?(?:l)?\b",
        r"\b(?:duration|start date|starts on|deadline|location|format|mode|ects|eqf|issuer)\s*:",
        r"(?<!\d)\d{1,5}(?:[.,]\d{1,3})?\s{0,3}(?:hours?|weeks?|days?|minutes?)\s*(?:per|a|of study|long)\b",
        r"valid (?:for|until)|expires? (?:on|after)",
    ),
    Reason.PAGE: (
        r"\bclick (?:here|on|below)\b|\bread more\b|\b(?:contact|follow) us\b|\babout (?:us|"
        r"the company)\b|\bcookies?\b",
        r"https?://|www\.\w|\w@\w[\w.-]{0,80}\.\w",
    ),
}

# In the description of a course these speak of its terms; in a CV or an advert they may stand beside a skill:
# "managed a budget of €2m", "language: English", "first aid (2 days)", "no prior knowledge of SAP".
_ONLY_IN_DESCRIPTIONS = (
    r"[$€£]\s?\d|(?<!\d)\d[\d.,]{0,15}\s?(?:eur|usd|gbp)\b",
    r"\b(?:language|level)\s*:|(?<!\d)\d{1,5}(?:[.,]\d{1,3})?\s{0,3}(?:hours?|weeks?|days?|months?|"
    r"minutes?)\s*(?:per|a|of study|long|\)|$)",
    r"no (?:prior|previous) (?:knowledge|experience)|prerequisites?\s*:?\s*none",
    r"\bm\s?/\s?[fw]\s?/\s?[dx]\b",  # the title of a job
)

_BY_REASON = {
    reason: re.compile("|".join(f"(?:{cue})" for cue in cues), re.IGNORECASE) for reason, cues in _CUES.items()
}
_EVERY = re.compile(
    "|".join(f"(?:{cue})" for cue in (*(cue for cues in _CUES.values() for cue in cues), *_ONLY_IN_DESCRIPTIONS)),
    re.IGNORECASE,
)
MOST_READ = 2_000  # characters of a sentence in which a cue is looked for


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence of a description carries one of the cues; such a sentence is not read for skills at all."""
    return _EVERY.search(sentence, 0, MOST_READ) is not None


def boilerplate_reason(sentence: str) -> Reason | None:
    """Why a sentence of any long text (advert, CV, course page) is not to be read for skills; None when it is."""
    if _EVERY.search(sentence, 0, MOST_READ) is None:  # one search settles it for most sentences
        return None
    return next((reason for reason, cues in _BY_REASON.items() if cues.search(sentence, 0, MOST_READ)), None)
