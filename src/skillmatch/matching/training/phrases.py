"""Sentences of our own making around a skill's or an occupation's names, as adverts and CVs put them."""

from __future__ import annotations

import random
from collections.abc import Sequence

_NOUN = (
    "experience with {}", "knowledge of {}", "good {} skills", "proficient in {}", "{} experience required",
    "strong background in {}", "hands-on experience in {} is a plus", "you are familiar with {}", "training in {}",
    "several years of professional experience with {}", "solid understanding of {} .", "we work with {}",
    "working knowledge of {} would be an advantage", "you have a passion for {}", "basic knowledge in {}",
    "expertise in {} and related methods", "introduction to {}", "certified in {}", "a degree in {} or similar",
    "Requirements : 3+ years of {}", "our stack : {}", "nice to have : {}",
)  # fmt: skip
_VERB = (
    "ability to {}", "you will {}", "you {}", "responsible for : {}", "able to {} independently", "your task is to {}",
    "you are expected to {} together with the team", "in this role you {} every day", "proven ability to {}",
    "You know how to {} .", "must be able to {}", "help us to {}", "learn to {}", "we need someone who can {}",
    "Main duties : {}", "as part of the team you will {} and report to the manager",
)  # fmt: skip
_LIST_JOINTS = (", ", " , ", " and ", " / ", " ; ", ", as well as ", " or ")
_TITLE = (
    "{}", "{}", "{}", "Senior {}", "Junior {}", "{} (m/f/d)", "{} - full time", "{} (part time)", "Assistant {}",
    "Trainee {}", "Lead {}", "{} II", "{} wanted", "Head {}", "{} / Internship", "{} (fresh graduate)", "{} - London",
    "{} Executive", "Internship {}", "Freelance {}", "{} (contract)", "{} x 2", "Urgent hiring {}", "Vacancy for {}",
)  # fmt: skip


def phrase(name: str, *, verb: bool, draw: random.Random) -> str:
    """A name as an advert may put it; half of the time the name alone."""
    if draw.random() < 0.5:
        return _cased(name, draw)
    return draw.choice(_VERB if verb else _NOUN).format(_cased(name, draw))


def sentence(names: Sequence[str], *, verb: bool, draw: random.Random) -> str:
    """Several names in one sentence, joined as people join them."""
    joint = draw.choice(_LIST_JOINTS)
    if joint.strip(" ,") and not joint.strip().isalpha() and draw.random() < 0.3:
        joint = " , "
    text = joint.join(names)
    return text if draw.random() < 0.25 else draw.choice(_VERB if verb else _NOUN).format(text)


def title(name: str, draw: random.Random) -> str:
    """A job title as adverts write it: other cases, grades, brackets."""
    text = draw.choice(_TITLE).format(name.title() if draw.random() < 0.4 else name)
    return text.upper() if draw.random() < 0.1 else text


def first_sentence(text: str, most: int = 220) -> str:
    """The first sentence of a description, cut at a word when it is long."""
    head = text.strip().split(". ")[0].strip()
    return head if len(head) <= most else head[:most].rsplit(" ", 1)[0]


def _cased(name: str, draw: random.Random) -> str:
    chance = draw.random()
    if chance < 0.06:
        return name.upper()
    return name.title() if chance < 0.12 else name
