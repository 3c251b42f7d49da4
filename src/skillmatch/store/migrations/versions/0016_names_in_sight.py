"""Names in which everything can be seen: older ones are tidied; webhooks whose secret is replaced keep both a while."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None

_NAMES = {
    "people": ("id", "name", "unit"),
    "credentials": ("id", "title", "issuer"),
    "stacks": ("id", "title", "issuer"),
    "roles": ("id", "title"),
    "api_keys": ("id", "name"),
    "overlay": ("number", "text", "author"),
}
"""By table, the column that tells its rows apart and those that hold names."""

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNREAD = re.compile("[\ufffd\ufdd0-\ufdef\ufffe\uffff]")
_UNSEEN = re.compile(
    "[\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e007f]"
)


def tidied(name: str) -> str:
    """The name with a blank for each break, a question mark for what nobody could read, nothing for the unseen.

    Joiners go with the rest here: whether they stood where they may is not worth telling for names of before. What
    holds nothing else becomes a question mark.
    """
    if name.isprintable() and not _UNREAD.search(name) and not _UNSEEN.search(name):
        return name
    found = _UNSEEN.sub("", _UNREAD.sub("?", _BREAKS.sub(" ", name))).strip()
    return found or "?"


def upgrade() -> None:
    """Add the columns of the secret before, then tidy the names of every table that needs it."""
    op.add_column("webhooks", sa.Column("secret_before", sa.Text(), nullable=True))
    op.add_column("webhooks", sa.Column("secret_before_until", sa.Text(), nullable=True))
    connection = op.get_bind()
    for table, (key, *names) in _NAMES.items():
        columns: list[sa.ColumnClause[str]] = [sa.column(key), *(sa.column(name) for name in names)]
        source = sa.table(table, *columns)
        for row in connection.execute(sa.select(*columns)).all():
            changed = {name: tidied(row._mapping[name]) for name in names if row._mapping[name]}
            changed = {name: value for name, value in changed.items() if value != row._mapping[name]}
            if changed:
                connection.execute(sa.update(source).where(columns[0] == row._mapping[key]).values(changed))
