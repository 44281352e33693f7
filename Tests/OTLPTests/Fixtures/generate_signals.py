#!/usr/bin/env python3
"""Writes the fixtures of traces, metrics and JSON: requests encoded by Google's protobuf runtime, and the same as OTLP/JSON.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install opentelemetry-proto
    /tmp/venv/bin/python generate_signals.py        # writes next to itself

The JSON is written by the few lines below from the messages' descriptors, by the rules of
https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding, since `google.protobuf.json_format` writes ids in base64 and
enums by name.
"""
import base64
import json
import math
import pathlib
import random
import struct

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList
from opentelemetry.proto.metrics.v1.metrics_pb2 import Exemplar

HERE = pathlib.Path(__file__).parent
IDS = {"trace_id", "span_id", "parent_span_id"}
QUOTED = {FieldDescriptor.CPPTYPE_INT64, FieldDescriptor.CPPTYPE_UINT64}


def scalar_json(field, value):
    if field.message_type:
        return message_json(value)
    if field.type == FieldDescriptor.TYPE_BYTES:
        return value.hex() if field.name in IDS else base64.b64encode(value).decode()
    if field.cpp_type in QUOTED:
        return str(value)
    if field.type == FieldDescriptor.TYPE_DOUBLE and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def message_json(message):
    result = {}
    for field, value in message.ListFields():
        repeated = getattr(field, "is_repeated", None)
        if repeated is None:
            repeated = field.label == FieldDescriptor.LABEL_REPEATED
        result[field.json_name] = (
            [scalar_json(field, element) for element in value] if repeated else scalar_json(field, value)
        )
    return result


def attribute(key, **member):
    return KeyValue(key=key, value=AnyValue(**member))


def attributes():
    nested = ArrayValue(values=[AnyValue(int_value=-1), AnyValue(string_value="zwei"), AnyValue()])
    pairs = KeyValueList(values=[attribute("a", array_value=nested), KeyValue(key="")])
    return [
        attribute("string", string_value="größer \"quoted\" \\ / \b\f\n\r\t\u0001\u007f 🛰️ \u2028"),
        attribute("string.empty", string_value=""),
        attribute("bool", bool_value=True),
        attribute("bool.false", bool_value=False),
        attribute("int.max", int_value=(1 << 63) - 1),
        attribute("int.min", int_value=-(1 << 63)),
        attribute("int.zero", int_value=0),
        attribute("double", double_value=3.25),
        attribute("double.third", double_value=1 / 3),
        attribute("double.big", double_value=1.7976931348623157e308),
        attribute("double.small", double_value=5e-324),
        attribute("double.-0", double_value=-0.0),
        attribute("double.inf", double_value=float("-inf")),
        attribute("double.nan", double_value=float("nan")),
        attribute("bytes", bytes_value=bytes(range(256))),
        attribute("bytes.1", bytes_value=b"\xff"),
        attribute("bytes.2", bytes_value=b"\xff\xfe"),
        attribute("bytes.empty", bytes_value=b""),
        attribute("array", array_value=nested),
        attribute("array.empty", array_value=ArrayValue()),
        attribute("kvlist", kvlist_value=pairs),
        KeyValue(key="none"),
    ]


def frame(group, index):
    group.schema_url = f"https://example.test/schema/{index}" if index else ""
    group.resource.dropped_attributes_count = index * 1000
    group.resource.attributes.extend([
        attribute("service.name", string_value="bench"), attribute("bench.run_id", string_value=f"run-{index}"),
    ])


def name_scope(scope):
    scope.schema_url = "scope-schema"
    scope.scope.name = "scope"
    scope.scope.version = "1.2.3"
    scope.scope.dropped_attributes_count = 70000
    scope.scope.attributes.append(attribute("scope.attribute", bool_value=True))


def logs():
    request = ExportLogsServiceRequest()
    group = request.resource_logs.add()
    frame(group, 1)
    scope = group.scope_logs.add()
    name_scope(scope)
    scope.log_records.add(
        time_unix_nano=1_700_000_000_000_000_001, observed_time_unix_nano=(1 << 64) - 1, severity_number=17,
        severity_text="ERROR", event_name="event", body=AnyValue(string_value="body"), attributes=attributes(),
        dropped_attributes_count=(1 << 32) - 1, flags=0x101, trace_id=bytes(range(0xA0, 0xB0)), span_id=bytes(range(1, 9)),
    )
    scope.log_records.add()
    return request


def traces():
    request = ExportTraceServiceRequest()
    for index in range(2):
        group = request.resource_spans.add()
        frame(group, index)
        scope = group.scope_spans.add()
        if index:
            name_scope(scope)
        for number in range(index + 2):
            span = scope.spans.add(
                trace_id=bytes(range(0xA0, 0xB0)), span_id=bytes(range(number + 1, number + 9)), name=f"span.{number} é",
                start_time_unix_nano=1_700_000_000_000_000_000 + number,
                end_time_unix_nano=1_700_000_000_000_000_000 + 2 * number, kind=number % 6,
                attributes=[attribute("bench.id", int_value=index << 40 | number)],
            )
            if number:
                span.parent_span_id = bytes(range(1, 9))
                span.trace_state = "vendor=value,other=1"
                span.flags = 0x301
                span.dropped_attributes_count = 1
                span.dropped_events_count = 2
                span.dropped_links_count = 3
                span.status.code = 2
                span.status.message = "it failed"
                span.attributes.extend(attributes())
                for event in range(3):
                    span.events.add(
                        time_unix_nano=1_700_000_000_000_000_000 + event, name=f"event.{event}",
                        attributes=[attribute("event.attribute", int_value=event)] * event, dropped_attributes_count=event * 9,
                    )
                for link in range(2):
                    span.links.add(
                        trace_id=bytes([0xC0 + link] * 16), span_id=bytes([0xD0 + link] * 8), trace_state="link=1" * link,
                        attributes=[attribute("link.attribute", double_value=0.5)] * link, dropped_attributes_count=link * 8,
                        flags=0x100 * link,
                    )
        scope.spans.add()
    return request


def metrics():
    request = ExportMetricsServiceRequest()
    group = request.resource_metrics.add()
    frame(group, 0)
    scope = group.scope_metrics.add()
    name_scope(scope)
    start, time = 1_700_000_000_000_000_000, 1_700_000_060_000_000_000
    exemplars = [
        Exemplar(time_unix_nano=time - 1, as_int=-7, span_id=bytes(range(1, 9)), trace_id=bytes(range(0xA0, 0xB0)),
                 filtered_attributes=[attribute("filtered", bool_value=True)]),
        Exemplar(time_unix_nano=time - 2, as_double=2.5),
        Exemplar(),
    ]
    gauge = scope.metrics.add(name="gauge", description="a gauge – größer", unit="By")
    gauge.metadata.append(attribute("meta", string_value="data"))
    gauge.gauge.data_points.add(time_unix_nano=time, as_double=-0.0, attributes=attributes())
    gauge.gauge.data_points.add(time_unix_nano=time, as_int=0, flags=1)
    gauge.gauge.data_points.add(time_unix_nano=time)
    total = scope.metrics.add(name="sum", unit="{request}").sum
    total.aggregation_temporality = 2
    total.is_monotonic = True
    for value in [0, 1, -1, (1 << 63) - 1, -(1 << 63)]:
        total.data_points.add(start_time_unix_nano=start, time_unix_nano=time, as_int=value, exemplars=exemplars,
                              attributes=[attribute("index", int_value=value)])
    delta = scope.metrics.add(name="delta").sum
    delta.aggregation_temporality = 1
    delta.data_points.add(start_time_unix_nano=start, time_unix_nano=time, as_double=1e-7)
    histogram = scope.metrics.add(name="histogram", unit="s").histogram
    histogram.aggregation_temporality = 2
    histogram.data_points.add(
        start_time_unix_nano=start, time_unix_nano=time, count=(1 << 63) + 5, sum=0.0, bucket_counts=[1 << 63, 2, 0, 3],
        explicit_bounds=[0.0, 5.5, 1e300], min=-1.5, max=1e301, exemplars=exemplars, flags=0,
        attributes=[attribute("a", string_value="b")],
    )
    histogram.data_points.add(start_time_unix_nano=start, time_unix_nano=time, count=2)
    exponential = scope.metrics.add(name="exponential").exponential_histogram
    exponential.aggregation_temporality = 1
    point = exponential.data_points.add(
        start_time_unix_nano=start, time_unix_nano=time, count=10, sum=-3.5, scale=-10, zero_count=3, min=-8.0, max=9.0,
        zero_threshold=0.125, exemplars=exemplars, attributes=[attribute("a", string_value="b")], flags=1,
    )
    point.positive.offset = -2147483648
    point.positive.bucket_counts.extend([0, 1, 300, (1 << 64) - 1])
    point.negative.offset = 2147483647
    point.negative.bucket_counts.extend([4])
    exponential.data_points.add(time_unix_nano=time, scale=20)
    summary = scope.metrics.add(name="summary").summary
    point = summary.data_points.add(start_time_unix_nano=start, time_unix_nano=time, count=5, sum=12.5,
                                    attributes=[attribute("a", string_value="b")], flags=1)
    for quantile in [0.0, 0.5, 1.0]:
        point.quantile_values.add(quantile=quantile, value=quantile * 8)
    scope.metrics.add(name="none")
    return request


def mutations(name, message, base):
    """Damaged requests with the runtime's verdict: `count`, then for each u16 size, u8 accepted, bytes."""
    generator = random.Random(20250102)
    cases = []
    for _ in range(300):
        data = bytearray(base)
        for _ in range(generator.choice([1, 1, 1, 2, 4])):
            position = generator.randrange(len(data))
            action = generator.randrange(4)
            if action == 0:
                data[position] ^= 1 << generator.randrange(8)
            elif action == 1:
                data[position] = generator.choice([0, 1, 0x0A, 0x12, 0x7F, 0x80, 0xFF])
            elif action == 2:
                del data[position:position + generator.randrange(1, 4)]
            else:
                data[position:position] = generator.randbytes(generator.randrange(1, 4))
            if not data:
                break
        try:
            message().ParseFromString(bytes(data))
            accepted = 1
        except DecodeError:
            accepted = 0
        cases.append(struct.pack("<HB", len(data), accepted) + bytes(data))
    (HERE / f"{name}.mutations.bin").write_bytes(struct.pack("<I", len(cases)) + b"".join(cases))


for name, request in [("logs", logs()), ("traces", traces()), ("metrics", metrics())]:
    (HERE / f"{name}.bin").write_bytes(request.SerializeToString())
    (HERE / f"{name}.otlp.json").write_text(json.dumps(message_json(request), ensure_ascii=False, indent=1) + "\n")
    # The same with everything escaped that JSON lets one escape, and no white space.
    (HERE / f"{name}.escaped.otlp.json").write_text(json.dumps(message_json(request), separators=(",", ":")))
# Mutations of shorter requests: a span with everything, and two metrics without the long attributes.
short = traces()
del short.resource_spans[0].scope_spans[0].spans[1].attributes[1:]
mutations("traces", ExportTraceServiceRequest,
          ExportTraceServiceRequest(resource_spans=short.resource_spans[:1]).SerializeToString())
short = metrics()
del short.resource_metrics[0].scope_metrics[0].metrics[0].gauge.data_points[0].attributes[:]
del short.resource_metrics[0].scope_metrics[0].metrics[1].sum.data_points[1:]
mutations("metrics", ExportMetricsServiceRequest, short.SerializeToString())
