import Platform

/// Sends messages from any thread, each as one whole line.
///
/// After the first failure nothing is sent, because nobody reads any more, nor after the last message.
final class MessageWriter: Sendable {
    private let output: any WorkerOutput
    private let lock = Lock()
    private let broken = StopFlag()
    private let closed = StopFlag()

    init(_ output: any WorkerOutput) {
        self.output = output
    }

    /// Whether a message could not be written.
    var isBroken: Bool { broken.isSet }

    /// Does all that ``send(_:isLast:)`` does but for the writing, so that its memory is there when it counts.
    func rehearse(_ message: WorkerMessage) {
        do {
            _ = try WorkerProtocol.line(message)
        } catch {
            broken.set()
        }
    }

    /// Sends a message.
    ///
    /// - Parameters:
    ///   - message: what to send.
    ///   - isLast: whether whatever is sent later, by any thread, has to be left out.
    func send(_ message: WorkerMessage, isLast: Bool = false) {
        do {
            let line = try WorkerProtocol.line(message)
            try lock.withLock {
                guard !broken.isSet, !closed.isSet else { return }
                if isLast { closed.set() }
                try output.write(line)
            }
        } catch {
            broken.set()
        }
    }
}
