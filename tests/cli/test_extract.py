"""`skillmatch extract` from the command line: every kind of file, people's and programs' output, and clear errors."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ADVERT = "Requirements\n- 2+ years of wound care\n- Advanced SQL\n\nWe are an equal opportunity employer.\n"
PAGE = "<h2>Requirements</h2><ul><li>2+ years of wound care<li>Advanced SQL</ul><script>var x = 'Spreadsheets'</script>"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def pdf(*lines: str, password: str = "") -> bytes:
    """A PDF of one page; without lines it is a page without text, like a scan."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    if lines:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): writer._add_object(named)})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = " ".join(f"1 0 0 1 50 {700 - 20 * number} Tm ({line}) Tj" for number, line in enumerate(lines))
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf {shown} ET".encode())
        page[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("advert.txt", ADVERT.encode()),
        ("advert.md", ("# Nurse\n\n## " + ADVERT).encode()),
        ("advert.html", PAGE.encode()),
        ("advert.docx", docx("Requirements", "2+ years of wound care", "Advanced SQL")),
        ("advert.pdf", pdf("Requirements", "2+ years of wound care", "Advanced SQL")),
    ],
)
def test_every_kind_of_file_says_the_same(filled, tmp_path: Path, name: str, data: bytes):
    (tmp_path / name).write_bytes(data)
    answer = filled("extract", tmp_path / name, "--json").document
    assert (answer["name"], answer["status"]) == (name, "ok")
    skills = {skill["label"]: skill for skill in answer["skills"]}
    assert set(skills) == {"Wound care", "SQL"}
    assert skills["Wound care"]["years"] == {"least": 2.0, "most": None}
    assert skills["SQL"]["level"] == 4.0
    assert {skill["demand"] for skill in skills.values()} == {"required"}


def test_people_see_a_table_and_what_was_left_out(filled, tmp_path: Path):
    (tmp_path / "advert.txt").write_text(
        ADVERT + "Nice to have: spreadsheets. No experience with care records needed.\n"
    )
    ended = filled("extract", tmp_path / "advert.txt")
    assert ended.code == 0
    rows = {line.split("  ")[0].strip(): line for line in ended.out.splitlines()}
    assert "required" in rows["Wound care"]
    assert "2+" in rows["Wound care"]
    assert "nice to have" in rows["Spreadsheets"]
    assert "Left out: 1 piece" in ended.out
    assert "equal opportunity (1)" in ended.out
    assert "Places" not in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80
    every = filled("extract", tmp_path / "advert.txt", "--all").out
    assert "Places" in every
    assert "'wound care': Wound care" in every
    assert "(denied)" in every


def test_what_is_no_utf8_on_the_standard_input_is_refused(template: Path):
    program = [sys.executable, "-c", "import sys; from skillmatch.cli.main import run; sys.exit(run())"]
    command = [*program, "extract", "-", "--json", "--workspace", str(template)]
    done = subprocess.run(command, input="Küche\xe9".encode("latin-1"), capture_output=True, check=False)
    assert done.returncode == 2
    assert b"UTF-8" in done.stderr


def test_a_text_from_the_standard_input_gives_its_skills(filled, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ADVERT.encode())))
    answer = filled("extract", "-", "--json").document
    assert answer["name"] == "standard input"
    assert {skill["label"] for skill in answer["skills"]} == {"Wound care", "SQL"}


@pytest.mark.parametrize(
    ("name", "data", "detail"),
    [
        ("blank.txt", b" \n\n", "no text"),
        ("emoji.txt", "🙂🙂🙂".encode(), "nothing in it speaks of skills"),
        ("boiler.txt", b"We are an equal opportunity employer.", "nothing in it speaks of skills"),
        ("word.txt", b"a" * 1_000_000, "no skill is sure enough"),
        ("scanned.pdf", pdf(), "no text, probably scanned"),
    ],
)
def test_too_little_is_an_outcome_and_no_error(filled, tmp_path: Path, name: str, data: bytes, detail: str):
    (tmp_path / name).write_bytes(data)
    ended = filled("extract", tmp_path / name, "--json")
    assert ended.code == 0
    answer = ended.document
    assert (answer["status"], answer["skills"], answer["mentions"]) == ("insufficient_data", [], [])
    assert answer["detail"] == detail
    assert "This cannot be judged" in filled("extract", tmp_path / name).out


@pytest.mark.slow
def test_a_hundred_thousand_lines_are_read_up_to_the_limit(filled, tmp_path: Path):
    (tmp_path / "long.txt").write_text("SQL and\n" * 100_000)
    ended = filled("extract", tmp_path / "long.txt", "--json")
    assert ended.document["status"] == "partial"
    assert "3,000 names and phrases" in ended.document["detail"]
    assert "Be careful" in filled("extract", tmp_path / "long.txt").out


@pytest.mark.parametrize(
    ("name", "data", "fragment"),
    [
        ("broken.pdf", b"%PDF-1.7\n1 0 obj <<", "damaged"),
        ("locked.pdf", pdf("SQL", password="secret"), "password"),
        ("bomb.docx", docx("SQL" + " " * 5_000_000), "100 times"),
        ("long.txt", b"a" * 1_000_001, "1,000,000"),
        ("large.txt", b"a" * (20 * 1024 * 1024 + 1), "20,971,520"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "not a kind of document"),
        ("empty.txt", b"", "is empty"),
        ("latin.txt", "Küche\n".encode("latin-1"), "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(filled, tmp_path: Path, name: str, data: bytes, fragment: str):
    (tmp_path / name).write_bytes(data)
    ended = filled("extract", tmp_path / name, "--json")
    assert (ended.code, ended.out) == (2, "")
    assert fragment in ended.error["message"]
    assert ended.error["remedy"]
    assert ended.error["file"] == name
    human = filled("extract", tmp_path / name)
    assert name in human.err
    assert "Traceback" not in human.err


def test_a_file_that_is_not_there_and_a_workspace_without_skills(cli, tmp_path: Path):
    assert "does not exist" in cli("extract", tmp_path / "no.txt", "--json").error["message"]
    (tmp_path / "advert.txt").write_text(ADVERT)
    assert cli("extract", tmp_path / "advert.txt", "--json").code != 0
