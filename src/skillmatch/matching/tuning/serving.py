"""The organisation's own encoder as it serves, with the linker that belongs to it; damaged, it refuses to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from skillmatch.domain.base.errors import ModelError
from skillmatch.matching.calibration import LinkerModel, load_model
from skillmatch.matching.encoder import Encoder, Floats, Progress
from skillmatch.matching.encoders.tuned_encoder import TunedEncoder
from skillmatch.matching.tuning.installed import REMEDY, Installed, read_installed


class OrganisationEncoder(TunedEncoder):
    """The encoder that a workspace was tuned to; ``installed`` says how it came to be."""

    def __init__(self, installed: Installed, *, cache_folder: Path | None = None, threads: int = 1) -> None:
        super().__init__(installed.folder, cache_folder=cache_folder, threads=threads)
        self.installed = installed

    @cached_property
    def linker(self) -> LinkerModel:
        """The linker's model with the curve that was set for this encoder. Raises ``ModelError``."""
        try:
            return load_model(self.installed.folder)
        except ModelError as error:
            raise ModelError(error.message, remedy=REMEDY) from error

    @property
    def linker_id(self) -> str:
        """Version of the linker."""
        return self.linker.version

    def verify(self) -> None:
        """Raise ``ModelError`` unless every file is what tuning wrote."""
        self.installed.verify()


@dataclass(frozen=True)
class DamagedEncoder:
    """Stands where a tuned encoder is installed that cannot be used: nothing else answers in its place unasked."""

    error: ModelError
    id: str = "tuned@damaged"
    linker_id: str = "damaged"
    dim: int = 1

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Floats:  # noqa: ARG002 - protocol
        """Raises the error."""
        raise self.error

    def verify(self) -> None:
        """Raises the error."""
        raise self.error

    @property
    def linker(self) -> LinkerModel:
        """Raises the error."""
        raise self.error


def own_encoder(workspace: Path, *, cache_folder: Path | None, threads: int) -> Encoder | None:
    """The encoder that a workspace was tuned to, None where it was not; a damaged one says so when it is used."""
    try:
        installed = read_installed(workspace)
        if installed is None:
            return None
        encoder = OrganisationEncoder(installed, cache_folder=cache_folder, threads=threads)
        _ = encoder.id, encoder.linker_id  # both small files can be read
    except ModelError as error:
        return DamagedEncoder(error)
    return encoder
