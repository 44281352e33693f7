import CommandLineKit
import Foundation
import HarnessCore
import LoadEngine
import Platform
import Results
import RunControl

/// `bench run`: a profile, a run, a result.
struct RunCommand {
    private let parsed: ParsedCommand
    private let document: ProfileDocument
    private let request: RunRequest

    init(_ parsed: ParsedCommand) throws {
        self.parsed = parsed
        guard parsed.arguments.isEmpty else {
            let words = parsed.arguments.map { "'\($0)'" }.joined(separator: ", ")
            throw parsed.error("Unexpected argument \(words); a profile is named with --profile")
        }
        let document = try Self.document(parsed)
        self.document = document
        let profile = try Self.usage { try document.profile() }
        let endpoint = try Self.endpoint(parsed)
        let worker = endpoint?.isSecure == true ? "bench-worker-tls" : "bench-worker"
        request = RunRequest(
            profile: profile,
            plan: try Self.usage { try profile.makePlan() },
            workerExecutable: try parsed.string("worker") ?? ExecutablePath.sibling(worker),
            sinkExecutable: try ExecutablePath.sibling("bench-sink"),
            endpoint: endpoint,
            repetitions: try parsed.integer("repeat", in: 1...1000) ?? 1
        )
    }

    func run() throws -> ExitStatus {
        // Before the run: minutes of load are not to end in a folder that takes no files.
        let writer = try Self.usage { try ResultWriter(directory: parsed.string("out") ?? "results/runs") }
        let display = ProgressDisplay(
            terminal: Terminal(descriptor: 2, environment: BenchTool.environment),
            isQuiet: parsed.has("quiet")
        )
        defer { display.finish() }
        let controller = RunController(
            request: request,
            configuration: document.effectiveConfiguration,
            command: CommandLine.arguments,
            observer: display
        )
        let result = try controller.run()
        display.finish()
        let path = writer.path(profile: result.profile, startedAt: result.startedAt)
        do {
            try writer.write(result, to: path)
        } catch {
            throw RunError.internal("\(error)")
        }
        try show(result, path)
        return result.exitStatus
    }

    private func show(_ result: RunResult, _ path: String) throws {
        if parsed.has("json") {
            Terminal.write(try String(contentsOfFile: path, encoding: .utf8), to: 1)
            return
        }
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let renderer = RunSummaryRenderer(width: terminal.width, showsColour: terminal.showsColour)
        Terminal.write(renderer.render(result, file: path), to: 1)
    }

    // MARK: - From words to a request

    private static func document(_ parsed: ParsedCommand) throws -> ProfileDocument {
        let name = parsed.string("profile") ?? "sustained"
        let file = try ProfileFolder.locate(name)
        var document = try usage { try ProfileDocument(parsing: file.text, source: name) }
        let environment = try usage { try ProfileOverrides(environment: BenchTool.environment) }
        document = try usage { try document.applying(environment, origin: .environment) }
        let flags = ProfileOverrides(
            rate: try parsed.rate("rate"),
            durationNanoseconds: try parsed.duration("duration"),
            producers: try parsed.integer("producers", in: 1...Plan.maximumProducers),
            seed: try parsed.integer("seed", in: 0...Int.max).map { UInt64($0) },
            set: parsed.strings("set")
        )
        return try usage { try document.applying(flags, origin: .flag) }
    }

    private static func endpoint(_ parsed: ParsedCommand) throws -> ReceiverEndpoint? {
        guard let text = parsed.string("endpoint") else { return nil }
        let endpoint: ReceiverEndpoint
        do {
            endpoint = try ReceiverEndpoint(parsing: text)
        } catch {
            throw parsed.invalidValue(text, of: "endpoint", "\(error)")
        }
        guard !endpoint.path.hasSuffix("/v1/logs") else {
            let base = text.replacingOccurrences(of: "/v1/logs", with: "")
            throw parsed.invalidValue(text, of: "endpoint", "the SDK adds /v1/logs itself; pass \(base)")
        }
        return endpoint
    }

    /// Runs what can only fail by a mistake of the user.
    private static func usage<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            throw RunError.usage("\(error)")
        }
    }
}
