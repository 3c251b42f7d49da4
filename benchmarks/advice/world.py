"""A world whose truth is known: people with hidden levels, and courses that are described only in words."""

from __future__ import annotations

import csv
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from skillmatch.domain.roles.role import Role
from skillmatch.domain.skills.skill import Skill

DAY = date(2026, 3, 2)
FIELDS = (
    "id",
    "title",
    "issuer",
    "description",
    "level",
    "hours",
    "cost",
    "currency",
    "language",
    "rating",
    "rating_count",
    "assessment",
    "quality_assurance",
)
SOURCES = (("assessment", 0.0, 0.25), ("manager", 0.0, 0.5), ("peer", 0.15, 0.6), ("self", 0.5, 0.8))
"""Source, bias and noise in levels: the same order of trust as in the profile, other figures than there."""

OPENINGS = (
    "In this course you will learn how one {text}",
    "Participants practise the following: {text}",
    "After this course a participant {text}",
    "A hands-on programme. {text}",
)
NAMINGS = ("The course is about {name}.", "Topics include {name}.", "You will get to know {name} from the ground up.")
FILLERS = (
    "Our experienced trainers accompany you all the way.",
    "You receive a digital badge.",
    "Small groups, flexible dates and a friendly atmosphere.",
    "Places are limited, so book early.",
    "We welcome applicants of every background.",
)
LEVEL_WORDS = {
    1: "Introduction",
    2: "Foundation course",
    3: "Practitioner course",
    4: "Advanced course",
    5: "Masterclass",
}


@dataclass(frozen=True)
class Course:
    """What really happens in a course: ``teaches`` is hidden, as are the chances of completing and of reaching it."""

    id: str
    text: str
    teaches: Mapping[str, float]
    completes: float
    reaches: float
    rating: float
    rating_count: int
    enrolled: int


@dataclass(frozen=True)
class Learner:
    """A person on the way to a role, with the levels that nobody sees."""

    id: str
    role: Role
    levels: Mapping[str, float]


@dataclass(frozen=True)
class World:
    """Learners and courses, and the folder with the tables that the program under test reads."""

    learners: tuple[Learner, ...]
    courses: tuple[Course, ...]
    folder: Path


def make_world(
    roles: Sequence[Role],
    skills: Mapping[str, Skill],
    folder: Path,
    *,
    people: int,
    courses: int,
    seed: int,
    unnamed: bool = False,
) -> World:
    """Plant the truth and write what may be seen of it: texts and terms of courses, noisy evidence about people.

    With ``unnamed`` no course says the name of a skill that it teaches: only what the skill is.
    """
    draw = random.Random(seed)
    offered = [_course(f"C{number:04}", roles, skills, draw, unnamed) for number in range(courses)]
    learners = [_learner(f"P{number:04}", draw.choice(roles), draw) for number in range(people)]
    _write(folder / "credentials.csv", FIELDS, [_course_row(item, draw) for item in offered])
    rows = [{"id": item.id, "name": f"Learner {item.id}", "role": item.role.id, "languages": "en"} for item in learners]
    _write(folder / "people.csv", ["id", "name", "role", "languages"], rows)
    pieces = [row for item in learners for row in _evidence(item, draw)]
    _write(folder / "evidence.csv", ["person", "skill", "level", "source", "date"], pieces)
    return World(tuple(learners), tuple(offered), folder)


def _course(
    own_id: str, roles: Sequence[Role], skills: Mapping[str, Skill], draw: random.Random, unnamed: bool
) -> Course:
    """A course for one to three skills of one role, told in sentences."""
    role = draw.choice(roles)
    needs = draw.sample(role.requirements, min(len(role.requirements), draw.choice((1, 1, 2, 3))))
    level = max(1.0, min(5.0, draw.choice(needs).level + draw.choice((-1, 0, 0, 1))))
    sentences = []
    for need in needs:
        sentences.append(_told(skills[need.skill_id], draw, unnamed))
    draw.shuffle(sentences)
    text = " ".join([f"{LEVEL_WORDS[round(level)]}.", *sentences, *draw.sample(FILLERS, 2)])
    quality = draw.betavariate(4, 2)
    count = int(draw.paretovariate(0.8) * 3)
    rating = max(1.0, min(5.0, draw.gauss(3.0 + 1.8 * quality, 1.2 / count**0.5)))
    return Course(
        id=own_id,
        text=text,
        teaches={need.skill_id: level for need in needs},
        completes=0.35 + 0.6 * quality,
        reaches=0.45 + 0.5 * quality,
        rating=round(rating, 1),
        rating_count=count,
        enrolled=int(count * draw.uniform(2, 12)),
    )


def _told(skill: Skill, draw: random.Random, unnamed: bool) -> str:
    """What a provider says of one skill: by a name, by a name and what it is, or only what it is; one in three each."""
    name = draw.choice((skill.label, *skill.aliases))
    words = skill.description or skill.label
    said = draw.choice(OPENINGS).format(text=words[0].lower() + words[1:])
    match 2 if unnamed else draw.randrange(3):
        case 0:
            return draw.choice(NAMINGS).format(name=name)
        case 1:
            return f"{draw.choice(NAMINGS).format(name=name)} {said}"
        case _:
            return said


def _course_row(course: Course, draw: random.Random) -> dict[str, object]:
    level = max(course.teaches.values())
    return {
        "id": course.id,
        "title": f"Course {course.id}",
        "issuer": f"Provider {draw.randrange(12)}",
        "description": course.text,
        "level": level,
        "hours": round(8 * level * len(course.teaches) * draw.uniform(0.6, 1.6)),
        "cost": 20 * draw.randrange(40),
        "currency": "EUR",
        "language": "en",
        "rating": course.rating,
        "rating_count": course.rating_count,
        "assessment": draw.choice(("exam", "project", "none")),
        "quality_assurance": draw.choice(("accredited", "internal")),
    }


def _learner(own_id: str, role: Role, draw: random.Random) -> Learner:
    levels = {
        need.skill_id: max(0.0, min(5.0, need.level - draw.choice((0, 0, 1, 2, 3, 4)))) for need in role.requirements
    }
    return Learner(own_id, role, levels)


def _evidence(learner: Learner, draw: random.Random) -> list[dict[str, object]]:
    """About seven in ten skills are spoken of at all, by one or two sources, each wrong in its own way."""
    rows = []
    for skill_id, level in learner.levels.items():
        for source, bias, noise in draw.sample(SOURCES, draw.choice((0, 0, 0, 1, 1, 1, 1, 2, 2, 2))):
            said = max(0.0, min(5.0, draw.gauss(level + bias, noise)))
            day = DAY - timedelta(days=draw.randrange(20, 900))
            rows.append(
                {
                    "person": learner.id,
                    "skill": skill_id,
                    "level": f"{said:.1f}",
                    "source": source,
                    "date": day.isoformat(),
                }
            )
    return rows


def _write(path: Path, fields: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields)
        writer.writeheader()
        writer.writerows(rows)
