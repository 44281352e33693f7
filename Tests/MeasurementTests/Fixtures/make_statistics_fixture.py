"""Writes statistics.json: what SciPy and NumPy say of small samples.

    python3 make_statistics_fixture.py > statistics.json    (SciPy 1.17.1, NumPy 2.4.6)

Exact p values without ties come from SciPy's own tables (`method="exact"`), those with ties from its permutation tests
over all labellings. Ends of intervals are found by brute force: the test, moved along all candidates for a shift, which
does not use the construction that the tested code uses.
"""
import itertools
import json
import sys

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20240607)


def rounded(values, digits):
    return [round(float(v), digits) for v in values]


def signed_rank(values):
    used = [v for v in values if v != 0]
    if len(set(map(abs, used))) == len(used) and len(used) <= 50:
        p = stats.wilcoxon(used, zero_method="wilcox", method="exact").pvalue
    elif len(used) <= 13:
        # Every sign of every rank.
        p = stats.wilcoxon(used, method=stats.PermutationMethod(n_resamples=np.inf)).pvalue
    else:
        p = stats.wilcoxon(used, zero_method="wilcox", correction=True, method="approx").pvalue
    return {"values": values, "statistic": float(stats.wilcoxon(used, alternative="greater").statistic), "p": float(p)}


def mann_whitney(x, y):
    if len(set(x + y)) == len(x + y) and len(x) * len(y) <= 400:
        p = stats.mannwhitneyu(y, x, method="exact").pvalue
    elif len(x) + len(y) <= 16:
        # Twice the smaller tail over all labellings.
        def u(a, b, axis):
            return stats.mannwhitneyu(a, b, axis=axis).statistic
        p = stats.permutation_test((y, x), u, vectorized=True, n_resamples=np.inf).pvalue
    else:
        p = stats.mannwhitneyu(y, x, method="asymptotic", use_continuity=True).pvalue
    return {"baseline": x, "candidate": y, "statistic": float(stats.mannwhitneyu(y, x).statistic), "p": float(p)}


def paired_interval(values, confidence):
    """The shifts that the exact test does not reject: ends are where rejecting begins, among all averages of two."""
    ends = sorted({(a + b) / 2 for a, b in itertools.combinations_with_replacement(values, 2)})
    middles = [ends[0] - 1] + [(a + b) / 2 for a, b in zip(ends, ends[1:])] + [ends[-1] + 1]
    kept = [stats.wilcoxon([v - m for v in values], method="exact").pvalue > 1 - confidence for m in middles]
    if kept[0]:
        return None
    return [ends[kept.index(True) - 1], ends[len(kept) - 1 - kept[::-1].index(True)]]


def shift_interval(x, y, confidence):
    ends = sorted({b - a for a in x for b in y})
    middles = [ends[0] - 1] + [(a + b) / 2 for a, b in zip(ends, ends[1:])] + [ends[-1] + 1]
    kept = [stats.mannwhitneyu([v - m for v in y], x, method="exact").pvalue > 1 - confidence for m in middles]
    if kept[0]:
        return None
    return [ends[kept.index(True) - 1], ends[len(kept) - 1 - kept[::-1].index(True)]]


def intervals():
    rows = []
    for n, confidence in [(5, 0.95), (6, 0.95), (8, 0.95), (8, 0.9), (12, 0.99), (15, 0.95)]:
        values = rounded(rng.normal(0.05, 0.1, n), 6)
        found = paired_interval(values, confidence)
        rows.append({"values": values, "confidence": confidence, "interval": found})
    return rows


def shift_intervals():
    rows = []
    for n, m, confidence in [(3, 4, 0.95), (4, 4, 0.95), (5, 7, 0.95), (8, 6, 0.99), (10, 10, 0.95)]:
        x, y = rounded(rng.normal(0, 1, n), 5), rounded(rng.normal(0.7, 1, m), 5)
        rows.append(
            {"baseline": x, "candidate": y, "confidence": confidence, "interval": shift_interval(x, y, confidence)}
        )
    return rows


def wasserstein_pairs():
    """Pairs of samples of whole nanoseconds with the distance of their equally weighted mixtures on a log scale."""
    pairs = []
    for _ in range(6):
        a = np.exp(rng.normal(9, 0.4, 400)).astype(int)
        b = np.exp(rng.normal(9.1, 0.4, 400)).astype(int)
        pairs.append([a.tolist(), b.tolist()])
    distances = []
    for flips in itertools.product([0, 1], repeat=len(pairs)):
        left = np.concatenate([p[f] for p, f in zip(pairs, flips)])
        right = np.concatenate([p[1 - f] for p, f in zip(pairs, flips)])
        distances.append(float(stats.wasserstein_distance(np.log(left), np.log(right))))
    return {
        "pairs": pairs,
        "distance": distances[0],
        "p": sum(d >= distances[0] * (1 - 1e-9) for d in distances) / len(distances),
        "median_log_ratios": [float(np.log(np.sort(b)[199] / np.sort(a)[199])) for a, b in pairs],
    }


def energy(values):
    """The best split of a series, from distances written out."""
    distance = np.abs(np.subtract.outer(values, values))
    best = (-1, -np.inf)
    for split in range(5, len(values) - 4):
        for end in range(split + 5, len(values) + 1):
            n, m = split, end - split
            across = distance[:split, split:end].mean()
            left = distance[:split, :split].sum() / (n * (n - 1))
            right = distance[split:end, split:end].sum() / (m * (m - 1))
            value = n * m / (n + m) * (2 * across - left - right)
            if value > best[1]:
                best = (split, value)
    return {"values": values, "split": best[0], "energy": float(best[1])}


def theil_sen(x, y, confidence):
    """SciPy clamps the ends of an interval that the data cannot have; such a one is null here."""
    slope, intercept, low, high = (float(v) for v in stats.theilslopes(y, x, confidence))
    n = len(x)
    ties = sum(t * (t - 1) * (2 * t + 5) for v in (x, y) for t in np.unique(v, return_counts=True)[1])
    reach = stats.norm.ppf((1 + confidence) / 2) * np.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18)
    slopes = sum(a != b for a, b in itertools.combinations(x, 2))
    exists = round((slopes - reach) / 2) >= 1
    tau = float(stats.kendalltau(x, y).statistic)
    return {"x": x, "y": y, "confidence": confidence, "slope": slope, "intercept": intercept,
            "interval": [low, high] if exists else None, "tau": None if np.isnan(tau) else tau}


def theil_sens():
    rows = []
    for n, confidence in [(2, 0.95), (4, 0.95), (5, 0.99), (6, 0.99), (12, 0.99), (12, 0.95), (28, 0.99), (60, 0.99)]:
        x = [float(v) for v in range(n)]
        rows.append(theil_sen(x, rounded(3 + 0.5 * np.arange(n) + rng.normal(0, 2, n), 4), confidence))
    # Uneven steps, ties in y, ties in x, one wild value, a flat line.
    x = rounded(np.cumsum(rng.exponential(1, 20)), 3)
    rows.append(theil_sen(x, rounded(rng.normal(0, 1, 20), 1), 0.99))
    rows.append(theil_sen([float(v // 2) for v in range(16)], rounded(rng.normal(0, 1, 16), 0), 0.99))
    rows.append(theil_sen([float(v) for v in range(12)], [100.0] * 11 + [9000.0], 0.99))
    rows.append(theil_sen([float(v) for v in range(12)], [7.0] * 12, 0.99))
    return rows


signed = [signed_rank(rounded(rng.normal(shift, 1, n), 4))
          for n, shift in [(1, 0), (5, 2), (6, 1), (8, 0.2), (10, 0.8), (20, 0.3), (30, -0.4), (50, 0.2)]]
signed += [
    signed_rank([1.0, 1.0, -1.0, 2.0, 3.0, 3.0, -2.0, 5.0]),
    signed_rank([0.0, 0.0, 1.5, 2.5, -0.5, 3.5, 4.5, 5.5]),
    signed_rank([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
    signed_rank(rounded(rng.normal(0.2, 1, 80), 4)),
    signed_rank(rounded(rng.normal(0.2, 1, 80), 1)),
]
shifts = [mann_whitney(rounded(rng.normal(0, 1, n), 4), rounded(rng.normal(d, 1, m), 4))
          for n, m, d in [(1, 1, 0), (2, 5, 1), (4, 4, 3), (7, 7, 1), (10, 8, 0.4), (20, 20, 0.6), (3, 40, 1)]]
shifts += [
    mann_whitney([1.0, 2.0, 2.0, 3.0, 3.0, 3.0], [2.0, 3.0, 4.0, 4.0, 5.0]),
    mann_whitney([1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 2.0]),
    mann_whitney(rounded(rng.normal(0, 1, 30), 1), rounded(rng.normal(0.4, 1, 35), 1)),
]
json.dump(
    {
        "origin": f"SciPy {scipy.__version__}, NumPy {np.__version__}, make_statistics_fixture.py",
        "signed_rank": signed,
        "signed_rank_intervals": intervals(),
        "mann_whitney": shifts,
        "mann_whitney_intervals": shift_intervals(),
        "clopper_pearson": [
            {"successes": k, "trials": n, "confidence": c,
             "interval": [float(v) for v in stats.binomtest(k, n).proportion_ci(c, method="exact")]}
            for k, n, c in [(0, 40, 0.95), (1, 40, 0.95), (20, 40, 0.95), (40, 40, 0.95), (3, 7, 0.9), (17, 2000, 0.99)]
        ],
        "normal_quantiles": [[p, float(stats.norm.ppf(p))] for p in [1e-9, 0.001, 0.025, 0.5, 0.8, 0.975, 0.9999]],
        "student_quantiles": [
            [p, d, float(stats.t.ppf(p, d))] for p in [0.6, 0.8, 0.95, 0.975, 0.995] for d in [4, 5, 7, 11, 19, 100]
        ],
        "wasserstein": wasserstein_pairs(),
        "energy": [
            energy(rounded(np.concatenate([rng.normal(0, 1, 12), rng.normal(3, 1, 9)]), 4)),
            energy(rounded(np.concatenate([rng.normal(0, 1, 15), rng.normal(4, 1, 10), rng.normal(0, 1, 15)]), 4)),
            energy(rounded(rng.normal(0, 1, 30), 4)),
        ],
        "theil_sen": theil_sens(),
    },
    sys.stdout,
    indent=1,
)
print()
