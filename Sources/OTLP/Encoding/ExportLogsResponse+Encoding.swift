extension ExportLogsResponse {
    /// An answer to a request of which some items were not taken.
    ///
    /// - Parameters:
    ///   - rejected: How many, not negative.
    ///   - errorMessage: Why.
    package init(rejected: Int, errorMessage: String) {
        self.init()
        rejectedLogRecords = Int64(rejected)
        self.errorMessage = errorMessage
    }

    /// The message in protobuf, which has the same shape for every signal.
    package func encoded() -> [UInt8] {
        var partial: [UInt8] = []
        if rejectedLogRecords != 0 {
            partial += [UInt8(truncatingIfNeeded: ExportLogsPartialSuccessTag.rejectedLogRecords)]
            partial += Self.varint(UInt64(bitPattern: rejectedLogRecords))
        }
        if !errorMessage.isEmpty {
            partial += [UInt8(truncatingIfNeeded: ExportLogsPartialSuccessTag.errorMessage)]
            partial += Self.varint(UInt64(errorMessage.utf8.count)) + Array(errorMessage.utf8)
        }
        guard !partial.isEmpty else { return [] }
        return [UInt8(truncatingIfNeeded: ExportLogsResponseTag.partialSuccess)] + Self.varint(UInt64(partial.count))
            + partial
    }

    /// The message in JSON, in which the count has a name of its own for each signal.
    package func encodedJSON(for signal: OTLPSignal) -> [UInt8] {
        let name =
            switch signal {
            case .logs: "rejectedLogRecords"
            case .traces: "rejectedSpans"
            case .metrics: "rejectedDataPoints"
            }
        var json = JSONBuffer(capacity: 128)
        json.append(ascii: String("{\"partialSuccess\":{\"\(name)\":\"\(rejectedLogRecords)\",\"errorMessage\":"))
        json.append(string: errorMessage)
        json.append(ascii: "}}" as StaticString)
        return json.withBytes { Array($0) }
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var rest = value
        var bytes: [UInt8] = []
        repeat {
            bytes.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
            rest >>= 7
        } while rest > 0
        return bytes
    }
}
