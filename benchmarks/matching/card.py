"""The model card beside our weights, written from their own record and the measured table."""

from __future__ import annotations

from pathlib import Path

from skillmatch.matching.tuned.weights import tuned_weights

_WHAT = {
    "delta.safetensors": "what training changed in the transformer, half precision",
    "table.safetensors": "the second view: one vector per word piece",
}


def write_card(folder: Path | None, table: str) -> None:
    """Write README.md into a folder of weights."""
    weights = tuned_weights(folder)
    training, share = weights.record.training, weights.record.table_share
    settings = training["settings"]
    sizes = {name: (weights.folder / name).stat().st_size / 1e6 for name in weights.record.files}
    early, late = (
        ", ".join(f"{kind.replace('_', ' ')} {part:.0%}" for kind, part in training[key].items() if part)
        for key in ("shares", "late_shares")
    )
    log = "The log of the run is `training.log`." if (weights.folder / "training.log").exists() else ""
    text = f"""# Skill encoder

Our own weights on top of {weights.record.base_name} (22 M parameters), for ranking skills and occupations by a
text. The base model is not in this folder: `encoder.json` names it by SHA-256 and loading refuses any other.

| file | size | what |
| --- | ---: | --- |
{chr(10).join(f"| `{name}` | {size:.1f} MB | {_WHAT[name]} |" for name, size in sizes.items())}

## Training

`{training["command"]}`

On {training["taxonomy"]}: {training["steps_done"]} steps of {settings["batch"]} examples ({training["examples"]:,} in
all), seed {settings["seed"]}, rate {settings["rate"]:g}, texts of at most {training["max_tokens"]} tokens.
Trained: {training["what"]}.
Of the change {settings["keep"]:.0%} is kept: the saved weights lie between the base and the trained ones.
The token table: {settings["table_steps"]} steps of {settings["table_batch"]} examples. A likeness is
{1 - share:.2f} of the transformer's and {share:.2f} of the table's. {log}

Examples at first: {early}.
From {settings["late"]:.0%} of the steps on: {late}.
They come from ESCO and O*NET (names, descriptions, relations, tasks, technologies; CC BY 4.0, (c) European Union;
O*NET, USDOL/ETA), the SkillSkape and SkillSpan train splits (MIT) and {training["written"]:,} sentences that we wrote
ourselves (`data/training/sentences.csv`). Each text competes with the concepts of its batch and their neighbours.
Held out by `skillmatch.matching.training.holdout` (seed {training["held_out_seed"]}): all aliases of
{training["held_out_skills"]:,} skills, the skill links of {training["held_out_occupations"]:,} occupations.

## Figures

Percent, with 95 % bootstrap intervals, written by `make bench-matching`. `skill-encoder` compares a text with labels
alone; `skillmatch` is the whole system: the linker for skills, title index and expected skills for occupations.
How much of the change is kept, the table's share and the calibration were chosen with TECH and HOUSE validation,
SkillSkape dev and some held-out names in view, so those figures flatter a little; the linker's card has figures by
fits that did not see the texts. SkillSkape's labels are incomplete.

{table}
## Limits

English only. A likeness is no probability: the linker calibrates it. Trained on European and American labour market
vocabularies; other words for the same work are served less well. Not for judging people: it ranks words.
"""
    (weights.folder / "README.md").write_text(text, encoding="utf-8")
