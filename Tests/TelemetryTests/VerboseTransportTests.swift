import Synchronization
import Testing

@testable import Telemetry

struct VerboseTransportTests {
    @Test func everyAnswerIsSaidAndPassedOn() {
        let answers: [ExportAnswer] = [
            .accepted(rejectedItems: 0), .accepted(rejectedItems: 3), .retryable(reason: "503", retryAfter: nil),
            .rejected(reason: "400"), .tooLarge(reason: "413"),
        ]
        let lines = Mutex<[String]>([])
        let transport = VerboseTransport(ScriptedTransport(answers), signal: .logs) { line in
            lines.withLock { $0.append(line) }
        }
        let body: [UInt8] = [1, 2, 3]
        #expect(answers.map { _ in body.withUnsafeBytes(transport.send) } == answers)
        #expect(
            lines.withLock { $0 } == [
                "logs: a request of 3 bytes was accepted",
                "logs: a request of 3 bytes was accepted, except for 3 items",
                "logs: a request of 3 bytes was not accepted for now: 503",
                "logs: a request of 3 bytes was refused: 400",
                "logs: a request of 3 bytes was too large: 413",
            ]
        )
    }
}
