"""How numbers, shares and foreign text look to people."""

from __future__ import annotations

import io
import sys
from datetime import date

import pytest

from skillmatch.cli.errors import Problem
from skillmatch.cli.present import answers
from skillmatch.cli.present.screen import Screen, counted, money, number, share, shown
from skillmatch.cli.progress import shown_on_terminal
from skillmatch.domain.advice.advice import Advice, Chance, ExclusionReason, Reason, Recommendation
from skillmatch.domain.base.answer import Status, Versions
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.people.gap import Gap, GapItem, GapState
from skillmatch.domain.people.person import Evidence, EvidenceSource
from skillmatch.domain.roles.role import Requirement

DAY = date(2026, 3, 1)


def on_screen(show) -> str:
    stream = io.StringIO()
    show(Screen(stream))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0 %"), (0.004, "less than 1 %"), (0.5, "50 %"), (0.996, "more than 99 %"), (1, "100 %")]
)
def test_a_share_is_never_rounded_to_nothing_or_all(value: float, text: str):
    assert share(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "2"), (2.5, "2.5"), (1234.0, "1,234"), (100.0, "100"), (0.126, "0.13")]
)
def test_numbers(value: float, text: str):
    assert number(value) == text


def test_money_tells_free_from_not_stated():
    assert (money(0, "EUR"), money(None, "EUR"), money(12.5, "USD")) == ("free", "not stated", "12.5 USD")


def test_counts_and_cells():
    assert (counted(1, "person", "people"), counted(3, "person", "people"), counted(2, "row")) == (
        "1 person",
        "3 people",
        "2 rows",
    )
    assert [shown(cell) for cell in (None, True, 3, date(2026, 3, 1))] == ["", "yes", "3", "2026-03-01"]


def test_text_from_files_cannot_steer_the_terminal():
    text = on_screen(lambda screen: screen.table(("Name",), [("\x1b[31mred\x1b]0;title\x07[bold]x[/bold] :smile:",)]))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold]x[/bold] :smile:" in text
    assert "\x9b" not in on_screen(lambda screen: screen.line("a\x9b31mb"))


def test_wrapped_lines_keep_their_indent(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    lines = on_screen(lambda screen: screen.item("word " * 20, indent=2)).splitlines()
    assert len(lines) > 2
    assert lines[0].startswith("  - word")
    assert all(line.startswith("    word") for line in lines[1:])
    assert max(map(len, lines)) <= 40


def test_an_error_is_one_line_however_long():
    text = on_screen(lambda screen: screen.unwrapped("word " * 60))
    assert len(text.splitlines()) == 1


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem("x", "is 7.", "Correct it.", "a.csv", 3, "level"), "a.csv, line 3, 'level' is 7. Correct it."),
        (Problem("x", "no skill is 'q'.", "", "a.csv", 3, "skill"), "a.csv, line 3, 'skill': no skill is 'q'."),
        (Problem("x", "no person is called 'q'."), "No person is called 'q'."),
        (Problem("x", "linker.json is not whole."), "linker.json is not whole."),
    ],
)
def test_a_problem_reads_as_a_sentence(problem: Problem, sentence: str):
    assert problem.sentence() == sentence


def test_every_state_has_a_colour_and_every_exclusion_its_words():
    assert set(answers.STATE_STYLES) == set(GapState)
    assert set(answers.WHY_EXCLUDED) == set(ExclusionReason)


def test_progress_is_silent_where_there_is_no_terminal(capsys):
    assert not sys.stderr.isatty()
    with shown_on_terminal() as progress:
        progress("reading", 1, 2)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", ["from Care documentation (narrower)", "manager 2026-10-16 (+5)", "x" * 60])
@pytest.mark.parametrize("skill", ["Care planning", "Identity and access management", "In distress", "y" * 70])
def test_a_table_that_is_too_wide_wraps_and_loses_no_letter(words: str, skill: str):
    columns = ("Essential", "|State", "|Level", "|80 %", "Evidence")
    text = on_screen(lambda screen: screen.table(columns, [(skill, "partial", "0.8 of 4", "0.3-2.7", words)]))
    rows = text.splitlines()[2:]
    assert all(len(row) <= 80 for row in rows)
    letters = sorted("".join(rows).replace(" ", ""))
    assert letters == sorted(f"{skill}partial0.8of40.3-2.7{words}".replace(" ", ""))


def reason(before: float | None, probability: float = 1.0, basis: Basis = Basis.STATED) -> Reason:
    return Reason("s", "Wound care", 0.1, before, 3.0, basis, probability, 3.0)


def told(given: Reason) -> str:
    chance = Chance(0.75, 0.8, 0.4, 0.8)
    item = Recommendation("own/C", "Wounds: a course", "", 0.1, 0.2, 10, 0, "EUR", (given,), chance, fresh=0.1)
    evidence = (Evidence("s", 1, EvidenceSource.INFERRED, DAY),)
    attained = given.level_before
    state = GapState.UNKNOWN if attained is None else GapState.PARTIAL
    need = GapItem(Requirement("s", 3), "Wound care", attained, state, evidence if attained else (), thin=True)
    versions = Versions("1", "t", "e", "l", "s")
    gap = Gap("own/P", "own/R", "Nurse", Status.OK, 0.3, (need,), DAY, versions)
    advice = Advice("own/P", "own/R", "Nurse", Status.OK, 0.3, (item,), (), DAY, versions)
    shown = on_screen(lambda screen: (answers.show_gap(screen, gap), answers.show_advice(screen, advice, gap)))
    return " ".join(shown.split())


def test_what_nobody_knows_is_not_said_to_be_missing():
    assert "closes all of what may be missing in Wound care (unknown -> 3)" in told(reason(None))
    assert "closes all of what is missing in Wound care (1 -> 3)" in told(reason(1.0))


def test_what_is_more_likely_wrong_than_right_is_told_as_such():
    words = "may be about Wound care (1 -> 3): 31 % certain by its description, ask the provider"
    assert words in told(reason(1.0, 0.31, Basis.INFERRED))
    assert "inferred from its description with 81 % certainty" in told(reason(1.0, 0.81, Basis.INFERRED))


def test_one_weak_statement_is_called_thin_and_the_word_is_explained():
    text = told(reason(1.0))
    assert "inferred 2026-03-01, thin" in text
    assert "thin: one weak or old statement only" in text
