"""Tagging: the skills of a credential, from the provider's words where there are any, else from its description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillmatch.domain.catalogue.credential import Basis, Credential, Outcome, SkillPrerequisite
from skillmatch.domain.skills.feedback import Context
from skillmatch.domain.text.link import Link
from skillmatch.interop.batch import Located
from skillmatch.service.core.decisions import ASSUMED_LEVEL
from skillmatch.service.core.linking import Linking
from skillmatch.service.core.progress import Progress, of_stage
from skillmatch.service.core.resolve import Resolved, resolve
from skillmatch.service.core.snapshot import Snapshot
from skillmatch.service.imports.report import Account

POSSIBLE = 0.2
"""From this probability on, a skill that only a description may speak of is kept as an outcome. It counts for what it
is expected to close; what a credential is planned with and what its award proves stays what is likely. Chosen on
planted worlds that the published benchmark does not use: the lower it is the more is closed, but nobody wants to read
reasons that are four times out of five wrong."""


def tag(
    given: Sequence[Located[Credential]],
    file: str,
    account: Account,
    snapshot: Snapshot,
    linking: Linking,
    progress: Progress,
) -> list[Located[Credential]]:
    """Credentials whose skills are those of the active taxonomy; a row with an unknown prerequisite is rejected.

    Stated outcomes that mean no skill surely enough stay on the credential as ``unmapped``. What the title surely
    says beyond them is added as inferred. Where nothing that was stated could be mapped, the description is read too,
    and a skill counts that it possibly speaks of (see ``POSSIBLE``); the probability stays on the outcome.
    """
    words = {outcome.given for item in given for outcome in item.value.outcomes}
    words |= {skill.skill_id for item in given for skill in item.value.requires_skills}
    link = linking.link_for(snapshot, of_stage(progress, "matching the stated skills"), Context.CATALOGUE)
    meanings = resolve(sorted(words), snapshot, link, Context.CATALOGUE)
    stated = [_with_stated(item.value, meanings) for item in given]
    inferred = _infer(stated, snapshot, linking, progress)
    tagged = []
    for item, credential, links in zip(given, stated, inferred, strict=True):
        for reference in credential.unmapped:
            account.note("unmapped_skill", file, item.line, "teaches", f"'{reference}' matches no skill surely enough.")
        prerequisites = _prerequisites(item, file, meanings, account, snapshot)
        if prerequisites is None:
            continue
        known = {outcome.skill_id for outcome in credential.outcomes}
        level = credential.level or ASSUMED_LEVEL
        more = tuple(
            Outcome(link.skill_id, level, Basis.INFERRED, link.probability, "title or description")
            for link in links
            if link.skill_id not in known
        )
        complete = replace(credential, outcomes=credential.outcomes + more, requires_skills=prerequisites)
        if not complete.outcomes:
            message = "teaches no skill that could be found; it can be shown but never recommended."
            account.note("untagged_credential", file, item.line, "teaches", message)
        tagged.append(replace(item, value=complete))
    return tagged


def _infer(
    credentials: Sequence[Credential], snapshot: Snapshot, linking: Linking, progress: Progress
) -> list[tuple[Link, ...]]:
    """For each credential the skills that nobody stated: from its title, or from all its words if it has no others."""
    found: list[tuple[Link, ...]] = [() for _ in credentials]
    for bare, threshold in ((False, None), (True, POSSIBLE)):
        places = [place for place, item in enumerate(credentials) if bare is not bool(item.outcomes)]
        given = [credentials[place] for place in places]
        texts = [f"{item.title}\n{item.description}" if bare else item.title for item in given]
        reading = of_stage(progress, f"inferring skills from {'descriptions' if bare else 'titles'}")
        for place, links in zip(
            places, linking.infer(snapshot, texts, reading, Context.CATALOGUE, threshold), strict=True
        ):
            found[place] = links
    return found


def _with_stated(credential: Credential, meanings: dict[str, Resolved]) -> Credential:
    """The credential with its stated outcomes mapped; of several that mean the same skill the highest, then surest."""
    best: dict[str, Outcome] = {}
    unmapped = list(credential.unmapped)
    for outcome in credential.outcomes:
        meaning = meanings.get(outcome.given)
        if meaning is None:
            unmapped.append(outcome.given)
            continue
        mapped = replace(outcome, skill_id=meaning.skill_id, probability=meaning.probability)
        other = best.get(mapped.skill_id)
        if other is None or (mapped.level, mapped.probability) > (other.level, other.probability):
            best[mapped.skill_id] = mapped
    return replace(credential, outcomes=tuple(best.values()), unmapped=tuple(dict.fromkeys(unmapped)))


def _prerequisites(
    item: Located[Credential], file: str, meanings: dict[str, Resolved], account: Account, snapshot: Snapshot
) -> tuple[SkillPrerequisite, ...] | None:
    """The skills that a credential expects, mapped; None when one is unknown, because then nobody could be let in."""
    mapped: dict[str, SkillPrerequisite] = {}
    for skill in item.value.requires_skills:
        meaning = meanings.get(skill.skill_id)
        if meaning is None:
            account.reject_skill(file, item.line, "requires_skills", skill.skill_id, snapshot.labels)
            return None
        level = max(skill.level, mapped[meaning.skill_id].level if meaning.skill_id in mapped else 0.0)
        mapped[meaning.skill_id] = SkillPrerequisite(meaning.skill_id, level)
    return tuple(mapped.values())
