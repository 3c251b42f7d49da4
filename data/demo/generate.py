"""Makes the people of the demo organisation, what is said about them, their badges and the course dates.

    python data/demo/generate.py [FOLDER]

Reads the hand-written files beside it and writes four more into FOLDER, or beside them: the same bytes every time.
Everybody has hidden true levels, drawn around what their job wants; evidence is what imperfect observers say of them.
Each person and each credential has a random stream of its own: a change to one mostly leaves the others as they were.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

HERE = Path(__file__).resolve().parent
SHOWN = {  # a level 0-5 as systems with these scales would show it
    "0-5": lambda level: round(level * 2) / 2,
    "1-5": lambda level: max(1, round(level)),
    "1-4": lambda level: round(1 + (max(level, 1) - 1) * 3 / 4),
    "1-100": lambda level: round(1 + level * 99 / 5),
    "onet-0-7": lambda level: round(level * 7 / 5, 1),
}


@dataclass(frozen=True)
class Need:
    """A skill that a job wants; a ``new`` one is only suggested, so that hardly anybody has it yet."""

    skill: str
    level: float
    weight: float
    essential: bool
    new: bool


@dataclass
class Person:
    """A person with the hidden truth about them: by skill the true level, and how much their work is about it."""

    id: str
    name: str
    unit: dict
    role: str
    languages: list[str]
    random: Random
    hired: date
    goal: str = ""  # the role they are ready for
    thin: int | None = None  # next to nothing is known of them: so many pieces of evidence at most
    torn: bool = False  # two sources plainly disagree about them
    truth: dict[str, float] = field(default_factory=dict)
    weight: dict[str, float] = field(default_factory=dict)
    earlier: set[str] = field(default_factory=set)  # skills of an earlier job

    def add(self, need: Need, level: float, weight: float) -> None:
        if need.skill not in self.truth:
            self.truth[need.skill], self.weight[need.skill] = min(max(level, 0.0), 5.0), weight


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def save(path: Path, header: str, table: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(), *table])


def items(cell: str) -> list[str]:
    return [item.strip() for item in cell.split("|") if item.strip()]


def levels(cell: str) -> dict[str, float]:
    return {skill: float(level) for skill, level in (item.split("@") for item in items(cell))}


def some(random: Random, weights: dict[str, float], count: int) -> list[str]:
    """``count`` different keys, the heavier the likelier."""
    drawn = {key: random.random() ** (1 / max(weight, 0.01)) for key, weight in weights.items()}
    return sorted(drawn, key=lambda key: drawn[key], reverse=True)[:count]


def between(random: Random, first: date, last: date) -> date:
    day = first + timedelta(days=int(random.random() * ((last - first).days + 1)))  # no weekend, if possible:
    return max(first, day - timedelta(days=max(0, day.weekday() - 4)))


def months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


class Demo:
    """The hand-written files, and what is made from them."""

    def __init__(self) -> None:
        self.plan = tomllib.loads((HERE / "organisation.toml").read_text(encoding="utf-8"))
        self.today: date = self.plan["records_until"]
        self.names = rows(HERE / "names.csv")
        self.credentials = {row["id"]: row for row in rows(HERE / "credentials.csv")}
        self.teaches = {key: levels(row["teaches"]) for key, row in self.credentials.items()}
        self.occupation: dict[str, str] = {}
        self.needs: dict[str, list[Need]] = {}  # of roles and of occupations
        for row in [*rows(HERE / "roles.csv"), *rows(HERE.parent / "taxonomy" / "requirements.csv")]:
            job = row.get("role_id") or row["occupation"]
            self.occupation.setdefault(job, row["occupation"])
            need = (row["skill"], float(row["level"]), float(row["weight"]), row["kind"] == "essential")
            self.needs.setdefault(job, []).append(Need(*need, new=row.get("state") == "suggested"))
        self.cohorts = {key: self.draw_cohorts(key) for key in sorted(self.credentials)}
        self.people = self.draw_people()

    def random(self, *key: str) -> Random:
        return Random(" ".join((str(self.plan["seed"]), *key)))

    def draw_cohorts(self, key: str) -> list[tuple[date, date, int]]:
        """Start, end and seats left of each cohort of a credential; without cohorts it can begin on any day."""
        row, random = self.credentials[key], self.random("cohorts", key)
        days = [self.plan["first_monday"] + timedelta(weeks=week) for week in range(self.plan["weeks_ahead"])]
        days = [day for day in days if not row["valid_until"] or day.isoformat() <= row["valid_until"]]
        if row["mode"] == "self-paced" or not days or random.random() > 0.55:
            return []
        if random.random() < 0.05:  # ran this autumn, nothing planned yet
            days = [day for day in days if day < self.today - timedelta(weeks=2)]
        seats = [0, *2 * [6, 8, 10, 12, 14, 16]] if row["mode"] == "onsite" else [0, *3 * [8, 10, 12, 18, 24, 30]]
        starts = sorted(random.sample(days, min(len(days), random.choice([1, 2, 2, 3, 3, 4]))))
        return [(day, day + timedelta(weeks=int(row["weeks"])), random.choice(seats)) for day in starts]

    def draw_people(self) -> list[Person]:
        random = self.random("people")
        people, units = list[Person](), self.plan["units"]
        places = [(unit, role) for unit in units for role, count in unit["staff"].items() for _ in range(count)]
        for number, (unit, role) in enumerate(places, start=1):
            own = self.random(f"P-{number:03}")
            name, languages = self.draw_name(random, role, {person.name for person in people})
            hired = date(2026 - int(18 * own.random() ** 1.6), 1 + int(own.random() * 9), 2)
            people.append(Person(f"P-{number:03}", name, unit, role, languages, own, hired))
        for move in self.plan["ready"]:
            for person in random.sample([person for person in people if person.role == move["from"]], move["people"]):
                person.goal, person.hired = move["to"], date(2014 + int(random.random() * 6), 4, 2)
        for person in random.sample([person for person in people if not person.goal], self.plan["thin"]):
            person.thin, person.hired = int(random.random() * 3), date(2026, 2 + int(random.random() * 9), 2)
        torn = random.sample([person.id for person in people if person.hired.year < 2026], self.plan["torn"])
        for person in people:
            person.torn = person.id in torn
            self.draw_truth(person)
        return people

    def draw_name(self, random: Random, role: str, taken: set[str]) -> tuple[str, list[str]]:
        name = ""
        while not name or name in taken:
            mother, other = random.choices(self.names, [int(row["weight"]) for row in self.names], k=2)
            family = items((other if random.random() < 0.12 else mother)["family"])
            name = f"{random.choice(items(mother['given']))} {random.choice(family)}"
        spoken = [] if role in self.plan["without_english"] and random.random() < 0.25 else ["en"]
        spoken += [mother["language"]] + (["nl"] if random.random() < 0.55 else [])
        return name, list(dict.fromkeys([*spoken, random.choice(["de", "fr", "es", *spoken, *spoken])]))

    def draw_truth(self, person: Person) -> None:
        """True levels around what the job wants: long service, ability and a bent for some fields all show."""
        random = person.random
        ability = random.gauss(-0.55, 0.45) + min(2026 - person.hired.year, 8) / 8
        bent: dict[str, float] = {}

        def level(need: Need, shift: float) -> float:
            leaning = bent.setdefault(need.skill.split(".")[0], random.gauss(0, 0.3))
            return need.level + shift + ability + leaning + random.gauss(0, 0.4)

        for need in self.needs[person.role]:
            shift = -1.5 if need.new else -0.1 if need.essential else -0.6
            person.add(need, level(need, shift), need.weight * (0.4 if need.new else 1))
        for need in self.needs[self.occupation[person.role]]:
            if random.random() < 0.3:
                person.add(need, level(need, -0.5), need.weight * 0.4)
        for need in self.needs.get(person.goal, []):  # ready: what the next job wants is nearly there
            person.add(need, 0.0, need.weight)
            nearly = need.level + random.gauss(-0.1, 0.3)
            person.truth[need.skill] = min(max(person.truth[need.skill], nearly), 5.0)
        before, known = self.plan["earlier"].get(person.role), set(person.truth)
        if before and not person.goal and random.random() < 0.28:
            for need in self.needs[random.choice(before)][:5]:
                person.add(need, need.level + random.gauss(-0.8, 0.4), need.weight * 0.3)
            person.earlier = person.truth.keys() - known

    def awards(self, person: Person) -> list[tuple[str, str, str, date, date | None]]:
        """Badges that fit what the person can do, with those that had to come before, and what they now take."""
        random, held, fitting = person.random, dict[str, tuple[date, date | None]](), dict[str, float]()
        wanted = {need.skill: need.level for need in self.needs[person.role]}
        for key, taught in self.teaches.items():
            row = self.credentials[key]
            known = [skill for skill in taught if person.truth.get(skill, 0) >= taught[skill] - 0.6]
            beneath = any(wanted.get(skill, 0) - level >= 2.5 for skill, level in taught.items())
            if known and not beneath and len(known) >= len(taught) * 0.6:
                likely = (3 if row["issuer"] == "Havenport Academy" else 1) * (2 if row["validity_months"] else 1)
                fitting[key] = likely * sum(person.weight[skill] for skill in known) / len(taught)
        for key in some(random, fitting, 0 if person.thin is not None else random.choice([0, 0, 1, 1, 2, 2, 3, 4])):
            if not any(self.teaches[key].keys() & self.teaches[other].keys() for other in held):
                self.give(person, key, held, self.today)
        lost = next(reversed(held), "") if random.random() < 0.06 else ""
        found = [(person.id, key, "revoked" if key == lost else "held", *dates) for key, dates in held.items()]
        return sorted([*found, *self.running(person, held)], key=lambda row: (row[3], row[1]))

    def give(self, person: Person, key: str, held: dict[str, tuple[date, date | None]], until: date) -> bool:
        """Whether the person holds the badge at ``until``, with all that it requires: given now where it can be."""
        row, months = self.credentials[key], int(self.credentials[key]["validity_months"] or 0)
        earliest = person.hired if row["issuer"] == "Havenport Academy" else date.min
        first = max(date.fromisoformat(row["valid_from"]), earliest) + timedelta(weeks=int(row["weeks"]))
        last = min(until, date.fromisoformat(row["valid_until"] or until.isoformat()))
        if key in held or first > last or row["language"] not in person.languages:
            return key in held and held[key][0] <= until
        if months and person.random.random() < 0.2:  # renewed in time
            first = max(first, min(months_after(self.today, 1 - months), last))
        day = between(person.random, first, last)
        if all(self.give(person, one, held, day - timedelta(days=30)) for one in items(row["requires_credentials"])):
            held[key] = (day, months_after(day, months) if months else None)
        return key in held

    def running(self, person: Person, held: dict) -> list[tuple[str, str, str, date, None]]:
        """At most one course that teaches something the person still needs, begun lately."""
        random, wanted, begun = person.random, dict[str, float](), dict[str, date]()
        before = {key for key, (day, _) in held.items() if day < self.today - timedelta(weeks=13)}
        for key, taught in self.teaches.items():
            row = self.credentials[key]
            ready = before.issuperset(items(row["requires_credentials"])) and all(
                person.truth.get(skill, 0) >= level for skill, level in levels(row["requires_skills"]).items()
            )
            starts = [start for start, end, _ in self.cohorts[key] if start <= self.today < end]
            short = [skill for skill in taught if taught[skill] > person.truth.get(skill, 9) + 0.5]
            gain = sum(person.weight[skill] for skill in short if skill not in person.earlier)
            open_now = (starts or not self.cohorts[key]) and row["language"] in person.languages
            if gain and ready and open_now and key not in held and not row["valid_until"]:
                last_days = self.today - timedelta(days=int(row["weeks"]) * 7 - 3)
                wanted[key], begun[key] = gain, starts[-1] if starts else between(random, last_days, self.today)
        chosen = some(random, wanted, int(person.thin is None and random.random() < 0.13))
        return [(person.id, key, "in_progress", begun[key], None) for key in chosen]

    def evidence(self, person: Person) -> list[tuple]:
        """What reviews, tests, colleagues, papers and the person say; the truth shines through more or less."""
        random, exams, said = person.random, self.plan["examined"], dict[tuple, tuple]()
        known = {skill: weight for skill, weight in person.weight.items() if person.truth[skill] >= 0.7}
        job = {skill: weight for skill, weight in known.items() if skill not in person.earlier}
        chief = max((need.weight, need.skill) for need in self.needs[person.role] if need.skill in job)[1]
        pools = {"all": known, "job": job, "examined": {}, "soft": {}, "hands": {}, "desk": {}}
        pools["papers"] = {skill: weight + (skill in person.earlier) for skill, weight in known.items()}
        pools["goal"] = {need.skill: need.weight for need in self.needs.get(person.goal, [])}
        for skill, weight in job.items():
            pool = self.plan["tested_as"].get(skill.split(".")[0], "desk")
            pools["examined" if skill in exams else pool][skill] = weight
        for channel in self.plan["channels"]:
            first, last = max(channel["first"], person.hired), channel["last"]
            misses = channel["first"] > person.hired if channel.get("at_hiring") else first > last
            if misses or random.random() > channel["chance"]:
                continue
            picked = some(random, pools[channel["of"]], random.choice(channel["picks"]))
            if channel.get("chief"):
                picked = list(dict.fromkeys([chief, *picked]))
            day = first if channel.get("at_hiring") else between(random, first, last)
            for skill in picked:
                day = between(random, first, last) if channel.get("apart") else day
                said.setdefault((day, skill, channel["source"]), self.statement(person, channel, skill, day))
        if person.torn:  # a proud self-rating beside a poor test
            said = {key: row for key, row in said.items() if key[1] != chief}
            for day, level, source, note in self.plan["disagreement"]:
                said[day, chief, source] = (person.id, chief, level, "0-5", source, day, "1", None, note)
        return [said[key] for key in sorted(said)][: person.thin]

    def statement(self, person: Person, channel: dict, skill: str, day: date) -> tuple:
        random, source = person.random, channel["source"]
        note, months = self.plan["examined"].get(skill, ("", 0)) if source in ("assessment", "award") else ("", 0)
        scale = person.unit["review_scale"] if source == "manager" else channel.get("scale", "0-5")
        level = person.truth[skill] - min(0.2 * (self.today - day).days / 365, 0.8)  # they have learned since
        level += random.gauss(channel.get("bias", 0), channel["noise"])
        shown = f"{SHOWN[scale](min(max(level, 0.5 if source == 'manager' else 1.0), 5.0)):g}"
        confidence = f"{random.choice(channel.get('confidence', [1])):g}"
        expires = months_after(day, months) if months else None
        return person.id, skill, shown, scale, source, day, confidence, expires, channel.get("note", note)

    def write(self, folder: Path) -> None:
        people, random = [], self.random("cards")
        for person in self.people:  # some cells are blank, as they are in real systems
            role = "" if person.thin is not None and random.random() < 0.16 else person.role
            languages = "" if random.random() < 0.025 else " | ".join(person.languages)
            hours = random.choice([6, 8, 10] if person.goal else ["", *3 * [2, 2, 3, 3, 4, 4, 4, 5, 6, 8]])
            people.append((person.id, person.name, person.unit["name"], role, languages, hours))
        said = [row for person in self.people for row in self.evidence(person)]
        held = [row for person in self.people for row in self.awards(person)]
        cohorts = [(f"{key}-{n}", key, *one) for key, made in self.cohorts.items() for n, one in enumerate(made, 1)]
        save(folder / "people.csv", "id name unit role languages hours_per_week", people)
        save(folder / "evidence.csv", "person skill level scale source date confidence expires note", said)
        save(folder / "awards.csv", "person credential state issued expires", held)
        save(folder / "offerings.csv", "id credential start end seats", cohorts)


if __name__ == "__main__":
    Demo().write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
