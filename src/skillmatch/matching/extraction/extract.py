"""Extract: one long text in, every skill that it names or means out, each with its place and what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.domain.base import checks
from skillmatch.domain.base.answer import Status
from skillmatch.domain.text.extraction import Cues, Demand, Extraction, LeftOut, Mention
from skillmatch.matching.extraction import cues as cue_words
from skillmatch.matching.extraction.blocks import Sentence, sentences_of
from skillmatch.matching.extraction.choosing import ALTERNATIVES, Chooser, Chosen, asked
from skillmatch.matching.extraction.places import ReadSentence, read_sentence
from skillmatch.matching.extraction.summary import summarised
from skillmatch.matching.linker import Linker

MAX_CHARACTERS = 1_000_000
MAX_PLACES = 3_000
"""Names and phrases of one text that are looked at, some thirty pages of an advert; bounds time and memory."""
MAX_LEFT_OUT = 3_000
"""Pieces of boilerplate after which reading ends, for the same reason."""


def extract(text: str, linker: Linker, *, name: str = "text", threshold: float | None = None) -> Extraction:
    """The skills of a long text: an advert, a CV, the description of a course.

    ``text[mention.start:mention.end] == mention.quote`` for every mention. A name that stands in the text is kept from
    the linker's default threshold on, a phrase that only means a skill from its strict one on (see ``infer_skills``);
    ``threshold`` (0-1) takes the place of both. All phrases are linked in one call, each once. After 3,000 places
    reading ends, and ``status`` and ``detail`` say so. The same text, index and model give the same extraction. Raises
    ``InputError`` for a text of over 1,000,000 characters or with NUL or half surrogate pairs.
    """
    checks.text(text, "text", empty=True, most=MAX_CHARACTERS)
    if threshold is not None:
        checks.number(threshold, "threshold", least=0, most=1)
    read, left_out, stopped = _read(text, linker)
    asked_for = dict.fromkeys(
        asked(text[start:end])
        for sentence in read
        for item in sentence.items
        for start, end in (*((place.start, place.end) for place in item.names if place.meant), *item.spans())
    )
    answers = {answer.text: answer for answer in linker.link(list(asked_for), top=1 + ALTERNATIVES, abstain=False)}
    degraded = linker.encoder is None or any(answer.degraded for answer in answers.values())
    calibration = linker.calibration(degraded)
    own = threshold if threshold is not None else linker.threshold
    chooser = Chooser(
        text,
        linker.index.names,
        answers,
        calibration.threshold if own is None else own,
        calibration.strict if own is None else own,
    )
    mentions = tuple(
        mention for sentence in read for mention in _mentions(text, sentence.sentence, chooser.choose(sentence))
    )
    status, detail = _ending(text, bool(read), bool(mentions), stopped)
    return Extraction(name, text, status, detail, summarised(mentions), mentions, tuple(left_out), (), degraded)


def _read(text: str, linker: Linker) -> tuple[list[ReadSentence], list[LeftOut], int | None]:
    """The sentences with their places, what was left out, and where reading ended early, if it did."""
    read: list[ReadSentence] = []
    left_out: list[LeftOut] = []
    places = 0
    for sentence in sentences_of(text):
        if places >= MAX_PLACES or len(left_out) >= MAX_LEFT_OUT:
            return read, left_out, sentence.start
        if sentence.reason is not None:
            quote = text[sentence.start : sentence.end]
            left_out.append(LeftOut(sentence.start, sentence.end, quote, sentence.reason))
            continue
        found = read_sentence(text, sentence, linker.index.names)
        if found.items:
            read.append(found)
            places += found.size
    return read, left_out, None


def _mentions(text: str, sentence: Sentence, chosen: Sequence[Chosen]) -> list[Mention]:
    if not chosen:
        return []
    start, end = sentence.start, sentence.end
    demands = cue_words.find_demands(text, start, end)
    years = cue_words.find_years(text, start, end)
    levels = cue_words.find_levels(text, start, end)
    spans = [cue_words.Span(place.start, place.end, place.named) for place in chosen]
    asked_anew = [cue.start for cue in demands]
    said_anew = asked_anew + [cue.start for cue in levels]
    found = []
    for place, span in zip(chosen, spans, strict=True):
        heading = sentence.heading
        if cue_words.negated_at(text, start, end, span):
            said = Cues(Demand.UNSTATED, negated=True, section=heading.section)
        else:
            demand = cue_words.demand_at(text, span, demands)
            level = cue_words.amount_at(text, span, spans, levels, end, asked_anew)
            said = Cues(
                heading.demand if demand is None else demand,
                False,
                cue_words.amount_at(text, span, spans, years, end, said_anew),
                heading.level if level is None else level,
                heading.section,
            )
        quote = text[place.start : place.end]
        found.append(Mention(place.start, place.end, quote, place.link, place.alternatives, said))
    return found


def _ending(text: str, read: bool, found: bool, stopped: int | None) -> tuple[Status, str]:
    limit = (
        ""
        if stopped is None
        else f"read up to character {stopped:,}: the limit is {MAX_PLACES:,} names and phrases, "
        f"or {MAX_LEFT_OUT:,} pieces of boilerplate"
    )
    if found:
        return (Status.OK, "") if stopped is None else (Status.PARTIAL, limit)
    if not text.strip():
        return Status.INSUFFICIENT_DATA, "no text"
    why = "no skill is sure enough" if read else "nothing in it speaks of skills"
    return Status.INSUFFICIENT_DATA, f"{why}; {limit}" if limit else why
