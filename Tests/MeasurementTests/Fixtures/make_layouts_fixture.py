"""Writes layouts.json: histograms of other layouts than ours by an independent implementation.

    python3 -m venv venv && venv/bin/pip install hdrhistogram==0.10.8
    venv/bin/python make_layouts_fixture.py > layouts.json

A histogram of each layout records the same values; `added` are the figures of one in our layout that all values of it
were added to, each as the smallest value of its slot, which is what HdrHistogram's `add` does.

Values come from SplitMix64 (state = seed), each shifted right: value = next() >> shift.
"""
import json
import sys

from hdrh.histogram import HdrHistogram
from make_hdrhistogram_fixture import split_mix

PERCENTILES = [10, 50, 90, 99, 99.9, 100]


def ours():
    return HdrHistogram(1, 3_600_000_000_000, 3)


def values(seed, count, shift):
    numbers = split_mix(seed)
    return [next(numbers) >> shift for _ in range(count)]


def layout(lowest, highest, digits, shift):
    histogram = HdrHistogram(lowest, highest, digits)
    for value in values(9, 3_000, shift):
        assert histogram.record_value(value), value
    added = ours()
    for index in range(histogram.counts_len):
        if count := histogram.get_count_at_index(index):
            added.record_value(histogram.get_value_from_index(index), count)
    return {
        "lowest": lowest, "highest": highest, "digits": digits, "encoded": histogram.encode().decode(),
        "count": added.get_total_count(), "max": added.get_max_value(), "mean": added.get_mean_value(),
        "percentiles": [[p, added.get_value_at_percentile(p)] for p in PERCENTILES],
    }


json.dump(
    {
        "origin": "PyPI hdrhistogram 0.10.8, make_layouts_fixture.py",
        "layouts": [
            layout(1, 3_600_000_000, 2, 40), layout(1, 10_000_000_000, 4, 32), layout(1000, 60_000_000_000, 3, 30),
            layout(1, 100_000_000, 1, 40), layout(20_000, 30_000_000_000, 2, 30), layout(1, 3_600_000_000, 5, 40),
        ],
    },
    sys.stdout,
    indent=1,
)
print()
