/// The messages that an exporter writes, each with the JSON names and kinds of its fields.
///
/// What is needed to turn encoded protobuf into OTLP's JSON: lowerCamelCase keys, ids in hexadecimal, enums as integers,
/// 64-bit integers as decimal strings (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding).
///
/// Source: opentelemetry-proto `{common,resource,logs,trace,metrics}/v1/*.proto`.
package enum OTLPMessage: Sendable {
    /// `KeyValue`.
    case keyValue
    /// `AnyValue`.
    case anyValue
    /// `ArrayValue`.
    case arrayValue
    /// `KeyValueList`.
    case keyValueList
    /// `Resource`.
    case resource
    /// `InstrumentationScope`.
    case instrumentationScope
    /// `LogRecord`.
    case logRecord
    /// `Span`.
    case span
    /// `Span.Event`.
    case spanEvent
    /// `Span.Link`.
    case spanLink
    /// `Status`.
    case spanStatus
    /// `Metric`.
    case metric
    /// `Gauge`.
    case gauge
    /// `Sum`.
    case sum
    /// `Histogram`.
    case histogram
    /// `NumberDataPoint`.
    case numberDataPoint
    /// `HistogramDataPoint`.
    case histogramDataPoint

    /// How the value of a field is written in JSON.
    package enum Kind: Sendable {
        /// A string.
        case text
        /// Bytes in hexadecimal: trace and span ids.
        case hex
        /// Bytes in base64.
        case base64
        /// An unsigned varint as a number: enums and 32-bit integers.
        case number
        /// A signed varint of 64 bits, as a decimal string.
        case int64
        /// Eight bytes, unsigned, as a decimal string.
        case fixed64
        /// Eight bytes, signed, as a decimal string.
        case sfixed64
        /// Four bytes, unsigned, as a number.
        case fixed32
        /// A varint as `true` or `false`.
        case bool
        /// A number, or "NaN", "Infinity", "-Infinity".
        case double
        /// Packed fixed64 as an array of decimal strings.
        case packedFixed64
        /// Packed doubles as an array of numbers.
        case packedDouble
        /// A message as an object.
        case message(OTLPMessage)
        /// Messages, one a field, as an array of objects.
        case messages(OTLPMessage)
    }

    /// A field of a message.
    package struct Field: Sendable {
        /// Its key in JSON.
        package var name: StaticString
        /// How its value is written.
        package var kind: Kind

        init(_ name: StaticString, _ kind: Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// The field with a number; nil for one that this SDK never writes.
    package func field(_ number: UInt32) -> Field? {
        switch self {
        case .keyValue: Self.keyValueField(number)
        case .anyValue: Self.anyValueField(number)
        case .arrayValue: number == 1 ? Field("values", .messages(.anyValue)) : nil
        case .keyValueList: number == 1 ? Field("values", .messages(.keyValue)) : nil
        case .resource: Self.resourceField(number)
        case .instrumentationScope: Self.scopeField(number)
        case .logRecord: Self.logRecordField(number)
        case .span: Self.spanField(number)
        case .spanEvent: Self.spanEventField(number)
        case .spanLink: Self.spanLinkField(number)
        case .spanStatus: Self.spanStatusField(number)
        case .metric: Self.metricField(number)
        case .gauge: number == 1 ? Field("dataPoints", .messages(.numberDataPoint)) : nil
        case .sum: Self.sumField(number)
        case .histogram: Self.histogramField(number)
        case .numberDataPoint: Self.numberDataPointField(number)
        case .histogramDataPoint: Self.histogramDataPointField(number)
        }
    }

    // MARK: - Common

    private static func keyValueField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("key", .text)
        case 2: Field("value", .message(.anyValue))
        default: nil
        }
    }

    private static func anyValueField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("stringValue", .text)
        case 2: Field("boolValue", .bool)
        case 3: Field("intValue", .int64)
        case 4: Field("doubleValue", .double)
        case 5: Field("arrayValue", .message(.arrayValue))
        case 6: Field("kvlistValue", .message(.keyValueList))
        case 7: Field("bytesValue", .base64)
        default: nil
        }
    }

    private static func resourceField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("attributes", .messages(.keyValue))
        case 2: Field("droppedAttributesCount", .number)
        default: nil
        }
    }

    private static func scopeField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("name", .text)
        case 2: Field("version", .text)
        case 3: Field("attributes", .messages(.keyValue))
        case 4: Field("droppedAttributesCount", .number)
        default: nil
        }
    }

    // MARK: - Logs

    private static func logRecordField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("timeUnixNano", .fixed64)
        case 2: Field("severityNumber", .number)
        case 3: Field("severityText", .text)
        case 5: Field("body", .message(.anyValue))
        case 6: Field("attributes", .messages(.keyValue))
        case 7: Field("droppedAttributesCount", .number)
        case 8: Field("flags", .fixed32)
        case 9: Field("traceId", .hex)
        case 10: Field("spanId", .hex)
        case 11: Field("observedTimeUnixNano", .fixed64)
        case 12: Field("eventName", .text)
        default: nil
        }
    }

    // MARK: - Traces

    private static func spanField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("traceId", .hex)
        case 2: Field("spanId", .hex)
        case 3: Field("traceState", .text)
        case 4: Field("parentSpanId", .hex)
        case 5: Field("name", .text)
        case 6: Field("kind", .number)
        case 7: Field("startTimeUnixNano", .fixed64)
        case 8: Field("endTimeUnixNano", .fixed64)
        case 9: Field("attributes", .messages(.keyValue))
        case 10: Field("droppedAttributesCount", .number)
        case 11: Field("events", .messages(.spanEvent))
        case 12: Field("droppedEventsCount", .number)
        case 13: Field("links", .messages(.spanLink))
        case 14: Field("droppedLinksCount", .number)
        case 15: Field("status", .message(.spanStatus))
        case 16: Field("flags", .fixed32)
        default: nil
        }
    }

    private static func spanEventField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("timeUnixNano", .fixed64)
        case 2: Field("name", .text)
        case 3: Field("attributes", .messages(.keyValue))
        case 4: Field("droppedAttributesCount", .number)
        default: nil
        }
    }

    private static func spanLinkField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("traceId", .hex)
        case 2: Field("spanId", .hex)
        case 3: Field("traceState", .text)
        case 4: Field("attributes", .messages(.keyValue))
        case 5: Field("droppedAttributesCount", .number)
        case 6: Field("flags", .fixed32)
        default: nil
        }
    }

    private static func spanStatusField(_ number: UInt32) -> Field? {
        switch number {
        case 2: Field("message", .text)
        case 3: Field("code", .number)
        default: nil
        }
    }

    // MARK: - Metrics

    private static func metricField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("name", .text)
        case 2: Field("description", .text)
        case 3: Field("unit", .text)
        case 5: Field("gauge", .message(.gauge))
        case 7: Field("sum", .message(.sum))
        case 9: Field("histogram", .message(.histogram))
        default: nil
        }
    }

    private static func sumField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("dataPoints", .messages(.numberDataPoint))
        case 2: Field("aggregationTemporality", .number)
        case 3: Field("isMonotonic", .bool)
        default: nil
        }
    }

    private static func histogramField(_ number: UInt32) -> Field? {
        switch number {
        case 1: Field("dataPoints", .messages(.histogramDataPoint))
        case 2: Field("aggregationTemporality", .number)
        default: nil
        }
    }

    private static func numberDataPointField(_ number: UInt32) -> Field? {
        switch number {
        case 2: Field("startTimeUnixNano", .fixed64)
        case 3: Field("timeUnixNano", .fixed64)
        case 4: Field("asDouble", .double)
        case 6: Field("asInt", .sfixed64)
        case 7: Field("attributes", .messages(.keyValue))
        case 8: Field("flags", .number)
        default: nil
        }
    }

    private static func histogramDataPointField(_ number: UInt32) -> Field? {
        switch number {
        case 2: Field("startTimeUnixNano", .fixed64)
        case 3: Field("timeUnixNano", .fixed64)
        case 4: Field("count", .fixed64)
        case 5: Field("sum", .double)
        case 6: Field("bucketCounts", .packedFixed64)
        case 7: Field("explicitBounds", .packedDouble)
        case 9: Field("attributes", .messages(.keyValue))
        case 10: Field("flags", .number)
        case 11: Field("min", .double)
        case 12: Field("max", .double)
        default: nil
        }
    }
}
