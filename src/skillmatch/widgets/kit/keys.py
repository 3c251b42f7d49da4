"""Keys: lets lists of ipywidgets be used with the keyboard in JupyterLab, which takes their arrow keys otherwise."""

from __future__ import annotations

import anywidget

from skillmatch.widgets.kit.view import STATIC

CLASS = "skillmatch-controls"
"""The class of the boxes whose controls keep their keys."""


class Keys(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget carries no types
    """Shows nothing; put one into a box that has the ``CLASS``."""

    _esm = STATIC / "keys.js"
