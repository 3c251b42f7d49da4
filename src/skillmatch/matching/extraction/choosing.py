"""Choosing: which links of a sentence's names and phrases are kept as mentions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from skillmatch.domain.text.link import Link, LinkAnswer
from skillmatch.matching.extraction.names_in_text import NamedPlace, item_around
from skillmatch.matching.extraction.places import Item, ReadSentence, rest_of
from skillmatch.matching.names import NameTable
from skillmatch.matching.words import content_words, words

ALTERNATIVES = 3
LEAST_SUPPORT = 0.3
"""The probability that a sentence must give to a skill whose one-word name stands in it; an assumption of ours."""
LEAST_REST = 2
"""Words that a phrase must say beside the names in it to mean one more skill; an assumption of ours."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A place and the link that it is kept with; ``named`` where a name stands there."""

    start: int
    end: int
    named: bool
    link: Link
    alternatives: tuple[Link, ...]


@dataclass(frozen=True)
class Chooser:
    """Judges the answers of the linker; ``answers`` by the text that was asked.

    ``least_named`` is the least probability (0-1) of a link for a name, ``least_meant`` for a phrase.
    """

    text: str
    table: NameTable
    answers: Mapping[str, LinkAnswer]
    least_named: float
    least_meant: float

    def choose(self, read: ReadSentence) -> list[Chosen]:
        """The places of a sentence that are kept, in order; a skill named in it is not also meant by a phrase."""
        named: list[Chosen] = []
        for item in read.items:
            named += [kept for name in item.names if name.meant and (kept := self._name(name, item, read))]
        skills = {kept.link.skill_id for kept in named}
        meant: list[Chosen] = []
        for item in read.items:
            for kept in self._phrases(item):
                if kept.link.skill_id not in skills:
                    skills.add(kept.link.skill_id)
                    meant.append(kept)
        return sorted([*named, *meant], key=lambda kept: (kept.start, kept.end))

    def _name(self, name: NamedPlace, item: Item, read: ReadSentence) -> Chosen | None:
        answer = self.answers[asked(self.text[name.start : name.end])]
        if not answer.links or answer.links[0].probability < self.least_named:
            return None
        best = answer.links[0]
        if self._needs_support(name, item, read):
            support = [link for span in item.spans() for link in self._links(*span) if link.skill_id == best.skill_id]
            if not any(link.probability >= LEAST_SUPPORT for link in support):
                return None
        return Chosen(name.start, name.end, True, best, answer.links[1 : 1 + ALTERNATIVES])

    def _needs_support(self, name: NamedPlace, item: Item, read: ReadSentence) -> bool:
        """A single word written small in the midst of others may be a word like any other."""
        if not name.single or not item.linked or not self.text[name.start : name.end].islower():
            return False
        left, right = item_around(self.text, read.sentence.start, read.sentence.end, name.start, name.end)
        return bool(rest_of(self.text, left, right, (name,)))

    def _phrases(self, item: Item) -> list[Chosen]:
        """The item's parts where at least two of them mean skills of their own, else the best of all its spans."""
        if not item.linked or self._said_by_names(item.start, item.end, item):
            return []
        whole = self._meant(item.start, item.end, item)
        parts = [
            kept
            for start, end in item.parts
            if not self._said_by_names(start, end, item) and (kept := self._meant(start, end, item))
        ]
        if len({kept.link.skill_id for kept in parts}) > 1:
            return parts
        every = [kept for kept in (whole, *parts) if kept is not None]
        return [max(every, key=lambda kept: kept.link.probability)] if every else []

    def _said_by_names(self, start: int, end: int, item: Item) -> bool:
        inside = tuple(name for name in item.names if name.meant and start <= name.start and name.end <= end)
        return bool(inside) and len(rest_of(self.text, start, end, inside)) < LEAST_REST

    def _meant(self, start: int, end: int, item: Item) -> Chosen | None:
        links = [link for link in self._links(start, end) if not self._by_a_word_alone(link, start, end, item)]
        if not links or links[0].probability < self.least_meant:
            return None
        return Chosen(start, end, False, links[0], tuple(links[1 : 1 + ALTERNATIVES]))

    def _links(self, start: int, end: int) -> tuple[Link, ...]:
        return self.answers[asked(self.text[start:end])].links

    def _by_a_word_alone(self, link: Link, start: int, end: int, item: Item) -> bool:
        """Whether a phrase shares with a skill nothing but an everyday word that was not meant as its name."""
        for name in item.names:
            if name.meant or not start <= name.start < end:
                continue
            owners = {*self.table.exact.get(name.folded, ()), *self.table.loose.get(name.loose, ())}
            places = [skill for skill, _ in owners if self.table.skill_ids[skill] == link.skill_id]
            if places:
                own = {word for label in self.table.of_skill(places[0]) for word in content_words(words(label))}
                said = set(rest_of(self.text, start, end, ())) - set(content_words([name.folded]))
                return not own & said
        return False


def asked(quote: str) -> str:
    """The words of a quote as the linker gets them: a sentence broken over lines is one line."""
    return " ".join(quote.split())
