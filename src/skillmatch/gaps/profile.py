"""Evidence to profile: what all that was said about a person adds up to on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from skillmatch.domain.catalogue.credential import Catalogue
from skillmatch.domain.people.attainment import Ignored, Profile, SetAside
from skillmatch.domain.people.person import UNDATED, AwardState, Evidence, EvidenceSource, Person
from skillmatch.domain.skills.skill import SkillType
from skillmatch.gaps.awards import expiry, held_on
from skillmatch.gaps.combining import Said, combine
from skillmatch.gaps.weighing import HALF_LIFE_DAYS, LEAST, LIKELY, UNEXAMINED, weight

NO_TYPES: Mapping[str, SkillType] = MappingProxyType({})


def build_profile(
    person: Person, catalogue: Catalogue, as_of: date, types: Mapping[str, SkillType] = NO_TYPES
) -> Profile:
    """Derive what a person can do on ``as_of`` from evidence and from the awards they hold.

    How the pieces add up is told in ``gaps.combining``, what each weighs in ``gaps.weighing``; ``types`` (by skill)
    decides how fast evidence ages, and a skill that is not in it ages as one of the type "skill". Evidence from the
    future, past its expiry, or too weak to say anything does not count and is listed as ignored; neither does an
    award that expired, was revoked, or whose link to the skill is not even ``LIKELY``. The order of evidence is
    irrelevant. Pieces are kept newest first. What the person objected to does not count once that was upheld.
    """
    pieces: dict[str, list[Said]] = {}
    ignored: list[Ignored] = []
    corrections = person.corrections(as_of)
    for piece in (*person.evidence, *_from_awards(person, catalogue, as_of), *corrections):
        half_life = HALF_LIFE_DAYS[types.get(piece.skill_id, SkillType.SKILL)]
        age = half_life if piece.on == UNDATED else max(0, (as_of - piece.on).days)
        one = weight(piece.source, piece.confidence, age, half_life)
        disputed = piece not in corrections and any(item.sets_aside(piece, as_of) for item in person.rulings)
        reason = SetAside.DISPUTED if disputed else _why_ignored(piece, one, as_of)
        if reason is None:
            pieces.setdefault(piece.skill_id, []).append(Said(one, piece))
        else:
            ignored.append(Ignored(piece, reason))
    attainments = {skill: combine(skill, sorted(said, key=_newest_first)) for skill, said in sorted(pieces.items())}
    ignored.sort(key=lambda item: (item.evidence.skill_id, _newest_first(Said(0.0, item.evidence))))
    return Profile(person.id, as_of, attainments, tuple(ignored))


def _why_ignored(piece: Evidence, one: float, as_of: date) -> SetAside | None:
    if piece.on > as_of:
        return SetAside.IN_FUTURE
    if piece.expires is not None and piece.expires <= as_of:
        return SetAside.EXPIRED
    if one >= LEAST:
        return None
    return SetAside.NO_CONFIDENCE if weight(piece.source, piece.confidence, 0, 1.0) < LEAST else SetAside.TOO_OLD


def _newest_first(entry: Said) -> tuple[int, float, str, float, str, date]:
    one, piece = entry
    return (-piece.on.toordinal(), -one, piece.source, piece.level, piece.note, piece.expires or date.max)


def _from_awards(person: Person, catalogue: Catalogue, as_of: date) -> Iterator[Evidence]:
    """What the credentials held on ``as_of`` say: their outcomes at the levels they reach.

    What was recognised counts as its examination by a named person; of a credential that was earned several times the
    latest award speaks.
    """
    held = sorted(held_on(person.awards, catalogue, as_of), key=lambda award: award.issued)
    latest = {(award.credential_id, award.state): award for award in held}
    for award in latest.values():
        credential = catalogue.credentials.get(award.credential_id)
        if credential is None:
            continue
        recognised = award.state is AwardState.RECOGNISED
        examined = recognised or credential.assessment.strip().lower() not in ("", "none")
        for outcome in credential.outcomes:
            if outcome.probability >= LIKELY:
                yield Evidence(
                    skill_id=outcome.skill_id,
                    level=outcome.level,
                    source=EvidenceSource.RECOGNITION if recognised else EvidenceSource.AWARD,
                    on=award.issued,
                    confidence=outcome.probability * (1.0 if examined else UNEXAMINED),
                    expires=expiry(award, catalogue),
                    note=credential.title,
                )
