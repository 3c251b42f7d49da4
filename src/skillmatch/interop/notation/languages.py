"""Languages: one short code for each, whatever a cell calls it."""

from __future__ import annotations

import difflib
import re

from skillmatch.domain.base.errors import InputError

CODES = frozenset(
    [
        "aa",
        "ab",
        "ae",
        "af",
        "ak",
        "am",
        "an",
        "ar",
        "as",
        "av",
        "ay",
        "az",
        "ba",
        "be",
        "bg",
        "bi",
        "bm",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "ce",
        "ch",
        "co",
        "cr",
        "cs",
        "cu",
        "cv",
        "cy",
        "da",
        "de",
        "dv",
        "dz",
        "ee",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "ff",
        "fi",
        "fj",
        "fo",
        "fr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gn",
        "gu",
        "gv",
        "ha",
        "he",
        "hi",
        "ho",
        "hr",
        "ht",
        "hu",
        "hy",
        "hz",
        "ia",
        "id",
        "ie",
        "ig",
        "ii",
        "ik",
        "io",
        "is",
        "it",
        "iu",
        "ja",
        "jv",
        "ka",
        "kg",
        "ki",
        "kj",
        "kk",
        "kl",
        "km",
        "kn",
        "ko",
        "kr",
        "ks",
        "ku",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lg",
        "li",
        "ln",
        "lo",
        "lt",
        "lu",
        "lv",
        "mg",
        "mh",
        "mi",
        "mk",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
        "my",
        "na",
        "nb",
        "nd",
        "ne",
        "ng",
        "nl",
        "nn",
        "no",
        "nr",
        "nv",
        "ny",
        "oc",
        "oj",
        "om",
        "or",
        "os",
        "pa",
        "pi",
        "pl",
        "ps",
        "pt",
        "qu",
        "rm",
        "rn",
        "ro",
        "ru",
        "rw",
        "sa",
        "sc",
        "sd",
        "se",
        "sg",
        "si",
        "sk",
        "sl",
        "sm",
        "sn",
        "so",
        "sq",
        "sr",
        "ss",
        "st",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tl",
        "tn",
        "to",
        "tr",
        "ts",
        "tt",
        "tw",
        "ty",
        "ug",
        "uk",
        "ur",
        "uz",
        "ve",
        "vi",
        "vo",
        "wa",
        "wo",
        "xh",
        "yi",
        "yo",
        "za",
        "zh",
        "zu",
    ]
)

_NAMES = """
en english eng englisch anglais engels engelska ingles inglés inglese
de german deu ger deutsch allemand duits tyska alemán aleman tedesco
fr french fra fre französisch franzoesisch français francais frans franska francés francese
nl dutch nld dut niederländisch niederlaendisch nederlands néerlandais flemish
sv swedish swe schwedisch svenska suédois
es spanish spa spanisch español espanol espagnol castellano spaans
it italian ita italienisch italiano italien italiaans
pt portuguese por portugiesisch português portugues portugais brazilian
pl polish pol polnisch polski polonais
da danish dan dänisch dansk danois
no norwegian nor norwegisch norsk
fi finnish fin finnisch suomi
cs czech ces cze tschechisch čeština
sk slovak slk slo slowakisch
hu hungarian hun ungarisch magyar
ro romanian ron rum rumänisch română
bg bulgarian bul bulgarisch
el greek ell gre griechisch
hr croatian hrv kroatisch
sr serbian srp serbisch
sl slovenian slovene slv slowenisch
uk ukrainian ukr ukrainisch
ru russian rus russisch русский
tr turkish tur türkisch türkçe
ar arabic ara arabisch العربية
he hebrew heb hebräisch
fa persian farsi fas per persisch
hi hindi hin हिन्दी
bn bengali ben
ur urdu urd
ta tamil tam
te telugu tel
mr marathi mar
zh chinese zho chi mandarin chinesisch 中文
ja japanese jpn japanisch 日本語
ko korean kor koreanisch 한국어
vi vietnamese vie
th thai tha
id indonesian ind
ms malay msa may
lt lithuanian lit
lv latvian lav
et estonian est
ga irish gle
ca catalan cat
eu basque eus baq
"""

NAMES: dict[str, str] = {word: line.split()[0] for line in _NAMES.strip().splitlines() for word in line.split()[1:]}
"""The code by name: English, local, German and French names, and the three letters of ISO 639-2."""

_TAG = re.compile(r"([a-z]{2,3})((?:[-_][a-z0-9]{2,8})+)")
_BETWEEN = re.compile(r"\s*[,;|/\n]\s*|\s+(?:and|und|et)\s+|\s*&\s*")
_ASIDE = re.compile(r"\s*\([^()]*\)$")


def language_code(given: str) -> str:
    """The code of ISO 639 that a cell means: "English", "Englisch", "eng", "EN" are all "en"; a region stays ("en-gb").

    Raises ``InputError`` with near names for a word that is no language.
    """
    text = _ASIDE.sub("", given.strip()).casefold()
    tag = _TAG.fullmatch(text)
    word, region = (tag[1], tag[2]) if tag else (text, "")
    code = NAMES.get(word) or word
    if code in CODES:
        return code + region.replace("_", "-")
    near = difflib.get_close_matches(text, NAMES, n=3, cutoff=0.6)
    remedy = f"Did you mean {' or '.join(near)}?" if near else "Use a code of ISO 639, such as en."
    raise InputError(f"'{given.strip()[:40]}' is not a language.", remedy=remedy)


def language_codes(given: str) -> tuple[str, ...]:
    """The codes of a cell with one or several languages ("DE; EN", "de/en", "English, Hindi"), each once."""
    return tuple(dict.fromkeys(language_code(part) for part in _BETWEEN.split(given.strip()) if part.strip()))
