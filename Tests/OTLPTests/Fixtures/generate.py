#!/usr/bin/env python3
"""Writes the fixtures of OTLPTests: logs requests encoded by Google's protobuf runtime, each with its content as JSON.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install opentelemetry-proto
    /tmp/venv/bin/python generate.py        # writes next to itself

The JSON is written from the parsed bytes, not from the values given, so it is what that runtime reads. Numbers that JSON
cannot hold exactly are strings: 64-bit integers in decimal, doubles as the hexadecimal digits of their bits. Bytes are
hexadecimal.
"""
import json
import pathlib
import random
import struct

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest, ExportLogsServiceResponse
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue, KeyValueList
from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord

HERE = pathlib.Path(__file__).parent


def attribute(key, **member):
    return KeyValue(key=key, value=AnyValue(**member))


def value_json(value):
    kind = value.WhichOneof("value")
    if kind is None:
        return {"empty": True}
    member = getattr(value, kind)
    if kind == "int_value":
        return {"int": str(member)}
    if kind == "double_value":
        return {"double": struct.pack(">d", member).hex()}
    if kind == "bytes_value":
        return {"bytes": member.hex()}
    if kind == "array_value":
        return {"array": [value_json(element) for element in member.values]}
    if kind == "kvlist_value":
        return {"kvlist": attributes_json(member.values)}
    return {kind.removesuffix("_value"): member}


def attributes_json(attributes):
    return [{"key": pair.key, "value": value_json(pair.value)} for pair in attributes]


def record_json(record):
    return {
        "time": str(record.time_unix_nano),
        "observed": str(record.observed_time_unix_nano),
        "severity_number": record.severity_number,
        "severity_text": record.severity_text,
        "event_name": record.event_name,
        "body": value_json(record.body) if record.HasField("body") else None,
        "attributes": attributes_json(record.attributes),
        "dropped": record.dropped_attributes_count,
        "flags": record.flags,
        "trace_id": record.trace_id.hex(),
        "span_id": record.span_id.hex(),
    }


def request_json(request):
    return [
        {
            "attributes": attributes_json(group.resource.attributes),
            "dropped": group.resource.dropped_attributes_count,
            "schema_url": group.schema_url,
            "scopes": [
                {
                    "name": scope.scope.name,
                    "version": scope.scope.version,
                    "attributes": attributes_json(scope.scope.attributes),
                    "dropped": scope.scope.dropped_attributes_count,
                    "schema_url": scope.schema_url,
                    "log_records": [record_json(record) for record in scope.log_records],
                }
                for scope in group.scope_logs
            ],
        }
        for group in request.resource_logs
    ]


def write(name, data):
    request = ExportLogsServiceRequest()
    request.ParseFromString(data)
    (HERE / f"{name}.bin").write_bytes(data)
    (HERE / f"{name}.json").write_text(json.dumps(request_json(request), ensure_ascii=False, indent=1) + "\n")


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number, payload):
    """A length-delimited field, by hand: for what the runtime would not write."""
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def values():
    """Every kind of AnyValue, at its edges, as attributes and as bodies."""
    request = ExportLogsServiceRequest()
    records = request.resource_logs.add().scope_logs.add().log_records
    record = records.add(event_name="values")
    nested = AnyValue(array_value=ArrayValue(values=[AnyValue(int_value=1), AnyValue(string_value="zwei"), AnyValue()]))
    pairs = KeyValueList(values=[attribute("a", int_value=-1), KeyValue(key="nested", value=nested), KeyValue(key="")])
    record.attributes.extend([
        attribute("string", string_value="text"),
        attribute("string.empty", string_value=""),
        attribute("bool.true", bool_value=True),
        attribute("bool.false", bool_value=False),
        attribute("int.zero", int_value=0),
        attribute("int.127", int_value=127),
        attribute("int.128", int_value=128),
        attribute("int.2^40", int_value=1 << 40),
        attribute("int.2^49-1", int_value=(1 << 49) - 1),
        attribute("int.2^56-1", int_value=(1 << 56) - 1),
        attribute("int.2^56", int_value=1 << 56),
        attribute("int.max", int_value=(1 << 63) - 1),
        attribute("int.min", int_value=-(1 << 63)),
        attribute("int.-1", int_value=-1),
        attribute("double", double_value=3.25),
        attribute("double.-0", double_value=-0.0),
        attribute("double.nan", double_value=float("nan")),
        attribute("double.inf", double_value=float("-inf")),
        attribute("double.subnormal", double_value=5e-324),
        attribute("bytes", bytes_value=bytes(range(256))),
        attribute("bytes.empty", bytes_value=b""),
        attribute("array", array_value=nested.array_value),
        attribute("array.empty", array_value=ArrayValue()),
        attribute("kvlist", kvlist_value=pairs),
        attribute("kvlist.empty", kvlist_value=KeyValueList()),
        KeyValue(key="none"),
        attribute("twice", int_value=1),
        attribute("twice", int_value=2),
    ])
    for member in [dict(string_value="body"), dict(int_value=7), dict(kvlist_value=pairs), dict()]:
        records.add(body=AnyValue(**member))
    records.add()
    write("values", request.SerializeToString())


def envelope():
    """Several resources and scopes, all record fields, multi-byte UTF-8, dropped counts, ids."""
    request = ExportLogsServiceRequest()
    for index in range(3):
        group = request.resource_logs.add(schema_url=f"https://example.test/schema/{index}" if index else "")
        group.resource.dropped_attributes_count = index * 1000
        group.resource.attributes.extend([
            attribute("service.name", string_value=["bench", "größer", "遥測 🛰️"][index]),
            attribute("bench.run_id", string_value=f"run-{index}"),
        ])
        for part in range(index + 1):
            scope = group.scope_logs.add(schema_url="scope-schema" if part else "")
            if part != 1:
                scope.scope.name = f"scope.{part}"
                scope.scope.version = "1.2.3"
                scope.scope.dropped_attributes_count = part * 70000
                scope.scope.attributes.append(attribute("scope.attribute", bool_value=True))
            for number in range(part + 2):
                scope.log_records.append(LogRecord(
                    time_unix_nano=1_700_000_000_000_000_000 + number,
                    observed_time_unix_nano=(1 << 64) - 1 - number,
                    severity_number=number * 4 + 1,
                    severity_text=["INFO", "", "ВНИМАНИЕ"][number % 3],
                    event_name=f"event.{number}" if number != 1 else "イベント",
                    body=AnyValue(string_value="naïve — 𝔘𝔫𝔦𝔠𝔬𝔡𝔢"),
                    attributes=[attribute("bench.id", int_value=index << 40 | number)],
                    dropped_attributes_count=(1 << 32) - 1 if number == 2 else number,
                    flags=0x101 if number else 0,
                    trace_id=bytes(range(16)) if number else b"",
                    span_id=bytes(range(0xF0, 0xF8)) if number else b"",
                ))
    write("envelope", request.SerializeToString())


def unknown():
    """Unknown fields of every wire type at every level, groups, high field numbers, fields out of order and repeated."""
    unknown = (
        varint(200 << 3 | 0) + varint((1 << 64) - 1)
        + varint(201 << 3 | 1) + bytes(8)
        + varint(202 << 3 | 2) + varint(3) + b"\xff\xfe\x00"
        + varint(203 << 3 | 5) + bytes(4)
        + varint(204 << 3 | 3) + varint(1 << 3 | 0) + b"\x05" + varint(9 << 3 | 3) + varint(9 << 3 | 4)
        + varint(204 << 3 | 4)
        + varint(((1 << 29) - 1) << 3 | 0) + b"\x01"
    )
    value = unknown + AnyValue(int_value=42).SerializeToString() + unknown
    pair = field(2, value) + unknown + field(1, b"answer")
    array = field(5, unknown + field(1, AnyValue(bool_value=True).SerializeToString()) + unknown)
    # Two members of the oneof: the last wins. Members with another wire type than theirs count as unknown.
    both = AnyValue(string_value="first").SerializeToString() + AnyValue(double_value=2.0).SerializeToString()
    wrong_type = varint(3 << 3 | 2) + varint(1) + b"x" + AnyValue(string_value="kept").SerializeToString()
    record = (
        field(12, b"early") + unknown + field(6, pair)
        + varint(1 << 3 | 1) + struct.pack("<Q", 5) + field(6, field(1, b"array") + field(2, array))
        + varint(1 << 3 | 1) + struct.pack("<Q", 6) + field(6, field(1, b"both") + field(2, both))
        + field(6, field(1, b"wrong") + field(2, wrong_type)) + varint(1 << 3 | 0) + b"\x07" + unknown
        + field(5, AnyValue(string_value="body").SerializeToString()) + field(12, b"late")
    )
    scope = field(1, b"scope") + unknown
    # Records before their scope, scopes before their resource, and a resource in two parts, which protobuf merges.
    scope_logs = field(2, record) + unknown + field(1, scope) + field(2, LogRecord(event_name="second").SerializeToString())
    first_part = field(1, attribute("a", int_value=1).SerializeToString()) + unknown
    second_part = varint(2 << 3 | 0) + b"\x09" + field(1, attribute("b", int_value=2).SerializeToString())
    resource_logs = field(2, scope_logs) + field(1, first_part) + unknown + field(1, second_part) + field(3, b"url")
    # A tag and a length that are longer than they need to be are valid.
    padded = bytes([0x8A, 0x00]) + bytes([0x80 | len(b""), 0x80, 0x00])
    write("unknown", unknown + field(1, resource_logs) + padded)


def batch():
    """32 events as the SDK sends them: one integer attribute that identifies the item."""
    request = ExportLogsServiceRequest()
    group = request.resource_logs.add()
    group.resource.attributes.append(attribute("bench.run_id", string_value="fixture"))
    scope = group.scope_logs.add()
    scope.scope.name = "telemetry"
    for number in range(32):
        time = 1_700_000_000_000_000_000 + number * 1000
        scope.log_records.add(
            time_unix_nano=time, observed_time_unix_nano=time, event_name="order.created", severity_number=9,
            attributes=[attribute("bench.id", int_value=3 << 40 | number)],
        )
    write("batch", request.SerializeToString())


def mutations():
    """Damaged requests with the runtime's verdict: `count`, then for each u16 size, u8 accepted, u16 records, bytes."""
    generator = random.Random(20250101)
    bases = [(HERE / "unknown.bin").read_bytes()]
    for size in range(1, 4):
        request = ExportLogsServiceRequest()
        group = request.resource_logs.add()
        group.resource.attributes.append(attribute("run", string_value="ü"))
        for number in range(size):
            group.scope_logs.add().log_records.add(
                time_unix_nano=number, event_name="e", body=AnyValue(array_value=ArrayValue(values=[AnyValue(int_value=1)])),
                attributes=[attribute("bench.id", int_value=number << 30), attribute("d", double_value=1.5)],
            )
        bases.append(request.SerializeToString())
    cases = []
    for number in range(600):
        data = bytearray(bases[number % 4 if number % 8 else 0])
        for _ in range(generator.choice([1, 1, 1, 2, 4])):
            position = generator.randrange(len(data))
            action = generator.randrange(5)
            if action == 0:
                data[position] ^= 1 << generator.randrange(8)
            elif action == 1:
                data[position] = generator.choice([0, 1, 0x0A, 0x12, 0x7F, 0x80, 0xFF])
            elif action == 2:
                del data[position:position + generator.randrange(1, 4)]
            elif action == 3:
                data[position:position] = generator.randbytes(generator.randrange(1, 4))
            elif len(data) > 2:
                del data[position:]
            if not data:
                break
        request = ExportLogsServiceRequest()
        try:
            request.ParseFromString(bytes(data))
            records = sum(len(scope.log_records) for group in request.resource_logs for scope in group.scope_logs)
            verdict = (1, records)
        except DecodeError:
            verdict = (0, 0)
        cases.append(struct.pack("<HBH", len(data), *verdict) + bytes(data))
    (HERE / "mutations.bin").write_bytes(struct.pack("<I", len(cases)) + b"".join(cases))


def response():
    """A partial success, for the sender's side."""
    answer = ExportLogsServiceResponse()
    answer.partial_success.rejected_log_records = 12
    answer.partial_success.error_message = "trop tard – 12 événements"
    (HERE / "partial-success.bin").write_bytes(answer.SerializeToString())


values()
envelope()
unknown()
batch()
response()
mutations()
write("empty", b"")
