"""Gap, recommendations and pathway as a planner or an employee reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.text import Text

from skillmatch.cli.present.screen import Screen, counted, level, money, number, share
from skillmatch.domain.advice.advice import Advice, Exclusion, ExclusionReason, Reason, Recommendation
from skillmatch.domain.base.answer import Status
from skillmatch.domain.catalogue.credential import Basis
from skillmatch.domain.people.gap import Gap, GapItem, GapState

EXAMPLES = 5
EVEN = 0.5
"""Below this probability it is more likely that a description does not speak of a skill."""

STATE_STYLES = {
    GapState.MET: "green",
    GapState.EXCEEDS: "cyan",
    GapState.PARTIAL: "yellow",
    GapState.MISSING: "red",
    GapState.UNKNOWN: "magenta",
}

WHY_EXCLUDED = {
    ExclusionReason.HELD: "already held",
    ExclusionReason.IN_PROGRESS: "already under way",
    ExclusionReason.EQUIVALENT_HELD: "an equivalent one is held",
    ExclusionReason.PRIOR_LEARNING: "its learning is recognised",
    ExclusionReason.PREREQUISITE_MISSING: "something else is needed first",
    ExclusionReason.TOO_LONG: "too long",
    ExclusionReason.TOO_EXPENSIVE: "too expensive",
    ExclusionReason.OTHER_CURRENCY: "in a currency that cannot be compared",
    ExclusionReason.WRONG_LANGUAGE: "in another language",
    ExclusionReason.EXPIRED: "no longer on offer",
    ExclusionReason.NOT_YET_ON_OFFER: "not yet on offer",
    ExclusionReason.NO_COHORT: "no group to join",
    ExclusionReason.NO_SEATS: "no seats left",
    ExclusionReason.DISPUTED: "they objected to it, and that was upheld",
}


def show_gap(screen: Screen, gap: Gap) -> None:
    """Each requirement with its state, and what the states come to."""
    now = ", the role of today" if gap.is_current_role else ""
    screen.heading(f"{gap.person_id} towards {gap.role_title}{now}, on {gap.as_of}")
    _say_covered(screen, gap)
    for essential, name in ((True, "Essential"), (False, "Optional")):
        rows = [_gap_row(item) for item in gap.items if item.requirement.essential is essential]
        if rows:
            screen.line()
            screen.table((name, "|State", "|Level", "|80 %", "Evidence"), rows)
    words = [word for word, is_said in _words_to_explain(gap) if is_said]
    if words:
        screen.line()
        screen.line(" ".join(words))
    questions = [item.question for item in gap.items if item.question is not None]
    if questions:
        screen.line()
        screen.line("What would settle most, for least:")
        for question in questions[:EXAMPLES]:
            screen.item(f"{question.text} ({number(question.minutes)} minutes)", indent=2)


def _words_to_explain(gap: Gap) -> Sequence[tuple[str, bool]]:
    unknown = "unknown: nobody has said anything about it yet. missing: it is known not to be there."
    thin = "thin: one weak or old statement only; ask before relying on it."
    contradictory = "contradictory: what was said cannot all be true."
    return (
        (unknown, bool(gap.count(GapState.UNKNOWN))),
        (thin, any(item.thin for item in gap.items)),
        (contradictory, any(item.contradictory for item in gap.items)),
    )


def _say_covered(screen: Screen, gap: Gap) -> None:
    if not gap.items:
        screen.line(
            "This cannot be judged: the role has no requirements. Add them to the table of roles and import it again, "
            "or start from an occupation with 'skillmatch roles from-occupation'."
        )
        return
    counts = ", ".join(f"{gap.count(state)} {state.value}" for state in GapState if gap.count(state))
    if gap.status is Status.INSUFFICIENT_DATA:
        screen.line(
            f"This cannot be judged: nothing is known about this person in any of the {len(gap.items)} skills that "
            "the role requires. Import evidence about them with 'skillmatch people import FILE --what evidence'."
        )
        return
    screen.line(f"Covered: {share(gap.coverage)} of what the role requires ({counts}).")


def _gap_row(item: GapItem) -> tuple[str | Text, ...]:
    has = "?" if item.attained is None else level(item.attained)
    state = Text(item.state.value, style=STATE_STYLES[item.state])
    return item.label, state, f"{has} of {level(item.requirement.level)}", _between(item), item.rests_on()


def _between(item: GapItem) -> str:
    return "" if item.low is None or item.high is None else f"{level(item.low)}-{level(item.high)}"


def show_advice(screen: Screen, advice: Advice, gap: Gap, *, everything: bool = False) -> None:
    """The recommendations with their reasons in words, then what was left out and why."""
    screen.heading(f"{advice.person_id} towards {advice.role_title}, on {advice.as_of}")
    match advice.status:
        case Status.NOTHING_TO_CLOSE:
            screen.line("Every requirement of the role is met: there is nothing to close.")
        case Status.NO_RECOMMENDATION:
            _say_covered(screen, gap)
            screen.line(
                "No credential can be recommended: nothing in the catalogue that would help may be taken now. "
                "What was left out stands below, if anything; else import more of the catalogue."
            )
        case Status.NOTHING_FITS:
            _say_covered(screen, gap)
            screen.line("Nothing in the catalogue fits this person and role. What would fit is a course that teaches:")
            for wanted in advice.would_fit:
                screen.item(f"{wanted.label}, to level {level(wanted.level)}", indent=3)
        case _:
            _say_covered(screen, gap)
    if advice.status is Status.INSUFFICIENT_DATA and advice.recommendations:
        screen.line("What follows supposes that they can do nothing of it yet.")
    shortfalls = {item.requirement.skill_id: item.shortfall for item in gap.items}
    for place, item in enumerate((found for found in advice.recommendations if found.fresh), start=1):
        screen.line()
        screen.heading(f"{place}. {item.title}")
        chance = f"a chance of {share(item.chance.both)} to be completed and work out"
        adds = (
            f"adds {share(item.gain)} of the role, with a chance of {share(item.chance.both)}" if item.gain else chance
        )
        screen.line(", ".join((*_particulars(item), adds)), indent=3)
        for reason in item.reasons:
            screen.item(_because(reason, shortfalls), indent=3)
        screen.line(f"score {item.score:.4f}, id {item.credential_id}", style="dim", indent=3)
    others = [item for item in advice.recommendations if not item.fresh]
    if others:
        screen.line()
        screen.line("Instead of one of these; beside them it would add nothing:")
        for item in others:
            screen.item(f"{item.title} ({', '.join(_particulars(item))}), id {item.credential_id}")
    if advice.next_step is not None:
        when = "" if advice.next_step.start is None else f", {advice.next_step.start} to {advice.next_step.end}"
        screen.line()
        screen.line(f"Next step: {advice.next_step.title}{when} ({advice.next_step.detail}).")
    _show_excluded(screen, advice.excluded, everything=everything)


def _particulars(item: Recommendation) -> list[str]:
    hours = "hours not stated" if item.hours is None else counted_hours(item.hours)
    cost = "cost not stated" if item.cost is None else money(item.cost, item.currency)
    return [part for part in (item.issuer, hours, cost) if part]


def _because(reason: Reason, shortfalls: Mapping[str, float]) -> str:
    if reason.skill_id is None or reason.level_after is None:
        return reason.label
    before = "unknown" if reason.level_before is None else level(reason.level_before)
    step = f"{reason.label} ({before} -> {level(reason.level_after)})"
    shortfall = shortfalls.get(reason.skill_id, 0.0)
    closed = (reason.level_after - (reason.level_before or 0.0)) / shortfall if shortfall > 0 else 0.0
    part = "all" if closed >= 1 else share(closed)
    open_part = "what is missing" if reason.level_before is not None else "what may be missing"
    what = f"closes {part} of {open_part} in {step}" if closed > 0 else f"raises {step}"
    if reason.basis is Basis.STATED:
        sure = (
            "" if reason.probability == 1 else f" and matched to this skill with {share(reason.probability)} certainty"
        )
        return f"{what}, stated by the provider{sure}"
    if reason.probability < EVEN:
        return f"may be about {step}: {share(reason.probability)} certain by its description, ask the provider"
    return f"{what}, inferred from its description with {share(reason.probability)} certainty"


def _show_excluded(screen: Screen, excluded: Sequence[Exclusion], *, everything: bool) -> None:
    if not excluded:
        return
    screen.line()
    screen.heading(f"Left out: {counted(len(excluded), 'credential')} that would otherwise have been considered")
    for reason, words in WHY_EXCLUDED.items():
        found = [item for item in excluded if item.reason is reason]
        if found:
            screen.line(f"{words} ({len(found)})", indent=2)
            shown = found if everything else found[:EXAMPLES]
            for item in shown:
                said = "" if item.detail in ("", words) else f": {item.detail}"
                screen.item(f"{item.title}{said}", indent=2)
            if len(found) > len(shown):
                screen.item(f"and {len(found) - len(shown)} more (--all shows them)", indent=2, style="dim")


def counted_hours(hours: float) -> str:
    """Hours with their word."""
    return f"{number(hours)} hour{'' if hours == 1 else 's'}"


def quoted(titles: Sequence[str]) -> str:
    """Titles in a sentence, each in quotes: they may hold commas of their own."""
    return joined([f"'{title}'" for title in titles])


def joined(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
