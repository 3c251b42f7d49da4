"""The law of exports: written and read back, nothing has changed; and nothing written is a formula."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatch.domain.base.identity import make_id
from skillmatch.domain.catalogue.credential import Basis, Credential, Offering, Outcome, SkillPrerequisite, Stack
from skillmatch.domain.people.person import Award, AwardState, Evidence, EvidenceSource, StoredPerson
from skillmatch.domain.roles.role import Requirement, RequirementKind, RequirementState, Role
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.files.tables import Table, open_table
from skillmatch.files.writing import as_text, neutral, write_table
from skillmatch.interop import export
from skillmatch.interop.batch import Batch, Located
from skillmatch.interop.credentials import read_credentials, read_offerings, read_stacks
from skillmatch.interop.export import Export
from skillmatch.interop.people import read_awards, read_evidence, read_people
from skillmatch.interop.roles import read_roles

letters = st.one_of(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), st.sampled_from(list("=+-@|\\'\"\t\r\n ,;＝"))
)
text = st.text(letters, max_size=12).map(str.strip)
words = text.filter(bool)
seen = st.characters(
    exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn"], exclude_characters="\ufffd\u115f\u1160\u3164\uffa0"
)
title = st.text(st.one_of(seen, st.sampled_from(list("=+-@|\\'\" ,;＝"))), max_size=12).map(str.strip)
name = title.filter(bool)
source = st.sampled_from(["own", "lms", "hr-2"])
external = st.text(seen, min_size=1, max_size=8).map(str.strip).filter(lambda given: bool(given.strip("./\\")))
whole_id = st.builds(make_id, source, external.filter(lambda given: not re.search(r"(^|[/\\])\.\.?($|[/\\])", given)))
level = st.floats(0.01, 5).map(lambda value: round(value, 6))
amount = st.none() | st.floats(0, 1e6)
day = st.dates(date(1990, 1, 1), date(2100, 1, 1))
days = st.tuples(day, st.none() | day).map(lambda pair: pair if pair[1] is None else tuple(sorted(pair)))
folded = {"unique_by": fold, "max_size": 4}


@st.composite
def credentials(draw) -> Credential:
    own = draw(whole_id)
    begins, ends = draw(days)
    learners = draw(st.none() | st.integers(0, 10**6))
    return Credential(
        id=own,
        title=draw(name),
        issuer=draw(title),
        description=draw(text),
        url=draw(text),
        outcomes=tuple(Outcome(skill, draw(level), given=skill) for skill in draw(st.lists(words, **folded))),
        requires_skills=tuple(SkillPrerequisite(skill, draw(level)) for skill in draw(st.lists(words, **folded))),
        requires_credentials=tuple(
            draw(st.lists(whole_id.filter(lambda other: other != own), unique=True, max_size=3))
        ),
        hours=draw(amount),
        weeks=draw(amount),
        cost=draw(amount),
        currency=draw(st.sampled_from(["EUR", "USD"])),
        language=draw(st.sampled_from(["", "en", "de-at"])),
        mode=draw(text),
        assessment=draw(text),
        quality_assurance=draw(text),
        level=draw(st.none() | level),
        eqf_level=draw(st.none() | st.integers(1, 8)),
        country=draw(st.sampled_from(["", "DE"])),
        rating=draw(st.none() | st.floats(1, 5)),
        rating_count=draw(st.integers(0, 10**9)),
        valid_from=begins,
        valid_until=ends,
        validity_months=draw(st.none() | st.integers(1, 600)),
        started=learners,
        completed=None if learners is None else draw(st.none() | st.integers(0, learners)),
    )


@st.composite
def offerings(draw) -> Offering:
    first, last = sorted([draw(day), draw(day)])
    return Offering(draw(whole_id), draw(whole_id), first, last, draw(st.none() | st.integers(0, 10**6)))


@st.composite
def stacks(draw) -> Stack:
    ids = tuple(draw(st.lists(whole_id, unique=True, min_size=2, max_size=4)))
    required = draw(st.none() | st.integers(1, len(ids)))
    return Stack(draw(whole_id), draw(name), ids, draw(title), draw(text), required)


@st.composite
def roles(draw) -> Role:
    requirements = tuple(
        Requirement(
            skill,
            draw(level),
            draw(st.floats(0.01, 100)),
            draw(st.sampled_from(RequirementKind)),
            draw(st.sampled_from(RequirementState)),
        )
        for skill in draw(st.lists(words, **folded))
    )
    return Role(draw(whole_id), draw(name), draw(text), draw(st.none() | words), requirements)


people = st.builds(
    StoredPerson,
    whole_id,
    name,
    title,
    st.none() | whole_id,
    st.lists(st.sampled_from(["en", "de", "fr"]), unique=True).map(tuple),
    st.none() | st.floats(0, 168),
)


@st.composite
def evidence(draw) -> tuple[str, Evidence]:
    on, expires = draw(days)
    kind, confidence = draw(st.sampled_from(EvidenceSource)), draw(st.floats(0, 1))
    return draw(whole_id), Evidence(draw(words), draw(level), kind, on, confidence, expires, draw(text))


@st.composite
def awards(draw) -> tuple[str, Award]:
    issued, expires = draw(days)
    return draw(whole_id), Award(draw(whole_id), draw(st.sampled_from(AwardState)), issued, expires)


def read_given_awards(table: Table, **options: Any) -> Batch[Any]:
    batch = read_awards(table, **options)
    return Batch(
        tuple(Located((item.value.person_id, item.value.award), item.line) for item in batch.items), batch.findings
    )


LATE = date(2200, 1, 1)
KINDS = {
    "credentials": (credentials(), export.export_credentials, read_credentials, {}),
    "offerings": (offerings(), export.export_offerings, read_offerings, {}),
    "stacks": (stacks(), export.export_stacks, read_stacks, {}),
    "roles": (roles(), export.export_roles, read_roles, {}),
    "people": (people, export.export_people, read_people, {}),
    "evidence": (evidence(), export.export_evidence, read_evidence, {"today": LATE}),
    "awards": (awards(), export.export_awards, read_given_awards, {"today": LATE}),
}


def as_table(exported: Export) -> Table:
    return Table.of("export", exported.header, [[neutral(as_text(cell)) for cell in row] for row in exported.rows])


def identity(value: object) -> object:
    return value if isinstance(value, tuple) else value.id


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_export_then_import_changes_nothing(kind: str, data: st.DataObject) -> None:
    strategy, write, read, options = KINDS[kind]
    values = data.draw(st.lists(strategy, max_size=3, unique_by=identity))
    batch = read(as_table(write(values)), **options)
    assert batch.findings == ()
    assert list(batch.values) == values


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_so_it_is_through_real_files(
    kind: str, ending: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    strategy, write, read, options = KINDS[kind]
    values = data.draw(st.lists(strategy, max_size=3, unique_by=identity))
    exported = write(values)
    path = tmp_path_factory.mktemp("law") / f"{kind}.{ending}"
    write_table(path, exported.header, exported.rows)
    batch = read(open_table(path), **options)
    assert batch.findings == ()
    assert list(batch.values) == values


def test_formulas_are_neutral_in_the_file_and_whole_again_after_it(tmp_path: Path) -> None:
    person = StoredPerson("own/p1", '=HYPERLINK("http://x")', "@team", languages=("en",))
    path = tmp_path / "people.csv"
    exported = export.export_people([person])
    write_table(path, exported.header, exported.rows)
    assert path.read_text().splitlines()[1] == 'own/p1,"\'=HYPERLINK(""http://x"")",\'@team,,en,'
    assert read_people(open_table(path)).values == (person,)


def test_a_quote_of_the_customers_own_is_kept() -> None:
    table = Table.of("people", ["id", "name"], [["1", "'s-Hertogenbosch"], ["2", "'=x"]])
    assert [person.name for person in read_people(table).values] == ["'s-Hertogenbosch", "=x"]


def test_the_providers_words_are_written_and_inferences_are_not() -> None:
    credential = Credential(
        "own/1",
        "A",
        outcomes=(
            Outcome("care.wound-care", 3, probability=0.9, given="dressing wounds"),
            Outcome("care.hygiene", 2, basis=Basis.INFERRED, probability=0.7, given="keep things clean"),
            Outcome("it.python", 2.5),
        ),
        unmapped=("bedside a|b",),
    )
    exported = export.export_credentials([credential])
    row = dict(zip(exported.header, exported.rows[0], strict=True))
    assert row["teaches"] == r"dressing wounds@3 | it.python@2.5 | bedside a\|b"
