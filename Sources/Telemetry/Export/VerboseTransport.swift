import Platform

/// Says what becomes of each request, for somebody who wants to watch a client at work (`isVerbose`).
final class VerboseTransport: ExportTransport {
    private let signal: Signal
    private let transport: any ExportTransport
    private let say: @Sendable (String) -> Void

    /// Watches a transport.
    ///
    /// - Parameters:
    ///   - transport: Does the work.
    ///   - signal: What it carries.
    ///   - say: Takes a line for each request; standard error by default.
    init(
        _ transport: any ExportTransport,
        signal: Signal,
        say: @escaping @Sendable (String) -> Void = { line in
            // Nobody can be told if standard error is closed.
            try? StandardStreams.write(Array("telemetry: \(line)\n".utf8), to: StandardStreams.errors)
        }
    ) {
        self.transport = transport
        self.signal = signal
        self.say = say
    }

    func send(_ records: UnsafeRawBufferPointer) -> ExportAnswer {
        let answer = transport.send(records)
        let what =
            switch answer {
            case .accepted(0): "accepted"
            case .accepted(let rejectedItems): "accepted, except for \(rejectedItems) items"
            case .retryable(let reason, _): "not accepted for now: \(reason)"
            case .rejected(let reason): "refused: \(reason)"
            case .tooLarge(let reason): "too large: \(reason)"
            }
        say("\(signal): a request of \(records.count) bytes was \(what)")
        return answer
    }

    func takeResentRequests() -> UInt64 {
        transport.takeResentRequests()
    }

    func cancel() {
        transport.cancel()
    }
}
