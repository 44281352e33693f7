import CommandLineKit
import Foundation
import HTTP
import HarnessCore
import LoadEngine
import Platform
import Results
import RunControl

/// `bench run`: a profile, a run, a result.
struct RunCommand: Subcommand {
    static let command = Command(
        "run",
        overview: "Run a profile and judge the result. This is what bench does when no command is named.",
        options: ProfileSelection.options + [
            .value("repeat", label: "count", "How many fresh workers run the plan", default: "1"),
            .flag(
                "allocator-triangle",
                "Run twice more, with one arena and with fixed thresholds, and say whose growth of memory it is"
            ),
            .flag("search", "Search for the highest rate that the system sustains, whatever the profile's shape"),
            .value(
                "endpoint",
                label: "url",
                "Send to this OTLP/HTTP receiver (http:// or https://) instead of a sink of our own"
            ),
            .flag(
                "allow-unverified",
                "Judge the run without the limits on delivery where the receiver offers no ledger (otherwise: no verdict)"
            ),
            .value(
                "worker",
                label: "path",
                "The worker that hosts the system under test (default: bench-worker beside bench, "
                    + "bench-worker-tls for an https endpoint)"
            ),
            .value(
                "out",
                label: "folder",
                "Where the result goes, and beside it the log of a run (not of a search, a sweep or a leak check)",
                default: "results/runs"
            ),
            .flag("json", "Print the result as JSON instead of the summary"),
            .flag("quiet", short: "q", "Show no progress"),
            .flag("print-config", "Print every effective setting with its origin, and run nothing"),
        ],
        sections: [ProfileSelection.section]
    )

    private let parsed: ParsedCommand
    private let selection: ProfileSelection
    private let search: SearchSettings?
    private let request: RunRequest

    init(_ parsed: ParsedCommand) throws {
        self.parsed = parsed
        guard parsed.arguments.isEmpty else {
            let words = parsed.arguments.map { "'\($0)'" }.joined(separator: ", ")
            throw parsed.error("Unexpected argument \(words); a profile is named with --profile")
        }
        selection = try ProfileSelection(parsed, searches: parsed.has("search"))
        search = try usage { [selection] () throws(ProfileError) in try selection.document.search() }
        if search != nil, selection.producerRange != nil {
            throw parsed.error("A search and a range of producers cannot be combined; search with one number of them")
        }
        if parsed.has("allocator-triangle"), search != nil || selection.producerRange != nil {
            throw parsed.error("--allocator-triangle compares one load; leave out --search and the range of producers")
        }
        if selection.profile.leak != nil, selection.producerRange != nil {
            throw parsed.error("A leak check has one load; leave out the range of producers")
        }
        let endpoint = try Self.endpoint(parsed)
        let worker = endpoint?.isSecure == true ? "bench-worker-tls" : "bench-worker"
        var request = RunRequest(
            profile: selection.profile,
            plan: selection.plan,
            workerExecutable: try parsed.string("worker") ?? ExecutablePath.sibling(worker),
            sinkExecutable: try ExecutablePath.sibling("bench-sink"),
            endpoint: endpoint,
            repetitions: try parsed.integer("repeat", in: 1...1000) ?? 1
        )
        request.profileSource = parsed.string("profile")
        request.allowsUnverified = parsed.has("allow-unverified")
        request.inheritedVariables = SystemVariables.entries(of: BenchTool.environment)
        if ExactHeap.isNeeded(by: request.profile) {
            request.workerVariables = ExactHeap.variables(BenchTool.environment)
        }
        try Patience.apply(BenchTool.environment, to: &request)
        self.request = request
    }

    func run() throws -> ExitStatus {
        if parsed.has("print-config") { return try printConfiguration() }
        // Before the run: minutes of load are not to end in a folder that takes no files.
        let files = try RunFiles(
            directory: parsed.string("out") ?? "results/runs",
            profile: request.profile.name,
            // A search, a sweep and a leak check are many runs, of which one becomes the result.
            isLogged: search == nil && selection.producerRange == nil && request.profile.leak == nil
        )
        let display = ProgressDisplay(isQuiet: parsed.has("quiet"))
        defer { display.finish() }
        var result = try result(files, display)
        if parsed.has("allocator-triangle"), result.outcome == .completed {
            result.allocator = try AllocatorTriangle(
                request: request,
                configuration: selection.document.effectiveConfiguration,
                command: CommandLine.arguments,
                observer: display
            ).examine(result)
        }
        display.finish()
        do {
            try files.write(result)
        } catch {
            // The disk is full: what was measured is at least seen.
            try show(result, nil)
            throw error
        }
        try show(result, files.resultPath)
        return result.exitStatus
    }

    private func printConfiguration() throws -> ExitStatus {
        let call = ["repeat", "endpoint", "worker", "out"].compactMap { name -> ConfigurationListing.Setting? in
            let standard = name == "worker" ? request.workerExecutable : nil
            guard let value = parsed.string(name) ?? standard else { return nil }
            return ConfigurationListing.Setting(
                key: "call.\(name)",
                value: Int64(value).map { .integer($0) } ?? .string(value),
                origin: parsed.has(name) ? .flag : .default,
                source: parsed.has(name) ? "--\(name)" : nil
            )
        }
        let listing = selection.listing(call: call)
        if parsed.has("json") {
            try MachineOutput.write(listing)
        } else {
            let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
            try StandardOutput.write(listing.table(TextPainter(isEnabled: terminal.showsColour)))
        }
        return .pass
    }

    /// Carries out what was asked for: a run, a search, or a sweep over numbers of producers.
    private func result(_ files: RunFiles, _ display: ProgressDisplay) throws -> RunResult {
        let (command, producers) = (CommandLine.arguments, selection.producerRange)
        if let search {
            return try SearchController(
                settings: search,
                document: selection.document,
                request: request,
                command: command,
                observer: display
            ).run()
        }
        if let leak = request.profile.leak {
            return try LeakController(
                settings: leak,
                document: selection.document,
                request: request,
                command: command,
                observer: display
            ).run()
        }
        if let producers {
            return try ProducerSweep(
                counts: producers,
                document: selection.document,
                request: request,
                command: command,
                observer: display
            ).run()
        }
        return try RunController(
            request: request,
            configuration: selection.document.effectiveConfiguration,
            command: command,
            observer: display,
            startedAt: files.startedAt,
            log: files.log
        ).run()
    }

    private func show(_ result: RunResult, _ path: String?) throws {
        if parsed.has("json") {
            try StandardOutput.write(try ResultFile.text(of: result, path: "the result"))
            return
        }
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let renderer = RunSummaryRenderer(width: terminal.width, showsColour: terminal.showsColour)
        try StandardOutput.write(renderer.render(result, file: path))
    }

    private static func endpoint(_ parsed: ParsedCommand) throws -> ReceiverEndpoint? {
        guard let text = parsed.string("endpoint") else { return nil }
        let endpoint: ReceiverEndpoint
        do {
            endpoint = try ReceiverEndpoint(parsing: text)
        } catch {
            // The client's own message knows nothing of the worker that speaks TLS.
            if case .scheme(let scheme) = error.reason {
                throw parsed.invalidValue(
                    text,
                    of: "endpoint",
                    "the scheme \"\(scheme)\" is not supported; use http:// or https://"
                )
            }
            throw parsed.invalidValue(text, of: "endpoint", error.explanation)
        }
        guard !endpoint.path.hasSuffix("/v1/logs") else {
            let base = text.replacingOccurrences(of: "/v1/logs", with: "")
            throw parsed.invalidValue(text, of: "endpoint", "the SDK adds /v1/logs itself; pass \(base)")
        }
        return endpoint
    }
}
