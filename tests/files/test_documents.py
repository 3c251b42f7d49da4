"""Documents become text; what is broken, hostile or too large is refused with its place and a remedy."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from skillmatch.domain.base.errors import InputError
from skillmatch.files import sandbox
from skillmatch.files.documents import SCANNED, DocumentKind, document_of, read_document
from skillmatch.files.sandbox import parse_apart

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, *, head: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{head}<w:document {W}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


def pdf(*pages: str) -> bytes:
    """A small PDF written by hand: one line of text a page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        content = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET" if text else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{out}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF".encode()


def locked(data: bytes) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def refused(data: bytes, kind: DocumentKind) -> str:
    with pytest.raises(InputError) as caught:
        document_of(data, "cv", kind)
    assert caught.value.place.file == "cv"
    assert caught.value.remedy
    return caught.value.message


def test_text_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_bytes("\ufeffÜber 🙂\r\nSQL\n".encode())
    document = read_document(path)
    assert (document.kind, document.text, document.name) == (DocumentKind.TXT, "Über 🙂\r\nSQL\n", "cv.txt")


def test_html_is_what_a_reader_sees() -> None:
    page = (
        "<head><title>T</title><style>a{}</style></head><body><!-- secret --><h2>Skills</h2><ul><li><p>SQL &amp; R</p>"
        "<li>Bread</ul><script>evil('Java')</script><p>One<br>two<noscript>no</noscript></p><script>never closed"
    )
    assert document_of(page.encode(), "p", DocumentKind.HTML).text == "## Skills\n• SQL & R\n• Bread\nOne\ntwo"
    western = '<meta charset="iso-8859-1"><p>Küche</p>'.encode("latin-1")
    assert document_of(western, "p", DocumentKind.HTML).text == "Küche"


def test_docx_keeps_headings_and_bullets() -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>Nice to have</w:t></w:r></w:p>'
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>S</w:t></w:r><w:r><w:t>QL</w:t></w:r></w:p>"
        "<w:p><w:r><w:delText>gone</w:delText><w:t>plain</w:t></w:r></w:p>"
    )
    assert document_of(docx(body), "d", DocumentKind.DOCX).text == "## Nice to have\n• SQL\nplain"


def test_pdf_page_by_page() -> None:
    document = document_of(pdf("Bake bread", "", "Drive a forklift"), "p", DocumentKind.PDF)
    assert document.text == "Bake bread\n\n\n\nDrive a forklift"
    assert (document.pages, document.notes) == (3, ("1 of 3 pages have no text, probably scanned",))
    scanned = document_of(pdf("", ""), "p", DocumentKind.PDF)
    assert (scanned.text, scanned.notes) == ("", (SCANNED,))


@pytest.mark.parametrize(
    ("data", "kind", "fragment"),
    [
        (b"", DocumentKind.TXT, "empty"),
        ("a".encode("utf-16"), DocumentKind.TXT, "UTF-16"),
        ("skills".encode("utf-16-le"), DocumentKind.TXT, "UTF-16"),
        ("Küche".encode("latin-1"), DocumentKind.TXT, "Latin-1"),
        (b"abc\x00def", DocumentKind.MD, "NUL"),
        (b"%PDF-1.4", DocumentKind.TXT, "is a PDF"),
        (b"PK\x03\x04", DocumentKind.HTML, "Word document"),
        (b"a" * 1_000_001, DocumentKind.TXT, "1,000,000"),
        (b"a" * (20 * 1024 * 1024 + 1), DocumentKind.TXT, "20,971,520"),
        (b"<p>" + b"a " * 600_000, DocumentKind.HTML, "1,000,000"),
        (b"no pdf", DocumentKind.PDF, "is no PDF"),
        (b"%PDF-1.4\ngarbage", DocumentKind.PDF, "damaged"),
        (locked(pdf("secret")), DocumentKind.PDF, "password"),
        (pdf(*["x"] * 201), DocumentKind.PDF, "201 pages; the limit is 200"),
        (b"no zip", DocumentKind.DOCX, "damaged"),
        (b"\xd0\xcf\x11\xe0old", DocumentKind.DOCX, "password"),
        (docx("<w:p>" + "\t" * 2_000_000 + "</w:p>"), DocumentKind.DOCX, "100 times"),
        (docx("<w:p><w:r>"), DocumentKind.DOCX, "damaged"),
        (docx("<w:p/>", head='<!DOCTYPE d [<!ENTITY a "b">]>'), DocumentKind.DOCX, "entities"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, kind: DocumentKind, fragment: str) -> None:
    assert fragment in refused(data, kind)


def test_a_zip_without_a_document() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x.txt", "x")
    assert "no Word document" in refused(buffer.getvalue(), DocumentKind.DOCX)


def test_paths_that_lead_nowhere(tmp_path: Path) -> None:
    (tmp_path / "x.odt").write_bytes(b"x")
    for path, fragment in ((tmp_path, "folder"), (tmp_path / "no.txt", "not exist"), (tmp_path / "x.odt", "kind of")):
        with pytest.raises(InputError, match=fragment):
            read_document(path)


def test_a_parser_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(InputError, match=r"more than 0\.001 seconds"):
        parse_apart("pdf", pdf("x"), "slow", seconds=0.001)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of the address space")
def test_the_parsing_process_may_not_use_more_than_its_memory() -> None:
    code = (
        "from skillmatch.files import sandbox; sandbox._limit_self()\n"
        "try: bytearray(sandbox.MAX_MEMORY)\n"
        "except MemoryError: print('refused')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"


def test_a_parser_that_runs_out_of_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(data: bytes) -> None:
        raise MemoryError(len(data))

    monkeypatch.setattr("skillmatch.files.html_text.parse", greedy)
    assert "1,024 MB of memory" in str(sandbox._answer("html", b"<p>x")["error"])
