"""What a run of mixed.json sends, worked out from the profile alone.

A second implementation of LoadEngine's choices (SeededHash, WorkloadMix.Choice, Payload): if the two differ, the test
fails, whichever of them is wrong.
"""
import json
import pathlib

PROFILE = pathlib.Path(__file__).parent / "mixed.json"
MASK = (1 << 64) - 1
SIGNALS = {"counter": "metrics", "gauge": "metrics", "histogram": "metrics", "span": "spans"}


def seeded_hash(stream, index):
    z = (stream + (index + 1) * 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


class Payload:
    """The texts of one operation of the mix."""

    def __init__(self, attributes, length, seed):
        self.count = max(0, attributes - 1)
        self.stream = seeded_hash(seed, 0)
        self.low, self.high = length["min"], length["max"]
        self.variants = 1
        if self.low != self.high:
            while self.variants < 64 and self.variants * 2 * (self.count + 1) * max(1, self.high) <= 8 << 20:
                self.variants *= 2
            self.variants = max(2, self.variants)

    def text(self, number, index):
        variant = seeded_hash(self.stream, number) & (self.variants - 1) if self.variants > 1 else 0
        stream = seeded_hash(self.stream, variant * (self.count + 1) + index)
        length = self.low + (stream * (self.high - self.low + 1) >> 64)
        return "".join(chr(97 + seeded_hash(stream, i) % 26) for i in range(length))

    def attributes(self, number):
        return {f"bench.attribute.{i:04}": self.text(number, i) for i in range(self.count)}

    def message(self, number):
        return self.text(number, self.count)


def expectation():
    """The items by id, and the measurements, of all operations of the profile."""
    profile = json.loads(PROFILE.read_text())
    workload, seed, producers = profile["workload"], profile["seed"], profile["producers"]
    parts = workload["operations"]
    for part in parts:
        length = part.get("value_length", workload["value_length"])
        part["payload"] = Payload(
            part.get("attributes", workload["attributes"]),
            length if isinstance(length, dict) else {"min": length, "max": length},
            seed,
        )
    total = sum(part["weight"] for part in parts)
    operations = profile["phases"][0]["count"]
    items = {}
    measurements = {"counter": 0, "histogram": 0, "gauge": {}}
    for producer in range(producers):
        stream = seeded_hash(seed, producer)
        item = 0
        share = operations // producers + (1 if producer < operations % producers else 0)
        for operation in range(share):
            point = seeded_hash(stream, operation) * total >> 64
            for part in parts:
                point -= part["weight"]
                if point < 0:
                    break
            kind = part["operation"]
            if kind == "gauge":
                measurements["gauge"][producer] = measurements["gauge"].get(producer, 0) + 1
            elif SIGNALS.get(kind) == "metrics":
                measurements[kind] += 1
            else:
                depth = part.get("depth", 1)
                for level in range(depth):
                    number = item + level
                    items[producer << 40 | number] = {
                        "kind": kind,
                        "attributes": part["payload"].attributes(number),
                        "message": part["payload"].message(number),
                        "parent": producer << 40 | (number - 1) if level else None,
                        "events": part.get("span_events", 0),
                    }
                item += depth
    return items, measurements
