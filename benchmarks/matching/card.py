"""The model card beside our weights, written from their own record and the measured table."""

from __future__ import annotations

from pathlib import Path

from skillmatch.matching.training.weights import tuned_weights


def write_card(folder: Path | None, table: str, aliases: int) -> None:
    """Write README.md into a folder of weights."""
    weights = tuned_weights(folder)
    training, settings = weights.record["training"], weights.record["training"]["settings"]
    sizes = {name: (weights.folder / name).stat().st_size / 1e6 for name in weights.record["files"]}
    log = weights.folder / "training.log"
    shares = ", ".join(f"{kind.replace('_', ' ')} {share:.0%}" for kind, share in training["shares"].items())
    scored = (
        f"its label or the best of its {aliases} shortest aliases (hidden where they are asked)"
        if aliases
        else "its label"
    )
    stopped = ""
    if training["steps_done"] < settings["steps"]:
        stopped = "\n**The run was stopped before its end, before the learning rate fell: these weights are interim.**"
    text = f"""# Skill encoder

Our own weights on top of {weights.record["base"]["name"]} (22 M parameters), for ranking skills and occupations by a
text. The base model is not in this folder: `encoder.json` names it by SHA-256 and loading refuses any other.

| file | size | what |
| --- | ---: | --- |
{chr(10).join(f"| `{name}` | {size:.1f} MB | {_WHAT[name]} |" for name, size in sizes.items())}

## Training

`{training["command"]}`

On {training["taxonomy"]}: {training["steps_done"]} of {settings["steps"]} planned steps of {settings["batch"]} examples
({training["examples"]:,} in all), seed {settings["seed"]}, rate {settings["rate"]:g}, texts of at most
{training["max_tokens"]} tokens, on one processor thread. Trained: {training["what"]}.
Of the change {settings["keep"]:.0%} is kept: the saved weights lie between the base and the trained ones.
The token table: {settings["table_steps"]} steps of {settings["table_batch"]} examples.{stopped}
Each text is compared with all concepts of its kind at every step ({training["concepts"]:,} in all).

Examples: {shares}. They come from ESCO and O*NET (names, descriptions, relations, tasks, technologies; CC BY 4.0,
(c) European Union; O*NET, USDOL/ETA), the SkillSkape and SkillSpan train splits (MIT) and sentences of our own making.
Held out by `skillmatch.matching.training.holdout` (seed {training["held_out_seed"]}): all aliases of
{training["held_out_skills"]:,} skills, the skill links of {training["held_out_occupations"]:,} occupations.
{"The log of the run is `training.log`." if log.exists() else ""}

## Figures

Percent, with 95 % bootstrap intervals; a candidate scores with {scored}.
`tuned` is the transformer alone, `table` the token table alone, `fused` both
({1 - weights.table_share:.2f} / {weights.table_share:.2f}).
How much of the change is kept and the table's share were chosen with up to 250 texts of each of these tasks in view
(`training.log`), so the figures flatter that choice a little. What is held out was in no training example, but was
in view for that choice too. Written by `python -m benchmarks.matching --card`.

{table}
## Limits

English only. A likeness is no probability: the linker calibrates it. Trained on European and American labour market
vocabularies; other words for the same work are served less well. Not for judging people: it ranks words.
"""
    (weights.folder / "README.md").write_text(text, encoding="utf-8")


_WHAT = {
    "delta.safetensors": "what training changed in the transformer, half precision",
    "table.safetensors": "the second view: one vector per word piece",
}
