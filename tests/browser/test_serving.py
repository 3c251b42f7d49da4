"""JupyterLab and the planner's page on this machine alone: nothing asks another host, nothing complains."""

from __future__ import annotations

import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

CELLS = [
    "# A notebook",
    "import skillmatch\nworkspace = skillmatch.open()",
    "from skillmatch.widgets import AdviceExplorer\nexplorer = AdviceExplorer(workspace)\nexplorer",
]


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_a_widget_in_the_lab(lab_page: Any, theme: str) -> None:
    opened = lab_page(CELLS, theme=theme)

    assert opened.errors() == []
    assert opened.complaints == []
    assert opened.foreign == []
    assert opened.page.locator(".skillmatch table").count() > 0
    assert opened.python("explorer.unit") == "Care homes"
    opened.shot(f"lab-explorer-{theme}")


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
def test_a_widget_as_a_page(voila_page: Any, theme: str) -> None:
    opened = voila_page(CELLS, theme=theme)

    assert opened.complaints == []
    assert opened.foreign == []
    assert opened.page.locator(".skillmatch table").count() > 0
    assert "import skillmatch" not in opened.page.content()
    opened.shot(f"voila-explorer-{theme}", full=True)


def test_the_lab_asks_for_its_token(lab: Any) -> None:
    parts = urlsplit(lab.address)
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{parts.scheme}://{parts.netloc}/api/contents", timeout=30)
    assert parts.hostname == "127.0.0.1"
