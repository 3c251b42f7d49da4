"""Where skillmatch's own data lies: inside the installed package, or in the repository it is run from."""

from __future__ import annotations

from pathlib import Path

from skillmatch.domain.base.errors import NotFoundError

_PACKAGE = Path(__file__).resolve().parents[1]


def resource(*parts: str) -> Path:
    """The path of a file or folder that comes with skillmatch, named as in the repository: ``("data", "demo")``.

    A wheel holds the content of ``data`` and the other folders under ``skillmatch/_data``. Raises
    ``NotFoundError`` when it is in neither place.
    """
    packaged = parts[1:] if parts[:1] == ("data",) else parts
    for path in (_PACKAGE.joinpath("_data", *packaged), _PACKAGE.parents[1].joinpath(*parts)):
        if path.exists():
            return path
    raise NotFoundError("resource", "/".join(parts))
