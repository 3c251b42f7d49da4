"""Planning: plan, bound and time of our solvers beside foolish baselines and HiGHS on the whole."""
