"""Pictures stay what they are: after a way through both themes and sizes, and against small ones kept beside the tests.

The kept ones are an eighth of the size: there fonts, which differ from machine to machine, hardly matter, but colours,
places and sizes do. ``make pictures`` draws them anew; look at them before you keep them.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

OPENING = "import skillmatch\nfrom skillmatch.widgets import *\nworkspace = skillmatch.open()"
KEPT = Path(__file__).parent / "pictures"
DRAWN = {  # pictures whose parts have fixed sizes
    "heatmap": ("GapHeatmap(workspace)", ".smh .grid"),
    "adjacent": ("AdjacentRoles(workspace, workspace.example().person_id)", ".skillmatch .map"),
}
SMALLER = 8
SAME = 0.002  # of the light, on average, for pictures of one run
ALIKE = 0.03  # of the light, on average, for small pictures of two machines
# The mean difference of two pictures, from 0 to 1; both are drawn as small as they are asked for.
DIFFERENCE = """\
async ([one, other, smaller]) => {
  const pixels = async (address, size) => {
    const image = new Image(); image.src = address; await image.decode();
    const [w, h] = size || [image.naturalWidth / smaller, image.naturalHeight / smaller].map(Math.round);
    const canvas = Object.assign(document.createElement('canvas'), { width: w, height: h });
    const pen = canvas.getContext('2d'); pen.imageSmoothingQuality = 'high'; pen.drawImage(image, 0, 0, w, h);
    return { data: pen.getImageData(0, 0, w, h).data, size: [w, h], address: canvas.toDataURL() };
  };
  const a = await pixels(one);
  if (!other) return { small: a.address };
  const b = await pixels(other, a.size);
  let sum = 0;
  for (let at = 0; at < a.data.length; at += 1) sum += Math.abs(a.data[at] - b.data[at]);
  return { apart: sum / a.data.length / 255 * 4 / 3 };
}"""


def address_of(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode()


def apart(page: Any, one: bytes, other: bytes, smaller: float = 1) -> float:
    """How far two pictures are apart, from 0 to 1."""
    return float(page.evaluate(DIFFERENCE, [address_of(one), address_of(other), smaller])["apart"])


def taken(page: Any, selector: str) -> bytes:
    page.mouse.move(1, 1)
    return bytes(page.locator(selector).first.screenshot(animations="disabled"))


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_pictures_are_those_that_are_kept(lab_page: Any, theme: str) -> None:
    opened = lab_page([OPENING, *(cell for cell, _ in DRAWN.values())], theme=theme, height=2_000)
    page = opened.page
    for name, (_, selector) in DRAWN.items():
        now, path = taken(page, selector), KEPT / f"{name}-{theme}.png"
        if os.environ.get("SKILLMATCH_PICTURES") == "keep":
            small = page.evaluate(DIFFERENCE, [address_of(now), None, SMALLER])["small"]
            path.write_bytes(base64.b64decode(small.partition(",")[2]))
        kept = path.read_bytes()
        small = page.evaluate(DIFFERENCE, [address_of(now), None, SMALLER])["small"]
        assert apart(page, kept, base64.b64decode(small.partition(",")[2])) < ALIKE, name


@pytest.mark.slow
def test_through_both_themes_and_sizes_and_back(lab_page: Any) -> None:
    card = "PersonCard(workspace, workspace.example().person_id)"
    opened = lab_page([OPENING, *(cell for cell, _ in DRAWN.values()), card], height=3_000)
    page = opened.page
    selectors = (".smh", *(selector for _, selector in DRAWN.values()), ".skillmatch-panel >> nth=1")
    before = [taken(page, selector) for selector in selectors]
    opened.theme("dark")
    page.set_viewport_size({"width": 800, "height": 3_000})
    page.wait_for_timeout(400)
    assert apart(page, before[0], taken(page, selectors[0])) > SAME
    for name in DRAWN:  # a change of colours would be seen
        assert apart(page, *((KEPT / f"{name}-{theme}.png").read_bytes() for theme in ("light", "dark"))) > 3 * ALIKE
    page.set_viewport_size({"width": 1280, "height": 3_000})
    opened.theme("light")
    page.wait_for_timeout(400)
    for selector, picture in zip(selectors, before, strict=True):
        assert apart(page, picture, taken(page, selector)) < SAME, selector
    assert (opened.complaints, opened.foreign) == ([], [])
