"""What people settled about texts, for a taxonomy with its overlay; and a catalogue that heeds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from skillmatch.domain.catalogue.credential import Basis, Catalogue, Credential, Outcome
from skillmatch.domain.skills.feedback import Context, Decision, FeedbackEntry, Verdict
from skillmatch.domain.skills.overlay import ChangeKind
from skillmatch.domain.skills.taxonomy import fold
from skillmatch.matching.decisions import Decisions
from skillmatch.taxonomy.following import follow_credential, strongest
from skillmatch.taxonomy.overlay import Overlaid

ASSUMED_LEVEL = 2.0
"""The level that an outcome is taken to lead to where the row names none: basic. An assumption of ours."""


def settled(feedback: Iterable[FeedbackEntry], overlaid: Overlaid, context: Context) -> Decisions:
    """The decisions in force where a text stands in ``context``.

    A skill that the overlay merged away means the one that is left, a deprecated one its successor; decisions about
    skills that are not on offer (not in the taxonomy, or deprecated without a successor) wait. A name that the
    organisation gave a skill in its overlay, and that no other skill has, is such a decision too, the first of all.
    """
    skills = overlaid.taxonomy.skills
    labels = {skill.id: skill.label for skill in skills.values() if not skill.deprecated}
    decisions = (*own_names(overlaid), *(entry.decision for entry in feedback))
    return Decisions.of(decisions, labels, context, meanings=leading(overlaid))


def own_names(overlaid: Overlaid) -> tuple[Decision, ...]:
    """What the overlay's own names mean, as far as they stand: labels and aliases of one skill alone."""
    given = [line.entry.change for line in overlaid.lines if line.entry.change.kind in _NAMING]
    by_name = overlaid.taxonomy.by_name if given else {}
    return tuple(
        Decision(Verdict.ACCEPT, change.text, skills[0])
        for change in given
        if change.text and len(skills := by_name.get(fold(change.text), ())) == 1
    )


_NAMING = (ChangeKind.ADD, ChangeKind.RENAME, ChangeKind.ALIAS)


def leading(overlaid: Overlaid) -> dict[str, str]:
    """Where each id that should not be linked to any more leads: to what it was merged into, or to its successor."""
    successors = overlaid.successors
    found = {**successors, **overlaid.meanings}
    for start in found:
        seen = {start}
        while found[start] in successors and found[start] not in seen:
            seen.add(found[start])
            found[start] = successors[found[start]]
    return found


def settle_catalogue(catalogue: Catalogue, overlaid: Overlaid, decisions: Decisions) -> Catalogue:
    """The catalogue with the skills that the overlay left, and stated outcomes as people settled their words.

    Only whole stated words count here: descriptions are read again when the credential is imported again.
    """
    changed = {
        item.id: settle_credential(follow_credential(item, overlaid.meanings), decisions, overlaid)
        for item in catalogue.credentials.values()
    }
    return Catalogue(changed, catalogue.stacks)


def settle_credential(item: Credential, decisions: Decisions, overlaid: Overlaid) -> Credential:
    """A credential whose stated words mean what people settled; words that mean nothing any more are unmapped."""
    if not decisions:
        return item
    outcomes: list[Outcome] = []
    unmapped: list[str] = []
    for outcome in item.outcomes:
        verdict = None if _exempt(outcome, overlaid) else decisions.about(outcome.given)
        if verdict is not None and verdict.means:
            outcomes.append(replace(outcome, skill_id=verdict.means[0], probability=1.0))
        elif verdict is not None and (verdict.blocked or outcome.skill_id in verdict.never):
            unmapped.append(outcome.given)
        else:
            outcomes.append(outcome)
    level = item.level or ASSUMED_LEVEL
    for words in item.unmapped:
        verdict = decisions.about(words)
        if verdict is not None and verdict.means:
            outcomes.append(Outcome(verdict.means[0], level, Basis.STATED, 1.0, words))
        else:
            unmapped.append(words)
    if tuple(outcomes) == item.outcomes and tuple(unmapped) == item.unmapped:
        return item
    kept = strongest(outcomes, {}, lambda one: (one.level, one.probability))
    return replace(item, outcomes=kept, unmapped=tuple(dict.fromkeys(unmapped)))


def _exempt(outcome: Outcome, overlaid: Overlaid) -> bool:
    """Whether there are no words to decide about: an inferred outcome has none of its own, an id is no text."""
    return outcome.basis is Basis.INFERRED or not outcome.given or outcome.given in overlaid.standing
