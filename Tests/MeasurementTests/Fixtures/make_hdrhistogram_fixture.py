"""Writes hdrhistogram.json: figures of an independent implementation for values that the tests can make again.

    python3 -m venv venv && venv/bin/pip install hdrhistogram==0.10.8
    venv/bin/python make_hdrhistogram_fixture.py > hdrhistogram.json

Values come from SplitMix64 (state = seed), each shifted right by the case's shift: value = next() >> shift.
"""
import json
import sys

from hdrh.histogram import HdrHistogram

MASK = (1 << 64) - 1
PERCENTILES = [0.1, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100]


def split_mix(seed):
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield z ^ (z >> 31)


def case(name, seed, count, shift):
    histogram = HdrHistogram(1, 3_600_000_000_000, 3)
    numbers = split_mix(seed)
    for _ in range(count):
        assert histogram.record_value(next(numbers) >> shift)
    return {
        "name": name,
        "seed": seed,
        "count": count,
        "shift": shift,
        "encoded": histogram.encode().decode(),
        "mean": histogram.get_mean_value(),
        "stddev": histogram.get_stddev(),
        "min": histogram.get_min_value(),
        "max": histogram.get_max_value(),
        "percentiles": [[p, histogram.get_value_at_percentile(p)] for p in PERCENTILES],
    }


if __name__ == "__main__":
    json.dump(
        {
            "origin": "PyPI hdrhistogram 0.10.8, make_hdrhistogram_fixture.py",
            "cases": [
                case("below 2048", 1, 10_000, 53),
                case("microseconds", 2, 100_000, 44),
                case("milliseconds", 3, 10_000, 34),
                case("up to 37 minutes", 4, 1_000, 23),
                case("a single value", 5, 1, 40),
            ],
        },
        sys.stdout,
        indent=1,
    )
    print()
