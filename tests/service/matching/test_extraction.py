"""A workspace reads texts, paths and documents for skills, and says what state of things it answered from."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.domain.base.answer import Status
from skillmatch.domain.base.errors import ConflictError, InputError
from skillmatch.domain.text.extraction import Demand, Years
from skillmatch.files.documents import Document, DocumentKind
from skillmatch.service.workspace import Workspace

TEXT = "Requirements\n- 2+ years of wound care\n- no experience with Java needed\nBenefits\n- paid holidays and SQL\n"


def test_text_path_and_document_say_the_same(skilled: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "advert.txt"
    path.write_text(TEXT)
    of_text = skilled.extract(TEXT)
    of_path = skilled.extract(path)
    of_document = skilled.extract(Document("advert.txt", DocumentKind.TXT, TEXT))
    assert of_path == of_document
    assert (of_text.name, of_path.name) == ("text", "advert.txt")
    assert of_text.mentions == of_path.mentions
    skills = {skill.label: skill for skill in of_text.skills}
    assert set(skills) == {"Wound care", "Java"}
    assert (skills["Wound care"].demand, skills["Wound care"].years) == (Demand.REQUIRED, Years(2))
    assert skills["Java"].negated
    assert [piece.quote for piece in of_text.left_out] == ["paid holidays and SQL"]


def test_the_answer_says_from_which_taxonomy_it_comes(skilled: Workspace) -> None:
    assert skilled.extract(TEXT).versions == skilled.snapshot().versions


def test_the_threshold_can_be_set(skilled: Workspace) -> None:
    text = "We look after wounds and dress them"
    every = skilled.extract(text, threshold=0)
    assert every.mentions
    best = max(mention.link.probability for mention in every.mentions)
    assert skilled.extract(text, threshold=1).skills == tuple(skill for skill in every.skills if skill.probability == 1)
    assert all(mention.link.probability >= best for mention in skilled.extract(text, threshold=best).mentions)
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(InputError):
            skilled.extract(text, threshold=wrong)


def test_notes_of_a_scanned_document_are_its_detail(skilled: Workspace) -> None:
    scanned = Document("cv.pdf", DocumentKind.PDF, "", 2, ("no text, probably scanned",))
    found = skilled.extract(scanned)
    assert (found.status, found.detail, found.notes) == (
        Status.INSUFFICIENT_DATA,
        "no text, probably scanned",
        ("no text, probably scanned",),
    )


def test_without_a_taxonomy_there_is_nothing_to_find(bare: Workspace) -> None:
    with pytest.raises(ConflictError):
        bare.extract(TEXT)


def test_what_cannot_be_read_is_refused(skilled: Workspace, tmp_path: Path) -> None:
    for source in (tmp_path / "no.txt", tmp_path, "a\x00b", "a" * 1_000_001):
        with pytest.raises(InputError):
            skilled.extract(source)
