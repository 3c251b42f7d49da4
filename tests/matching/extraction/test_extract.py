"""Long texts give skills with exact places, what is asked of each, and what was left out."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import InputError
from skillmatch.domain.text.extraction import Demand, Extraction, FoundSkill, Reason, Section, Years
from skillmatch.files.documents import read_document
from skillmatch.matching.extraction import extract
from skillmatch.matching.extraction.extract import MAX_PLACES
from skillmatch.matching.linker import Linker

REQUIRED, PREFERRED, NICE, UNSTATED = Demand.REQUIRED, Demand.PREFERRED, Demand.NICE_TO_HAVE, Demand.UNSTATED


def found(text: str, linker: Linker) -> dict[str, FoundSkill]:
    return {skill.label: skill for skill in extract(text, linker).skills}


EXPECTED = {
    "data_engineer.md": {
        "Python": (REQUIRED, False, Years(5), None),
        "SQL": (REQUIRED, False, Years(5), None),
        "Java": (REQUIRED, False, Years(2, 3), None),
        "English": (REQUIRED, False, None, 4.0),
        "German": (NICE, False, None, None),
        "Scala": (UNSTATED, True, None, None),
        "Rust": (NICE, False, None, None),
        "Go": (NICE, False, None, None),
        "C++": (NICE, False, None, None),
        "Machine learning": (NICE, False, None, 2.0),
    },
    "ward_nurse.txt": {
        "Wound care": (UNSTATED, False, None, None),
        "Pain assessment": (REQUIRED, False, None, None),
        "End-of-life care": (PREFERRED, False, None, None),
        "Dementia care": (PREFERRED, False, None, 2.0),
    },
    "cv_accountant.txt": {
        "Management reporting": (UNSTATED, False, None, None),
        "Credit control": (UNSTATED, False, None, None),
        "Power BI": (UNSTATED, False, None, 2.0),
        "English": (UNSTATED, False, None, 4.0),
        "German": (UNSTATED, False, None, 3.0),
        "Spanish": (UNSTATED, False, None, 2.0),
    },
    "course_welding.html": {
        "TIG welding": (UNSTATED, False, None, None),
        "Turning": (UNSTATED, True, None, None),
    },
    "chef.txt": {
        "HACCP": (REQUIRED, False, None, None),
        "Menu planning": (REQUIRED, False, None, None),
        "Pastry and desserts": (NICE, False, None, None),
    },
    "warehouse.txt": {
        "Reach truck operation": (UNSTATED, False, None, None),
        "Forklift operation": (REQUIRED, False, None, None),
        "Order picking": (PREFERRED, False, None, None),
    },
    "electrician.txt": {"Heat pump installation": (NICE, False, None, None)},
    "teacher_cv.txt": {
        "Lesson planning": (UNSTATED, False, None, None),
        "Public procurement": (UNSTATED, True, None, None),
        "First aid": (UNSTATED, False, None, None),
    },
    "retail.md": {
        "Visual merchandising": (REQUIRED, False, None, 5.0),
        "Customer service": (REQUIRED, False, None, None),
        "Planogram implementation": (UNSTATED, True, None, None),
    },
}
NOT_MEANT = {
    "data_engineer.md": {"React", "Project management", "Spreadsheets", "R", "C"},
    "ward_nurse.txt": {"REST APIs"},
    "course_welding.html": {"Java", "Python", "SQL", "Machine learning", "Spreadsheets"},
    "retail.md": {"Sales training"},
}


# What stands there by its own name, and what a careless reader might see: "lead", "lift", "react", "rest", "go".
FIELDS = {
    "nursing": (set(), {"Plumbing", "Go", "Hand hygiene"}),
    "logistics": ({"Forklift operation", "Reach truck operation"}, {"Lead qualification", "Leadership"}),
    "software": ({"Go", "TypeScript", "Kubernetes", "Rust", "PHP", "C++"}, {"React", "Java", "C"}),
    "teaching": ({"First aid", "French"}, {"Concrete work"}),
    "cooking": (set(), {"Go", "Recruitment", "Diversity management"}),
    "accounting": ({"Bookkeeping", "IFRS"}, {"Closing sales", "Hotel housekeeping"}),
    "electrical": ({"Working at height"}, {"Good distribution practice"}),
    "retail": ({"English"}, {"Window and facade cleaning", "Month-end close"}),
    "farming": (set(), {"Carpentry"}),
    "law": ({"English"}, {"REST APIs", "Self-confidence"}),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_adverts_cvs_and_courses(name: str, linker: Linker, texts: Path) -> None:
    text = read_document(texts / name).text
    extraction = extract(text, linker, name=name)
    skills = {skill.label: skill for skill in extraction.skills}
    assert extraction.status is Status.OK
    for label, expected in EXPECTED[name].items():
        skill = skills[label]
        assert (skill.demand, skill.negated, skill.years, skill.level) == expected, label
    assert not NOT_MEANT.get(name, set()) & set(skills)


def test_what_is_left_out_says_why(linker: Linker, texts: Path) -> None:
    extraction = extract(read_document(texts / "data_engineer.md").text, linker)
    reasons = {piece.quote: piece.reason for piece in extraction.left_out}
    assert reasons["We are an equal opportunity employer."] is Reason.EQUAL_OPPORTUNITY
    assert reasons["30 days of holiday, free fruit and Excel courses"] is Reason.BENEFITS
    assert {Reason.COMPANY, Reason.APPLICATION} & set(reasons.values())
    spans = sorted((piece.start, piece.end) for piece in (*extraction.mentions, *extraction.left_out))
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "label", "said"),
    [
        ("Python is required, SQL a plus.", "SQL", (NICE, False, None, None)),
        ("Python is required, SQL a plus.", "Python", (REQUIRED, False, None, None)),
        ("Python, SQL and Java required", "Python", (REQUIRED, False, None, None)),
        ("You must know Python; ideally SQL", "SQL", (PREFERRED, False, None, None)),
        ("Required: Python\nHelpful things\nNice to have: Java", "Java", (NICE, False, None, None)),
        ("No experience with Python needed, but Java is a must", "Python", (UNSTATED, True, None, None)),
        ("No experience with Python needed, but Java is a must", "Java", (REQUIRED, False, None, None)),
        ("Work without knowledge of Python", "Python", (UNSTATED, True, None, None)),
        ("Not required: Python", "Python", (UNSTATED, True, None, None)),
        ("Not only Python but also Java", "Python", (UNSTATED, False, None, None)),
        ("I have no knowledge of Python", "Python", (UNSTATED, True, None, None)),
        ("Python (5 years), SQL (2 years)", "Python", (UNSTATED, False, Years(5), None)),
        ("Python (5 years), SQL (2 years)", "SQL", (UNSTATED, False, Years(2), None)),
        ("3+ years of Python, SQL and Java", "Java", (UNSTATED, False, Years(3), None)),
        ("at least five years of experience with Python", "Python", (UNSTATED, False, Years(5), None)),
        ("two to four years of Python", "Python", (UNSTATED, False, Years(2, 4), None)),
        ("up to 3 years of Python", "Python", (UNSTATED, False, Years(0, 3), None)),
        ("18 months of Python", "Python", (UNSTATED, False, Years(1.5), None)),
        ("In the last 3 years we used Python", "Python", (UNSTATED, False, None, None)),
        ("Fluent in German and English", "English", (UNSTATED, False, None, 4.0)),
        ("English fluent and German basic", "German", (UNSTATED, False, None, 2.0)),
        ("English (C2), German (A2)", "German", (UNSTATED, False, None, 2.0)),
        ("Advanced knowledge of Python", "Python", (UNSTATED, False, None, 4.0)),
        ("Expert in:\n- Python\n- SQL", "SQL", (UNSTATED, False, None, 5.0)),
        ("Two years of Python, confident with Java, ideally SQL", "Python", (UNSTATED, False, Years(2), None)),
        ("Two years of Python, confident with Java, ideally SQL", "SQL", (PREFERRED, False, None, None)),
        ("No Java either: we write Python", "Java", (UNSTATED, True, None, None)),
    ],
)
def test_the_words_around_a_name(text: str, label: str, said: tuple[object, ...], linker: Linker) -> None:
    skill = found(text, linker)[label]
    assert (skill.demand, skill.negated, skill.years, skill.level) == said


@pytest.mark.parametrize(
    "text",
    [
        "You operate a forklift: none of our rules",
        "Go to the office and go home",
        "Lead a team. Take the lead.",
        "We react to what our express customers rest on",
        "Grades A, B and C; section R; vitamin C",
        "Turning ideas into access for all",
        "The word processing, the scale and the spark of our spring",
    ],
)
def test_everyday_words_are_no_names(text: str, linker: Linker) -> None:
    wrong = {"Go", "R", "C", "React", "REST APIs", "Turning", "Spark", "Rust", "Swift", "Welding", "Microsoft Access"}
    assert not wrong & set(found(text, linker))


@pytest.mark.parametrize(("text", "label"), [("JavaScript", "Java"), ("C++ and C#", "C"), ("Objective-C", "C")])
def test_word_boundaries_are_never_cut(text: str, label: str, linker: Linker) -> None:
    assert label not in found(text, linker)


@pytest.mark.parametrize(("text", "label"), [("Programming in Go, Python and R", "Go"), ("- Go\n- Python", "Go")])
def test_short_names_where_they_are_names(text: str, label: str, linker: Linker) -> None:
    assert label in found(text, linker)


def test_every_mention_is_kept_and_summed_up(linker: Linker) -> None:
    extraction = extract("Basic Python.\nRequirements:\n- Python (3 years)\n- no Java needed\n- Java", linker)
    assert [mention.quote for mention in extraction.mentions] == ["Python", "Python", "Java", "Java"]
    assert [(skill.label, skill.mentions) for skill in extraction.skills] == [("Java", 2), ("Python", 2)]
    skills = {skill.label: skill for skill in extraction.skills}
    assert (skills["Python"].demand, skills["Python"].years, skills["Python"].level) == (REQUIRED, Years(3), 2.0)
    assert (skills["Java"].negated, skills["Java"].demand) == (False, REQUIRED)
    assert extraction.mentions[1].cues.section is Section.REQUIREMENTS


def test_titles_and_work_with_personal_data_are_read(linker: Linker) -> None:
    text = "Wound care nurse (m/f/d)\nYou tell people which personal data are stored about them.\n"
    assert not extract(text, linker).left_out
    assert extract("Your data will be stored for a year.", linker).left_out[0].reason is Reason.LEGAL


NONSENSE = [
    "qwrt zpxx plmk",
    "florb the wibble",
    "asdf jkl asdf jkl",
    "zzzzzz",
    "lorem ipsum dolor sit amet",
    "the quick brown fox jumps over the lazy dog",
    "colourless green ideas sleep furiously",
]
OTHER_LANGUAGES = [
    "Wir backen jeden Morgen frisches Brot",
    "Du fegst den Hof und gießt die Blumen",
    "выпечка хлеба и уборка",
    "パンを焼く。床を掃除する。",
    "Vi söker någon som gillar att resa",
    "我们正在寻找一位护士",
    "نبحث عن ممرضة",
    "Hľadáme niekoho, kto rád pracuje vonku",
]


@pytest.mark.parametrize("texts", [NONSENSE, OTHER_LANGUAGES], ids=["nonsense", "other languages"])
def test_what_names_no_skill_gets_a_low_probability(linker: Linker, texts: list[str]) -> None:
    answers = linker.link(texts, top=1, abstain=False)
    tops = [answer.links[0].probability if answer.links else 0.0 for answer in answers]
    assert sum(tops) / len(tops) < 0.3


@pytest.mark.parametrize("field", FIELDS)
def test_a_few_lines_from_ten_fields_of_work(field: str, linker: Linker, texts: Path) -> None:
    (path,) = (texts / "fields").glob(f"{field}.*")
    extraction = extract(read_document(path).text, linker)
    skills = {skill.label: skill for skill in extraction.skills}
    named, wrong = FIELDS[field]
    assert named <= set(skills)
    assert not wrong & set(skills)


def test_a_sentence_broken_over_lines_is_one(linker: Linker) -> None:
    text = "For our busy clinic in the old town we need someone with lots of wound\ncare knowledge.\n"
    (mention,) = extract(text, linker).mentions
    assert mention.quote == "wound\ncare"
    assert mention.link.label == "Wound care"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n\t ",
        "x",
        "🙂🙂🙂 👩‍🚀",
        "выпечка хлеба и уборка",
        "パンを焼く。床を掃除する。",
        "qwrt zpxx plmk\nvbnm hjkl",
        "===\n---\n***",
        "We are an equal opportunity employer.",
        "<script>alert(1)</script>",
    ],
)
def test_nonsense_is_insufficient_data(text: str, linker: Linker) -> None:
    extraction = extract(text, linker)
    assert (extraction.status, extraction.mentions) == (Status.INSUFFICIENT_DATA, ())
    assert extraction.detail


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 1_000_000, id="one word"),
        pytest.param("blub " * 200_000, id="one word again and again", marks=pytest.mark.slow),
        pytest.param("x" * 2_000 + " " + "@" * 500_000, id="signs", marks=pytest.mark.slow),
    ],
)
def test_a_megabyte_of_one_word_is_bounded(linker: Linker, text: str) -> None:
    assert extract(text, linker).status is Status.INSUFFICIENT_DATA


def test_a_hundred_thousand_lines_end_at_the_stated_limit(linker: Linker) -> None:
    extraction = extract("\n".join(f"Python {number}" for number in range(80_000))[:1_000_000], linker)
    assert extraction.status is Status.PARTIAL
    assert f"{MAX_PLACES:,}" in extraction.detail
    assert {skill.label for skill in extraction.skills} == {"Python"}
    draw = random.Random(7)
    lines = ["".join(draw.choices("bcdfgklmnprstvz", k=7)) for _ in range(100_000)]
    strange = extract("\n".join(lines), linker)
    assert "limit" in strange.detail
    assert all(skill.probability < 0.95 for skill in strange.skills)


def test_texts_over_the_limit_are_refused(linker: Linker) -> None:
    for text in ("a" * 1_000_001, "a\x00b", "a\ud800"):
        with pytest.raises(InputError):
            extract(text, linker)


PIECES = [
    "Python",
    "SQL",
    "no ",
    "experience with ",
    "👩‍🚀",
    "e\u0301",
    "\r\n",
    "\n",
    "- ",
    ", ",
    ". ",
    "(C1)",
    "3+ years ",
    "Nice to have:",
    "ideally ",
    "wound care",
    " and ",
    "•",
    "R",
    "; ",
    "# ",
    "required",
    "équipe ",
    "\u00a0",
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_offsets_lead_back_to_the_text(linker: Linker, text: str) -> None:
    extraction = extract(text, linker)
    last = 0
    for mention in extraction.mentions:
        assert text[mention.start : mention.end] == mention.quote
        assert mention.start >= last or mention.end > mention.start
    assert extraction == extract(text, linker)


def test_same_input_same_bytes_and_a_documented_face(linker: Linker, texts: Path) -> None:
    text = read_document(texts / "data_engineer.md").text
    one, two = (extract(text, linker) for _ in range(2))
    assert json.dumps(one.to_json()) == json.dumps(two.to_json())
    assert "skills" in repr(one)
    assert "<table" in one._repr_html_()
    assert len(one.to_frame()) == len(one.skills)
    hostile = extract("<script>alert(1)</script> Python", linker, name="<script>")
    assert "<script>" not in hostile._repr_html_()


def test_wrong_offsets_cannot_be_built(linker: Linker) -> None:
    good = extract("We use Python", linker)
    with pytest.raises(InputError):
        Extraction("n", "We use Cobol", Status.OK, "", good.skills, good.mentions, ())


@pytest.mark.encoder
def test_with_the_real_encoder_phrases_are_found_by_meaning(linker: Linker, texts: Path) -> None:
    from skillmatch.files.resources import resource
    from skillmatch.matching.encoders.make import make_encoder
    from skillmatch.matching.index import build_index
    from skillmatch.taxonomy.table import read_table

    encoder = make_encoder()
    full = Linker(build_index(read_table(resource("data", "taxonomy")).taxonomy, encoder), encoder)
    extraction = extract(read_document(texts / "data_engineer.md").text, full)
    skills = {skill.label for skill in extraction.skills}
    assert not extraction.degraded
    assert {"Python", "SQL", "Java", "English", "Machine learning"} <= skills
    assert not {"React", "Spreadsheets", "Project management"} & skills
