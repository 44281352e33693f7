import FoundationEssentials
import Measurement
import Testing

@testable import LoadEngine

struct ProtocolTests {
    static func controllerMessages() throws -> [ControllerMessage] {
        let plan = try PlanTests.plan(PlanTests.everyShape, producers: 2)
        return [
            .configure(
                ControllerMessage.Configure(
                    runID: "run-1",
                    system: "telemetry",
                    options: ["a": .bool(false), "b": .integer(1), "c": .number(1.5), "d": .string("1s")],
                    endpoint: "http://127.0.0.1:4318",
                    plan: plan
                )
            ),
            .configure(
                ControllerMessage.Configure(runID: "r", system: "null", options: [:], endpoint: nil, plan: plan)
            ),
            .start(ControllerMessage.Start(phase: 3, startNanoseconds: .max)),
            .finish,
            .stop,
            .quit,
        ]
    }

    static let workerMessages: [WorkerMessage] = [
        .ready(
            WorkerMessage.Ready(
                system: SystemDescription(sdkName: "Telemetry", sdkVersion: "1.0", language: "swift", enabled: false),
                processID: 42
            )
        ),
        .interval(WorkerMessage.Interval(phase: 1, elapsedNanoseconds: 5, attempted: 3, accepted: 2, rejected: 1)),
        .interval(
            WorkerMessage.Interval(
                phase: 1,
                elapsedNanoseconds: 5,
                attempted: 3,
                accepted: 2,
                rejected: 1,
                response: HistogramSnapshot(recording: [1, 2]),
                service: HistogramSnapshot(recording: [3]),
                lag: HistogramSnapshot(recording: [0]),
                flushLatency: HistogramSnapshot(recording: [1_000_000])
            )
        ),
        .checkpoint(
            WorkerMessage.Checkpoint(
                phase: 0,
                startNanoseconds: 1,
                plannedEndNanoseconds: 2,
                operationsEndNanoseconds: 3,
                flushedNanoseconds: 4,
                flushOutcome: .failure("no route"),
                failedFlushes: 5,
                stopped: true,
                attempted: 6,
                accepted: 7,
                rejected: 8,
                counters: SystemCounters(
                    accepted: 9,
                    rejected: ["closed": 10],
                    dropped: ["queue_full": 11],
                    exported: 12,
                    queued: 13
                ),
                start: WorkerMessage.ProcessUsage(bytesInUse: 14, residentBytes: 15, cpuNanoseconds: 16),
                held: WorkerMessage.ProcessUsage(bytesInUse: 17),
                end: WorkerMessage.ProcessUsage(residentBytes: 18, cpuNanoseconds: 19),
                spinNanoseconds: 20
            )
        ),
        .finished(
            WorkerMessage.Finished(
                attempted: [.max, 1],
                accepted: [2, 3],
                rejected: [4, 5],
                counters: SystemCounters(),
                shutdownOutcome: .timedOut
            )
        ),
        .interval(
            WorkerMessage.Interval(
                phase: 1,
                elapsedNanoseconds: 5,
                operations: 1,
                attempted: 3,
                accepted: 2,
                rejected: 1
            )
        ),
        .finished(
            WorkerMessage.Finished(
                attempted: [3],
                accepted: [2],
                rejected: [1],
                kinds: [
                    .event: [OperationTally(operations: 2, accepted: 1, rejected: 1, last: 1)],
                    .gauge: [OperationTally(operations: 1, accepted: 1)],
                ],
                counters: SystemCounters(),
                shutdownOutcome: .success
            )
        ),
        .interval(
            {
                var interval = WorkerMessage.Interval(
                    phase: 0,
                    elapsedNanoseconds: 1,
                    attempted: 1,
                    accepted: 1,
                    rejected: 0
                )
                (interval.bytesInUse, interval.drainedBytesInUse) = (2, 1)
                (interval.queuedItems, interval.queuedBytes) = (3, 4)
                return interval
            }()
        ),
        .failed(WorkerMessage.Failed(kind: .configuration, message: "line\nbreak")),
        .failed(WorkerMessage.Failed(kind: .internal, message: "")),
        .failed(WorkerMessage.Failed(kind: .protocol, message: "ü")),
    ]

    @Test func controllerMessagesComeBackAsOneLine() throws {
        for message in try Self.controllerMessages() {
            let line = try WorkerProtocol.line(message)
            #expect(line.last == 0x0A && line.dropLast().firstIndex(of: 0x0A) == nil)
            #expect(try WorkerProtocol.message(ControllerMessage.self, from: line) == message)
        }
    }

    @Test func everyReadingOfACheckpointComesBack() throws {
        var usage = WorkerMessage.ProcessUsage(bytesInUse: 1, residentBytes: 2, cpuNanoseconds: 3)
        (usage.freeBytes, usage.mappedBytes) = (4, 5)
        var checkpoint = WorkerMessage.Checkpoint(
            phase: 0,
            startNanoseconds: 1,
            plannedEndNanoseconds: 2,
            operationsEndNanoseconds: 3,
            attempted: 6,
            accepted: 6,
            rejected: 0,
            counters: SystemCounters(),
            heldItems: 6
        )
        (checkpoint.start, checkpoint.held, checkpoint.heldQueuedBytes) = (usage, usage, 600)
        (usage.freeBytes, usage.bytesInUse) = (7, 8)
        checkpoint.end = usage
        let line = try WorkerProtocol.line(WorkerMessage.checkpoint(checkpoint))
        #expect(try WorkerProtocol.message(WorkerMessage.self, from: line) == .checkpoint(checkpoint))
        let text = String(decoding: line, as: UTF8.self)
        for member in [
            #""start_free_bytes":4"#, #""held_mapped_bytes":5"#, #""held_queued_bytes":600"#, #""free_bytes":7"#,
        ] {
            #expect(text.contains(member), "\(member)")
        }
    }

    @Test func workerMessagesComeBackAsOneLine() throws {
        for message in Self.workerMessages {
            let line = try WorkerProtocol.line(message)
            #expect(line.last == 0x0A && line.dropLast().firstIndex(of: 0x0A) == nil)
            #expect(try WorkerProtocol.message(WorkerMessage.self, from: line.dropLast()) == message)
        }
    }

    /// The names that workers in other languages have to write.
    @Test func keysAreTheProtocols() throws {
        func text(_ message: some Encodable) throws -> String {
            String(decoding: try WorkerProtocol.line(message).dropLast(), as: UTF8.self)
        }
        #expect(
            try text(ControllerMessage.start(ControllerMessage.Start(phase: 1, startNanoseconds: 2)))
                == #"{"phase":1,"start_ns":2,"type":"start"}"#
        )
        #expect(try text(ControllerMessage.stop) == #"{"type":"stop"}"#)
        #expect(
            try text(Self.workerMessages[0])
                == #"{"enabled":false,"language":"swift","pid":42,"sdk_name":"Telemetry","sdk_version":"1.0","#
                + #""type":"ready","version":1}"#
        )
        #expect(
            try text(Self.workerMessages[1])
                == #"{"accepted":2,"attempted":3,"elapsed_ns":5,"phase":1,"rejected":1,"type":"interval"}"#
        )
        #expect(
            try text(Self.workerMessages[6])
                == #"{"accepted":[2],"attempted":[3],"counters":{"accepted":0,"dropped":{},"exported":0,"queued":0,"#
                + #""rejected":{}},"kinds":{"event":[{"accepted":1,"last":1,"operations":2,"rejected":1}],"#
                + #""gauge":[{"accepted":1,"operations":1,"rejected":0}]},"rejected":[1],"#
                + #""shutdown_outcome":{"status":"success"},"type":"finished"}"#
        )
        #expect(
            try text(Self.workerMessages[3])
                == #"{"accepted":7,"attempted":6,"counters":{"accepted":9,"dropped":{"queue_full":11},"exported":12,"#
                + #""queued":13,"rejected":{"closed":10}},"cpu_ns":19,"failed_flushes":5,"flush_outcome":"#
                + #"{"reason":"no route","status":"failure"},"flushed_ns":4,"held_bytes_in_use":17,"#
                + #""label":"phase_end","operations_end_ns":3,"phase":0,"planned_end_ns":2,"rejected":8,"rss_bytes":18,"#
                + #""spin_ns":20,"start_bytes_in_use":14,"start_cpu_ns":16,"start_ns":1,"start_rss_bytes":15,"#
                + #""stopped":true,"type":"checkpoint"}"#
        )
    }

    @Test(arguments: [
        ("hello", "the line is: hello"), ("", "the line is: "), (#"{"type":"dance"}"#, "dance"),
        (#"{"phase":1}"#, #""type" is missing"#), (#"{"type":"start","phase":1}"#, #""start_ns" is missing"#),
        (#"{"type":"start","phase":"one","start_ns":1}"#, "phase"),
    ])
    func whatIsNoMessageIsAnError(line: String, part: String) {
        let error = #expect(throws: WorkerProtocolError.self) {
            try WorkerProtocol.message(ControllerMessage.self, from: Array(line.utf8))
        }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("not a message of the worker protocol: ") == true)
    }

    @Test func aLongLineIsQuotedShortly() {
        let error = #expect(throws: WorkerProtocolError.self) {
            try WorkerProtocol.message(WorkerMessage.self, from: Array(repeating: UInt8(ascii: "x"), count: 100_000))
        }
        #expect(error?.excerpt == String(repeating: "x", count: 120) + "…")
    }
}
