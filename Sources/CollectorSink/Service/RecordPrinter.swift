import FoundationEssentials
import HarnessCore
import OTLP

/// Turns a request into lines for a person who wants to see what arrives, one for each record, span or metric point.
///
/// Slow beside the ledger, and so only used when asked for. Bounded: texts, attributes and lines beyond the limits are
/// cut, and the line says so.
struct RecordPrinter {
    /// Most lines for one request.
    static let maximumLines = 200
    /// Most attributes in a line.
    static let maximumAttributes = 16
    /// Most characters of a value.
    static let maximumCharacters = 120

    /// The lines of a request, each with its line feed.
    ///
    /// - Parameters:
    ///   - body: An export request in protobuf.
    ///   - signal: Its signal.
    /// - Returns: The lines; empty for a request without items.
    /// - Throws: ``OTLPDecodingError`` where a text is not UTF-8; the rest of the request was valid.
    static func text(of body: UnsafeRawBufferPointer, _ signal: OTLPSignal) throws(OTLPDecodingError) -> String {
        var lines: [String] = []
        switch signal {
        case .logs: for record in try DecodedLogs(decoding: body).items { lines.append(line(record)) }
        case .traces: for span in try DecodedTraces(decoding: body).items { lines.append(line(span)) }
        case .metrics: for metric in try DecodedMetrics(decoding: body).items { lines += self.lines(metric) }
        }
        let surplus = lines.count - maximumLines
        if surplus > 0 { lines = lines.prefix(maximumLines) + ["… \(surplus) more in this request"] }
        return lines.map { $0 + "\n" }.joined()
    }

    // MARK: - Items

    private static func line(_ record: DecodedLogRecord) -> String {
        let body = record.body.map { shown($0) }
        let severity = record.severityText.isEmpty ? severityName(record.severityNumber) : record.severityText
        let name = [record.eventName.isEmpty ? nil : cut(record.eventName), body].compactMap(\.self)
        return line("log", record.timeUnixNano, severity, name.joined(separator: " "), record.attributes)
    }

    private static func line(_ span: DecodedSpan) -> String {
        let kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"]
        let kind = kinds.indices.contains(Int(span.kind)) ? kinds[Int(span.kind)] : "kind \(span.kind)"
        let duration = span.endTimeUnixNano - min(span.endTimeUnixNano, span.startTimeUnixNano)
        let name = "\(cut(span.name)) \(Quantity.format(durationNanoseconds: duration))"
        let status = span.statusCode == 2 ? " error" : ""
        return line("span", span.endTimeUnixNano, kind, name + status, span.attributes)
    }

    private static func lines(_ metric: DecodedMetric) -> [String] {
        func line(_ kind: String, _ time: UInt64, _ value: String, _ attributes: [DecodedAttribute]) -> String {
            let unit = metric.unit.isEmpty ? "" : " \(cut(metric.unit))"
            return self.line("metric", time, kind, "\(cut(metric.name)) \(value)\(unit)", attributes)
        }
        func number(_ value: NumberView?) -> String {
            switch value {
            case .int(let number)?: "\(number)"
            case .double(let number)?: "\(number)"
            case nil: "no value"
            }
        }
        func distribution(_ count: UInt64, _ sum: Double?) -> String {
            "count \(count)" + (sum.map { " sum \($0)" } ?? "")
        }
        return switch metric.data {
        case .none: [line("empty", 0, "", [])]
        case .gauge(let points): points.map { line("gauge", $0.timeUnixNano, number($0.value), $0.attributes) }
        case .sum(let points, _, _): points.map { line("sum", $0.timeUnixNano, number($0.value), $0.attributes) }
        case .histogram(let points, _):
            points.map { line("histogram", $0.timeUnixNano, distribution($0.count, $0.sum), $0.attributes) }
        case .exponentialHistogram(let points, _):
            points.map { line("histogram", $0.timeUnixNano, distribution($0.count, $0.sum), $0.attributes) }
        case .summary(let points):
            points.map { line("summary", $0.timeUnixNano, distribution($0.count, $0.sum), $0.attributes) }
        }
    }

    // MARK: - Pieces

    private static func line(
        _ signal: String,
        _ time: UInt64,
        _ kind: String,
        _ name: String,
        _ attributes: [DecodedAttribute]
    ) -> String {
        var parts = [signal, clock(time), kind, name].filter { !$0.isEmpty }
        parts += attributes.prefix(maximumAttributes).map { "\(cut($0.key))=\(shown($0.value))" }
        if attributes.count > maximumAttributes { parts.append("… \(attributes.count - maximumAttributes) more") }
        return parts.joined(separator: "  ")
    }

    /// The time in UTC with milliseconds; a dash where none is known.
    private static func clock(_ nanoseconds: UInt64) -> String {
        guard nanoseconds > 0 else { return "–" }
        // Whole seconds and milliseconds apart: a fraction in binary would be cut to the millisecond before.
        let seconds = Date(timeIntervalSince1970: Double(nanoseconds / 1_000_000_000)).formatted(.iso8601)
        let milliseconds = String(1_000 + nanoseconds / 1_000_000 % 1_000).dropFirst()
        return "\(seconds.dropLast()).\(milliseconds)Z"
    }

    private static func severityName(_ number: Int32) -> String {
        let names = ["trace", "debug", "info", "warn", "error", "fatal"]
        return (1...24).contains(number) ? names[Int(number - 1) / 4] : "–"
    }

    private static func shown(_ value: DecodedValue) -> String {
        switch value {
        case .empty: "–"
        case .string(let text): cut(text)
        case .bool(let flag): "\(flag)"
        case .int(let number): "\(number)"
        case .double(let number): "\(number)"
        case .bytes(let bytes): "\(bytes.count) bytes"
        case .array(let values):
            cut("[" + values.prefix(maximumAttributes).map { shown($0) }.joined(separator: ", ") + "]")
        case .keyValueList(let list):
            cut(
                "{" + list.prefix(maximumAttributes).map { "\($0.key): \(shown($0.value))" }.joined(separator: ", ")
                    + "}"
            )
        }
    }

    /// The text in one line and of bounded length, without what a terminal would obey.
    private static func cut(_ text: String) -> String {
        let characters = text.unicodeScalars.prefix(maximumCharacters).map { scalar in
            scalar.properties.generalCategory == .control ? " " : String(scalar)
        }
        return characters.joined() + (text.unicodeScalars.count > maximumCharacters ? "…" : "")
    }
}
