"""Numbered steps from an empty database to today's tables, and the one function that takes them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

REVISION = "0017"
"""The newest step; kept here so that opening an up-to-date workspace need not load Alembic."""


def upgrade(connection: Connection, to: str = "head") -> None:
    """Take every step that the database behind ``connection`` still lacks, inside its open transaction.

    A second program that waited for the lock finds nothing left to do: the steps taken are read anew here.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
