"""Choices: what the explorer's lists and sliders offer, each a label for people beside its value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from skillmatch.domain.people.person import Person
from skillmatch.domain.roles.role import Role

Value = TypeVar("Value")

HOURS_STEPS = (4.0, 8.0, 12.0, 16.0, 20.0, 24.0, 32.0, 40.0, 60.0, 80.0, 120.0)
COST_STEPS = (0.0, 50.0, 100.0, 200.0, 300.0, 400.0, 500.0, 750.0, 1_000.0, 1_500.0, 2_500.0, 5_000.0)


@dataclass(frozen=True, slots=True)
class Choices(Generic[Value]):
    """Labels beside values, in one order; only labels ever leave for the browser."""

    labels: tuple[str, ...]
    values: tuple[Value, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, Value]]) -> Choices[Value]:
        """From (label, value) pairs."""
        listed = list(pairs)
        return cls(tuple(label for label, _ in listed), tuple(value for _, value in listed))

    def index(self, value: Value) -> int | None:
        """Where a value stands, or None when it is not offered."""
        return self.values.index(value) if value in self.values else None


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the explorer lists them: the id, the unit and role of today, the label that stands for them."""

    id: str
    unit: str
    role_id: str | None
    label: str


def pseudonym(unit: str, number: int) -> str:
    """The unit with the person's number in it: it gives away neither name nor id, and stays the same as long as nobody
    joins or leaves the unit.
    """
    return f"{unit or 'No unit'}, person {number}"


def person_label(person: Person, number: int, *, pseudonyms: bool) -> str:
    """What the ``number``-th person of a unit is called on the screen."""
    return person_label_of(person.name, person.id, person.unit, number, pseudonyms=pseudonyms)


def person_label_of(name: str, person_id: str, unit: str, number: int, *, pseudonyms: bool) -> str:
    """As :func:`person_label`, where the person is known by parts only."""
    return pseudonym(unit, number) if pseudonyms else f"{name} ({person_id})"


def members(people: Sequence[Person], *, pseudonyms: bool) -> tuple[Member, ...]:
    """People to choose from, in the order given, which must be that of their ids and hold whole units."""
    numbers: Counter[str] = Counter()
    found = []
    for person in people:
        numbers[person.unit] += 1
        label = person_label(person, numbers[person.unit], pseudonyms=pseudonyms)
        found.append(Member(person.id, person.unit, person.role_id, label))
    return tuple(found)


def unit_choices(sizes: Mapping[str, int]) -> Choices[str | None]:
    """Every unit with its size, by name, then all of them."""
    listed: list[tuple[str, str | None]] = [
        (f"{unit or 'No unit'} ({sizes[unit]})", unit) for unit in sorted(sizes, key=str.casefold)
    ]
    return Choices.of([*listed, (f"All units ({sum(sizes.values())})", None)])


def person_choices(people: Sequence[Member]) -> Choices[str]:
    """The people to choose from."""
    return Choices.of((member.label, member.id) for member in people)


def role_choices(roles: Sequence[Role]) -> Choices[str]:
    """Roles by title; the id tells apart those of one title."""
    titles = Counter(role.title for role in roles)
    listed = [(role.title if titles[role.title] == 1 else f"{role.title} ({role.id})", role.id) for role in roles]
    return Choices.of(sorted(listed, key=lambda pair: (pair[0].casefold(), pair[1])))


def limit_choices(steps: Sequence[float], value: float | None, unit: str) -> Choices[float | None]:
    """Steps of a limit and "no limit" after the last; a value between two steps gets a step of its own."""
    known = sorted({*steps} if value is None else {*steps, value})
    return Choices.of([*((f"{step:,g} {unit}".rstrip(), step) for step in known), ("no limit", None)])
