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
from skillmatch.domain.advice import ExclusionReason
from skillmatch.domain.gap import GapState


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
