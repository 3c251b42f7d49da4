"""Attribution: what those who publish a taxonomy ask to be said wherever it is used."""

from __future__ import annotations

ESCO = (
    "This service uses the ESCO classification of the European Commission. (c) European Union, reused under CC BY 4.0, "
    "with changes: texts tidied, levels and weights added."
)
ONET = (
    "This service includes information from the O*NET Database by the U.S. Department of Labor, Employment and "
    "Training Administration (USDOL/ETA), used under the CC BY 4.0 licence. O*NET is a trademark of USDOL/ETA. It has "
    "been modified; USDOL/ETA has not approved, endorsed, or tested these modifications."
)

_BY_NAME = {"esco": ESCO, "onet": ONET}


def attribution_of(taxonomy: str) -> str:
    """What has to be said of a taxonomy by its name, or by name@version; blank for one that asks for nothing."""
    return _BY_NAME.get(taxonomy.partition("@")[0], "")
