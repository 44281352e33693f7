"""PyPI hdrhistogram reads what we write: the log of a run, and the histograms of its result."""
import base64
import json
import pathlib
import subprocess
import tempfile

from hdrh.histogram import HdrHistogram
from hdrh.log import HistogramLogReader

PERCENTILES = {"p50_ns": 50, "p90_ns": 90, "p95_ns": 95, "p99_ns": 99, "p99_9_ns": 99.9}
METRICS = {"response": "response_time", "service": "service_time", "lag": "lag", "flush": "flush_latency",
           "freshness": "freshness"}


def ours():
    return HdrHistogram(1, 3_600_000_000_000, 3)


def check(summary, histogram, name):
    """Their figures of a histogram are those of our summary."""
    assert histogram.get_total_count() == summary["count"], name
    assert histogram.get_max_value() == summary["max_ns"], name
    assert abs(histogram.get_mean_value() - summary["mean_ns"]) <= summary["mean_ns"] * 1e-9, name
    for key, percentile in PERCENTILES.items():
        if key in summary:
            assert histogram.get_value_at_percentile(percentile) == summary[key], f"{name} {key}"


def our_log(executables):
    """Runs a profile, and compares the sums of its log and the embedded histograms with the result's figures."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run([f"{executables}/bench", "--profile", "smoke", "--duration", "2s", "--quiet", "--json",
                              "--out", folder], capture_output=True, text=True, timeout=120)
        assert run.returncode in (0, 3), f"bench ended with {run.returncode}\n{run.stdout}\n{run.stderr}"
        result = json.loads(run.stdout)
        [path] = pathlib.Path(folder).glob("*.hlog")
        reader = HistogramLogReader(str(path), ours())
        sums, lines = {}, 0
        while (histogram := reader.get_next_interval_histogram()) is not None:
            sums.setdefault(histogram.get_tag(), ours()).add(histogram)
            lines += 1
        assert reader.get_start_time_sec() > 1_600_000_000
    latency = result["repetitions"][0]["phases"][0]["latency"]
    compared = 0
    for word, metric in METRICS.items():
        if metric in latency:
            check(latency[metric], sums[f"main.{word}"], f"the log's {metric}")
            check(latency[metric], HdrHistogram.decode(latency[metric]["hdr"]), f"the result's {metric}")
            compared += 1
    assert compared >= 4, f"only {compared} distributions were there to compare"
    return f"{lines} lines, {compared} distributions"
