"""Prices and currencies: the amount without its sign, and the three letters of ISO 4217."""

from __future__ import annotations

import difflib
import re

from skillmatch.domain.base.errors import InputError
from skillmatch.interop.notation.numbers import SCIENTIFIC

CODES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "ANG",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BGN",
        "BHD",
        "BIF",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DJF",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GNF",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KGS",
        "KHR",
        "KMF",
        "KPW",
        "KRW",
        "KWD",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "LYD",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "RWF",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TND",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VES",
        "VND",
        "VUV",
        "WST",
        "XAF",
        "XCD",
        "XOF",
        "XPF",
        "YER",
        "ZAR",
        "ZMW",
        "ZWL",
        "HRK",
        "XXX",
        "XTS",
    ]
)

_SIGNS = {
    "\u20ac": "EUR",
    "\u00a3": "GBP",
    "$": "USD",
    "US$": "USD",
    "\u20b9": "INR",
    "\u20a9": "KRW",
    "\u20ba": "TRY",
    "z\u0142": "PLN",
}
_WORDS = {
    "euro": "EUR",
    "euros": "EUR",
    "us dollar": "USD",
    "us dollars": "USD",
    "u.s. dollar": "USD",
    "pound sterling": "GBP",
    "british pound": "GBP",
    "swiss franc": "CHF",
    "schweizer franken": "CHF",
    "sfr": "CHF",
    "yen": "JPY",
    "japanese yen": "JPY",
    "indian rupee": "INR",
    "zloty": "PLN",
    "danish krone": "DKK",
    "swedish krona": "SEK",
    "norwegian krone": "NOK",
}
_SEVERAL = {
    "dollar": ("USD", "CAD", "AUD"),
    "dollars": ("USD", "CAD", "AUD"),
    "\u00a5": ("JPY", "CNY"),
    "pound": ("GBP", "EGP"),
    "pounds": ("GBP", "EGP"),
    "franc": ("CHF", "XOF"),
    "kr": ("SEK", "NOK", "DKK"),
    "krone": ("NOK", "DKK"),
    "krona": ("SEK", "ISK"),
    "peso": ("MXN", "ARS"),
    "rupee": ("INR", "PKR"),
}
_FREE = frozenset(("free", "free of charge", "kostenlos", "gratis", "gratuit", "kostenfrei", "no cost"))
_PER = re.compile(
    r"(?:/|\bper\b|\bpro\b)\s*(?:mo|month|monat|yr|year|jahr|week|woche|day|tag|user)\w*\.?$", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:from|ab|starting at|\u00e0 partir de)\s+", re.IGNORECASE)
_AMOUNT = re.compile(r"[0-9](?:[0-9.,'\u2019 \u00a0\u202f]*[0-9])?\s?[kKmM]?(?![A-Za-z])")


def currency_code(given: str) -> str:
    """The ISO 4217 code that a cell means: "EUR", "eur", "\u20ac", "Euro". Raises ``InputError`` with near names."""
    text = given.strip()
    code = _SIGNS.get(text) or _WORDS.get(text.casefold()) or text.upper()
    if code in CODES:
        return code
    near = _SEVERAL.get(text.casefold()) or difflib.get_close_matches(code, sorted(CODES), n=3, cutoff=0.6)
    remedy = f"Did you mean {' or '.join(near)}?" if near else "Use the three letters of ISO 4217, such as EUR."
    raise InputError(f"'{given[:40]}' is not a currency.", remedy=remedy)


def split_price(given: str) -> tuple[str, str, bool]:
    """A price as the amount (still as it is written), the currency beside it ("" for none), and whether it is only
    where prices begin ("from 199").

    "Free" is 0. Raises ``InputError`` for a price per month or the like, which is not what the whole costs.
    """
    text = given.strip()
    if text.casefold() in _FREE:
        return "0", "", False
    if SCIENTIFIC.fullmatch(text):
        return text, "", False
    if _PER.search(text):
        raise InputError(
            f"'{text[:40]}' is a price for a time, not of the whole.",
            remedy='Write what the whole costs one learner; a column map can translate it: values = { "..." = "..." }.',
        )
    bare = _LEADING.sub("", text)
    amount = _AMOUNT.search(bare)
    if amount is None:
        return text, "", False
    beside = f"{bare[: amount.start()]} {bare[amount.end() :]}".replace(",-", " ").strip(" -+")
    signed = bare[: amount.start()].strip().endswith("-") or not beside
    if signed:
        return bare, "", bare != text
    return amount[0], currency_code(beside), bare != text
