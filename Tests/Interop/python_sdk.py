"""The OpenTelemetry SDK for Python as a sender to our sink."""
import contextlib
import json
import logging
import subprocess
import urllib.request

from capture import Capture
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

LOGS, SPANS, MEASUREMENTS = 1000, 1500, 300
PRODUCER = 1


def send(url, run, compression):
    """Sends logs, nested spans with events and links, and all kinds of instruments; returns when all are flushed."""
    resource = Resource.create({"service.name": "interop", "bench.run_id": run})
    settings = {"compression": Compression(compression)}
    number = iter(range(LOGS + SPANS))
    identifier = lambda: PRODUCER << 40 | next(number)

    logs = LoggerProvider(resource=resource)
    logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter(f"{url}/v1/logs", **settings)))
    logger = logging.getLogger("interop")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    handler = LoggingHandler(logger_provider=logs)
    handler.addFilter(without_path)
    logger.addHandler(handler)
    for index in range(LOGS):
        logger.info("line %d ü", index, extra={"bench.id": identifier(), "flag": True, "ratio": 0.5, "list": ["a", "b"]})
    logger.removeHandler(handler)

    traces = TracerProvider(resource=resource)
    traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(f"{url}/v1/traces", **settings), 4096))
    tracer = traces.get_tracer("interop", "1.0")
    for _ in range(SPANS // 3):
        with tracer.start_as_current_span("outer", attributes={"bench.id": identifier()}) as outer:
            outer.add_event("event", {"index": 1})
            with tracer.start_as_current_span("inner", attributes={"bench.id": identifier()}) as inner:
                inner.record_exception(ValueError("no such thing"))
                tracer.start_span("leaf", attributes={"bench.id": identifier()}).end()

    reader = PeriodicExportingMetricReader(OTLPMetricExporter(f"{url}/v1/metrics", **settings), 60_000)
    metrics = MeterProvider(resource=resource, metric_readers=[reader])
    meter = metrics.get_meter("interop", "1.0")
    counter, ups = meter.create_counter("bench.counter"), meter.create_up_down_counter("ups")
    histogram, gauge = meter.create_histogram("bench.histogram", "ms"), meter.create_gauge("bench.gauge")
    for index in range(MEASUREMENTS):
        # Two exports of the same streams: the second one's points have to go on from the first's.
        if index == MEASUREMENTS // 2:
            metrics.force_flush()
        about = {"bench.producer": PRODUCER}
        counter.add(1, about)
        ups.add(1 if index % 2 else -1)
        histogram.record(index * 1.5, about)
        gauge.set(index + 1, about)
    for provider in (logs, traces, metrics):
        assert provider.force_flush() is not False
        provider.shutdown()


def without_path(record):
    """Leaves the place of this checkout out of what is sent, and stored."""
    record.pathname = record.filename
    return True


@contextlib.contextmanager
def sink(executables):
    """Our receiver on a free port."""
    command = [f"{executables}/bench-sink", "--port", "0", "--quiet", "--exit-with-parent"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip().removeprefix("bench-sink listening on ")
    finally:
        process.stdin.close()
        process.wait(timeout=10)
        process.stdout.close()


def to_our_sink(executables, compression):
    """Sends everything to bench-sink and reads the ledger."""
    run = f"python-{compression}"
    with sink(executables) as url:
        send(url, run, compression)
        with urllib.request.urlopen(f"{url}/bench/ledger?run={run}") as answer:
            ledger = json.load(answer)
    check(ledger)
    return f"{ledger['distinct']} items, {ledger['signals']['metrics']['points']} points"


def check(ledger):
    """Every item and every measurement is there, once, and nothing is amiss."""
    assert ledger["distinct"] == LOGS + SPANS, f"{ledger['distinct']} of {LOGS + SPANS} items arrived"
    assert ledger["duplicated"] == ledger["foreign"] == ledger["malformed_requests"] == 0, ledger
    signals = ledger["signals"]
    for name, expected in (("logs", LOGS), ("spans", SPANS)):
        assert signals[name]["distinct"] == expected, f"{signals[name]['distinct']} of {expected} {name} arrived"
        assert signals[name]["invalid"] == 0, signals[name]
    assert ledger["wire_violations"] == [], ledger["wire_violations"]
    metrics = signals["metrics"]
    assert metrics["violations"] == 0, metrics["violation_messages"]
    streams = {stream["name"]: stream for stream in metrics["streams"]}
    assert streams["bench.counter"]["sum"] == MEASUREMENTS, streams["bench.counter"]
    assert streams["bench.histogram"]["count"] == MEASUREMENTS, streams["bench.histogram"]
    assert streams["bench.gauge"]["last"] == MEASUREMENTS, streams["bench.gauge"]
    assert streams["ups"]["sum"] == 0 and streams["ups"]["monotonic"] is False, streams["ups"]
    assert streams["bench.counter"]["points"] >= 2, streams["bench.counter"]


def store(folder):
    """Keeps the compressed requests as fixtures: one file a request, as it went over the wire."""
    for old in folder.glob("*.gz"):
        old.unlink()
    with Capture() as capture:
        send(capture.url, "python", "gzip")
    counts = {}
    for path, headers, body in capture.requests:
        assert headers["Content-Encoding"] == "gzip"
        signal = path.removeprefix("/v1/")
        counts[signal] = counts.get(signal, 0) + 1
        (folder / f"{signal}-{counts[signal]}.bin.gz").write_bytes(body)
    return str(folder)
