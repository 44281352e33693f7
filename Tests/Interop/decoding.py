"""Reads OTLP requests with opentelemetry-proto and Google's protobuf runtime; nothing of ours."""
import base64
import json
import re

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

REQUESTS = {
    "/v1/logs": ExportLogsServiceRequest,
    "/v1/traces": ExportTraceServiceRequest,
    "/v1/metrics": ExportMetricsServiceRequest,
}
HEX_KEYS = {"traceId": 32, "spanId": 16, "parentSpanId": 16}
ENUM_KEYS = {"kind", "code", "severityNumber", "aggregationTemporality"}
LONG_KEYS = {"timeUnixNano", "startTimeUnixNano", "endTimeUnixNano", "observedTimeUnixNano", "intValue", "asInt", "count"}


def check_json(value, key=None):
    """The rules of OTLP/JSON that protobuf's own JSON does not have; returns the value as the latter writes it."""
    if isinstance(value, dict):
        for name in value:
            assert re.fullmatch("[a-z][A-Za-z0-9]*", name), f"{name} is not lowerCamelCase"
        return {name: check_json(member, name) for name, member in value.items()}
    if isinstance(value, list):
        return [check_json(element, "count" if key == "bucketCounts" else None) for element in value]
    if key in HEX_KEYS:
        assert re.fullmatch("[0-9a-f]*", value) and len(value) in (0, HEX_KEYS[key]), f"{key} is {value}"
        return base64.b64encode(bytes.fromhex(value)).decode()
    if key in ENUM_KEYS:
        assert isinstance(value, int), f"{key} is {value!r}, an enumeration is an integer"
    if key in LONG_KEYS:
        assert isinstance(value, str), f"{key} is {value!r}, a 64-bit integer is a string"
    return value


def decode(path, content_type, body):
    """A request, whatever its encoding; unknown fields are errors in both."""
    message = REQUESTS[path]()
    if content_type == "application/json":
        json_format.ParseDict(check_json(json.loads(body)), message)
    else:
        assert content_type == "application/x-protobuf", content_type
        message.ParseFromString(body)
        size = message.ByteSize()
        message.DiscardUnknownFields()
        assert message.ByteSize() == size, "the request has fields that OTLP does not know"
    return message


def plain(value):
    """An AnyValue as a Python value."""
    kind = value.WhichOneof("value")
    return getattr(value, kind) if kind else None


def attributes(pairs):
    """Attributes as a dictionary; keys are unique."""
    result = {pair.key: plain(pair.value) for pair in pairs}
    assert len(result) == len(pairs), f"a key is there twice: {[pair.key for pair in pairs]}"
    return result
