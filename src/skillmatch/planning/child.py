"""The process that HiGHS runs in, so that it can be killed: ``python -m skillmatch.planning.child``.

Reads the path of a problem (.npz) from each line of its input, writes the answer beside it and a line to its output.
It imports nothing of skillmatch: what it needs is in the file.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, hstack, identity, vstack


def matrix(given: dict[str, NDArray[Any]]) -> tuple[csr_matrix, NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The constraints ``A z <= b``, the gains per variable and their upper ends, for z = options but nothing, floors.

    First everybody's "at most one", then the limits, then the floors: what a floor pays for is at most what is used.
    """
    shape = (len(given["value"]), len(given["capacity"]))
    use = csr_matrix((given["data"], given["indices"], given["indptr"]), shape)
    start, floor = given["start"], given["reward"] > 0
    kept = np.ones(shape[0], bool)
    kept[start[:-1]] = False
    person = np.repeat(np.arange(len(start) - 1), np.diff(start))[kept]
    count, floors = int(kept.sum()), int(floor.sum())
    choose = csr_matrix((np.ones(count), (person, np.arange(count))), (len(start) - 1, count))
    by_row = use[kept].T.tocsr()
    size = np.maximum(given["capacity"], 1.0)  # rows of one size: the solver's tolerances are absolute
    limits = csr_matrix(by_row[~floor].multiply(1 / size[~floor][:, None]))
    blocks = [
        hstack([choose, csr_matrix((len(start) - 1, floors))]),
        hstack([limits, csr_matrix((limits.shape[0], floors))]),
    ]
    if floors:
        blocks.append(hstack([-by_row[floor], identity(floors)]))
    right = [np.ones(len(start) - 1), given["capacity"][~floor] / size[~floor], np.zeros(floors)]
    gains = np.concatenate([given["value"][kept], given["reward"][floor]])
    most = np.concatenate([np.ones(count), given["capacity"][floor]])
    return vstack(blocks).tocsr(), np.concatenate(right), gains, most


def answer(given: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """The multipliers of the relaxation where they are asked for, and the best choice found with its bound."""
    people = len(given["start"]) - 1
    floor = given["reward"] > 0
    constraints, right, gains, most = matrix(given)
    found: dict[str, Any] = {"bound": np.inf, "share": np.zeros(0)}
    options = {"presolve": True, "disp": False, "time_limit": float(given["seconds"])}
    if given["relaxed"]:
        linear = linprog(
            -gains,
            A_ub=constraints,
            b_ub=right,
            bounds=np.column_stack([0 * most, most]),
            method="highs-ds",
            options=options,
        )
        if linear.status == 0:
            duals = -linear.ineqlin.marginals[people:]
            multipliers = np.zeros(len(floor))
            multipliers[~floor] = duals[: int((~floor).sum())] / np.maximum(given["capacity"], 1.0)[~floor]
            multipliers[floor] = -duals[int((~floor).sum()) :]
            found |= {"multipliers": multipliers, "share": linear.x[: len(linear.x) - int(floor.sum())]}
    if given["whole"]:
        integral = np.concatenate([np.ones(len(gains) - int(floor.sum())), np.zeros(int(floor.sum()))])
        options |= {"mip_rel_gap": float(given["gap"])}
        if given["nodes"] > 0:
            options["node_limit"] = int(given["nodes"])
        done = milp(
            -gains,
            integrality=integral,
            bounds=Bounds(np.zeros(len(gains)), most),
            constraints=LinearConstraint(constraints, -np.inf, right),
            options=options,
        )
        if done.x is not None:
            found["chosen"] = np.round(done.x[: len(gains) - int(floor.sum())])
        if done.mip_dual_bound is not None and np.isfinite(done.mip_dual_bound):
            found["bound"] = -done.mip_dual_bound
        found["ended"] = done.status
    return found


def end_with(parent: int) -> None:
    """End this process when its parent has ended, however: nobody would read the answer."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)


def main() -> None:
    """Answer one problem after the other until the input ends."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()  # HiGHS lets other threads go on
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # HiGHS prints warnings there whatever it is told
    for line in sys.stdin:
        path = line.strip()
        with np.load(path) as file:
            given = {name: file[name] for name in file.files}
        np.savez(path + ".out.npz", **answer(given))
        replies.write("done\n")
        replies.flush()


if __name__ == "__main__":
    main()
