import HarnessCore

/// What a worker says to a person who starts it by hand.
struct WorkerHelp {
    private let systems: [SystemFactory]
    private let width: Int

    /// - Parameters:
    ///   - systems: what the worker offers.
    ///   - width: characters in a line.
    init(systems: [SystemFactory], width: Int = 100) {
        self.systems = systems
        self.width = width
    }

    /// The whole help: what the program is for, its systems, and their variants.
    var text: String {
        var lines = [
            "OVERVIEW: Host a telemetry SDK for bench: speaks the worker protocol on standard input and output.", "",
            "USAGE: bench --worker <this program> --set system.name=<system>",
            "       <this program> --run <file> [--sink <path>]", "",
            "OPTIONS:",
        ]
        lines += entry("--run <file>", "Follow what 'bench plan --worker-input' wrote, without bench", indentation: 2)
        lines += entry(
            "--sink <path>",
            "Start this bench-sink on a free port, send there, and end it at the end (default: the receiver that the "
                + "file names, which has to run)",
            indentation: 2
        )
        lines += ["", "EXIT STATUSES, of --run:"]
        for (status, meaning) in Self.statuses {
            lines += entry("\(status.rawValue)", meaning, indentation: 2)
        }
        lines += ["", "SYSTEMS:"]
        for system in systems {
            lines += entry(system.name + (system.variants.isEmpty ? "" : ":…"), system.explanation, indentation: 2)
        }
        for system in systems where !system.variants.isEmpty {
            lines += ["", "\(system.name.uppercased()):"]
            for variant in system.variants { lines += entry(variant.usage, variant.explanation, indentation: 2) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let statuses: [(ExitStatus, String)] = [
        (.pass, "The plan was carried out"),
        (.usage, "An argument, the file or the system's configuration is wrong"),
        (
            .internalError,
            "Nobody listens where the worker is to send, or nobody any more for 10 s without progress; or it failed"
        ),
    ]

    /// The message for an argument that the worker does not have.
    func refusal(of argument: String) -> String {
        "Error: unexpected argument '\(argument)'; a worker is started by bench and takes none but --run. See --help.\n"
    }

    private func entry(_ label: String, _ explanation: String, indentation: Int) -> [String] {
        let column = 36
        let start = String(repeating: " ", count: indentation) + label
        var texts = TextWrap.lines(explanation, width: width - column)
        guard start.count < column, !texts.isEmpty else {
            return [start] + texts.map { String(repeating: " ", count: column) + $0 }
        }
        let first = start + String(repeating: " ", count: column - start.count) + texts.removeFirst()
        return [first] + texts.map { String(repeating: " ", count: column) + $0 }
    }
}
