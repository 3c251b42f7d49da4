"""What was measured, against what was to be reached."""

from __future__ import annotations

from benchmarks.api.server import Load


class Table:
    """What was measured, against what was to be reached."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def add(self, name: str, value: float, unit: str, target: float, *, least: bool = False) -> None:
        met = value >= target if least else value <= target
        self.rows.append({"name": name, "value": round(value, 3), "unit": unit, "target": target, "met": met})
        sign = ">=" if least else "<="
        print(f"{'ok  ' if met else 'MISS'} {name}: {value:.4g} {unit} (target {sign} {target:g})", flush=True)

    def load(self, name: str, found: Load, rate: float, p99: float | None) -> None:
        self.add(f"{name}, answers a second", found.per_second, "1/s", rate, least=True)
        if p99 is not None:
            self.add(f"{name}, p99", found.p99, "ms", p99)
        self.add(f"{name}, failures", found.failures, "", 0)
        print(f"     {name}: p50 {found.p50:.3g} ms, p99 {found.p99:.3g} ms", flush=True)
