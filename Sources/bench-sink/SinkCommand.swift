import CollectorSink
import CommandLineKit
import FoundationEssentials
import Glibc
import HarnessCore
import Platform

/// The tool `bench-sink`: the receiver that counts what a telemetry SDK delivers.
enum SinkCommand {
    /// Reads the command line, serves until told to stop, and ends the process with the harness's exit statuses.
    static func main() -> Never {
        let environment = ProcessInfo.processInfo.environment
        let parser = CommandParser(command, width: Terminal(descriptor: 1, environment: environment).width)
        let status: ExitStatus
        do throws(CommandLineError) {
            switch try parser.parse(Array(CommandLine.arguments.dropFirst())) {
            case .print(let text):
                Terminal.write(text, to: 1)
                status = .pass
            case .run(let parsed):
                status = run(try options(of: parsed))
            }
        } catch {
            Terminal.write("\(error)\n", to: 2)
            status = error.exitStatus
        }
        exit(status.rawValue)
    }

    /// The command line.
    static var command: Command {
        Command(
            "bench-sink",
            overview: """
                Receive OTLP/HTTP logs, spans and metrics and keep account of every item by its id and of every metric \
                stream by its values; 'bench' starts one of its own.
                """,
            options: [
                .value("host", label: "address", "Address to listen on", default: "127.0.0.1"),
                .value("port", label: "port", "Port to listen on; 0 lets the system choose", default: "4318"),
                .flag("quiet", short: "q", "Say nothing between the first line and the last"),
                .flag("print", "Print a line for every item that arrives: what it is, its name and attributes"),
                .flag("exit-with-parent", "End when standard input ends"),
            ],
            version: ToolVersion.current,
            sections: [
                .init(
                    "ENDPOINTS",
                    [
                        ("POST /v1/logs, /v1/traces, /v1/metrics", "takes OTLP in protobuf or JSON, also with gzip"),
                        (
                            "GET /bench/ledger?run=ID",
                            "what has arrived of a run, as JSON; with &view=counts the sums alone"
                        ),
                        (
                            "POST /bench/run?run=ID&tenants=N&canary=WORD", "says what a run is to be checked for"
                        ),
                        ("POST /bench/phase?run=ID&name=NAME", "begins a phase of a run"),
                        ("GET /bench/requests?last=20", "the last requests of signals, at most 256, as JSON"),
                        ("GET, POST, DELETE /bench/faults", "how the sink misbehaves on purpose"),
                        ("GET /bench/health", "that the sink lives, and what it has used"),
                    ]
                ),
                .init("FAULTS", FaultHelp.entries),
                .init(
                    "EXIT STATUSES",
                    [
                        ("0", "stopped by Ctrl-C (SIGINT), SIGTERM, or the end of its parent"), ("2", "usage error"),
                        ("5", "cannot listen"),
                    ]
                ),
            ]
        )
    }

    private static func options(of parsed: ParsedCommand) throws(CommandLineError) -> SinkService.Options {
        var options = SinkService.Options()
        options.host = parsed.string("host") ?? options.host
        options.port = try parsed.integer("port", in: 0...65_535) ?? options.port
        options.printsItems = parsed.has("print")
        options.isQuiet = parsed.has("quiet")
        options.exitsWithParent = parsed.has("exit-with-parent")
        return options
    }

    private static func run(_ options: SinkService.Options) -> ExitStatus {
        do throws(SystemError) {
            try SinkService.run(
                options,
                output: { Terminal.write($0 + "\n", to: 1) },
                log: { Terminal.write($0 + "\n", to: 2) }
            )
            return .pass
        } catch {
            Terminal.write("Error: \(explain(error, options))\n", to: 2)
            return .internalError
        }
    }

    /// What failed, the reason and the next step.
    private static func explain(_ error: SystemError, _ options: SinkService.Options) -> String {
        let address =
            options.host.contains(":") ? "[\(options.host)]:\(options.port)" : "\(options.host):\(options.port)"
        return switch error.code {
        case EADDRINUSE: "cannot bind \(address): \(error.reason); stop the other process or pass --port"
        case EACCES: "cannot bind \(address): \(error.reason); pass a --port above 1023"
        case _ where error.call == "getaddrinfo" || error.code == EADDRNOTAVAIL:
            "cannot bind \(address): \(error.reason); pass an address of this machine with --host"
        default: "the sink on \(address) failed: \(error)"
        }
    }
}
