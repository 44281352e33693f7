import FoundationEssentials
import TestSupport

/// A worker of a few lines of shell that follows the protocol up to some state, and misbehaves there.
struct FakeWorker {
    /// How far it follows the protocol.
    enum State: CaseIterable, Sendable {
        /// It has read its configuration.
        case makingTheSystem
        /// It has been told to start, and has said nothing.
        case started
        /// It has reported an interval, and its flush goes on.
        case flushing
        /// The phase is over.
        case shuttingDown
        /// It has said its last word, and was told to quit.
        case quitting

        /// What an error calls it.
        var words: String {
            switch self {
            case .makingTheSystem: "making the system"
            case .started, .flushing: "in phase main"
            case .shuttingDown: "shutting down"
            case .quitting: "quitting"
            }
        }
    }

    /// The path of the script.
    let path: String

    /// Writes the script.
    ///
    /// - Parameters:
    ///   - folder: where it goes.
    ///   - state: where it stops to follow the protocol.
    ///   - then: what it does there, in shell.
    /// - Throws: what FileManager says if the script cannot be written.
    init(in folder: TemporaryDirectory, until state: State, then: String) throws {
        let steps: [(State, String)] = [
            (.makingTheSystem, "read -r line"),
            (.started, "echo '\(Self.ready)'; read -r line"),
            (.flushing, "echo '\(Self.interval)'"),
            (.shuttingDown, "echo '\(Self.checkpoint)'"),
            (.quitting, "echo '\(Self.finished)'; read -r line"),
        ]
        var script = "#!/bin/sh\n"
        for (step, text) in steps {
            script += text + "\n"
            if step == state { break }
        }
        path = try folder.writeExecutable(script + then + "\n", to: "worker")
    }

    private static let ready = """
        {"type":"ready","version":1,"pid":1,"sdk_name":"fake","sdk_version":"1","language":"sh","enabled":true}
        """
    private static let interval = """
        {"type":"interval","phase":0,"elapsed_ns":1000000,"attempted":0,"accepted":0,"rejected":0}
        """
    private static let counters = #"{"accepted":0,"rejected":{},"dropped":{},"exported":0,"queued":0}"#
    private static let checkpoint = """
        {"type":"checkpoint","phase":0,"label":"phase_end","start_ns":1,"planned_end_ns":2,"operations_end_ns":3,\
        "flushed_ns":4,"flush_outcome":{"status":"success"},"failed_flushes":0,"stopped":false,"attempted":0,\
        "accepted":0,"rejected":0,"counters":\(counters),"spin_ns":0}
        """
    private static let finished = """
        {"type":"finished","attempted":[0],"accepted":[0],"rejected":[0],"counters":\(counters),\
        "shutdown_outcome":{"status":"success"}}
        """
}
