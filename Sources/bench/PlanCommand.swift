import CommandLineKit
import HTTP
import HarnessCore
import LoadEngine
import RunControl

/// `bench plan`: what a run would do, without running it.
struct PlanCommand: Subcommand {
    static let command = Command(
        "plan",
        overview: "Show what would run: phases, totals, the rate over time, and what the queue can cost.",
        options: ProfileSelection.options + [
            .value("repeat", label: "count", "How many fresh workers would run the plan", default: "1"),
            .flag("search", "Show the first try of a search, whatever the profile's shape"),
            .value("shard", label: "k/n", "Show part k of a plan that n machines share"),
            .flag("json", "Print the plan as JSON"),
            .value(
                "worker-input",
                label: "url",
                "Print what makes 'bench-worker --run FILE' carry out the plan by itself and send to this receiver"
            ),
        ],
        sections: [ProfileSelection.section]
    )

    private let profile: Profile
    private let search: SearchSettings?
    private let plan: Plan
    private let changed: [String]
    private let repetitions: Int
    private let isJSON: Bool
    private let workerEndpoint: ReceiverEndpoint?

    init(_ parsed: ParsedCommand) throws {
        let selection = try ProfileSelection(parsed, searches: parsed.has("search"))
        guard selection.producerRange == nil else {
            throw parsed.error("A plan is of one number of producers; name one of the range", option: "producers")
        }
        search = try usage { try selection.document.search() }
        profile = selection.profile
        changed = selection.document.effectiveConfiguration.filter { [.environment, .flag].contains($0.origin) }
            .map(\.key)
        repetitions = try parsed.integer("repeat", in: 1...1000) ?? 1
        plan = try Self.part(of: selection.plan, parsed)
        isJSON = parsed.has("json")
        workerEndpoint = try Self.receiver(parsed)
    }

    func run() throws -> ExitStatus {
        if let workerEndpoint {
            let message = ControllerMessage.configure(
                ControllerMessage.Configure(
                    runID: "by-hand",
                    system: profile.system,
                    options: profile.options,
                    endpoint: workerEndpoint.description,
                    plan: plan
                )
            )
            try StandardOutput.write(String(decoding: WorkerProtocol.line(message), as: UTF8.self))
            return .pass
        }
        let report = PlanReport(
            profile: profile,
            plan: plan,
            repetitions: repetitions,
            search: search,
            changed: changed
        )
        if isJSON {
            try MachineOutput.write(report)
        } else {
            let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
            let text = PlanText(
                report: report,
                plan: plan,
                width: terminal.width,
                glyphs: terminal.glyphs,
                painter: TextPainter(isEnabled: terminal.showsColour)
            )
            try StandardOutput.write(text.text)
        }
        return .pass
    }

    /// Where a worker without a controller sends to, if that is asked for.
    private static func receiver(_ parsed: ParsedCommand) throws -> ReceiverEndpoint? {
        guard let text = parsed.string("worker-input") else { return nil }
        do {
            return try ReceiverEndpoint(parsing: text)
        } catch {
            throw parsed.invalidValue(text, of: "worker-input", error.explanation)
        }
    }

    /// The part that `--shard` names, or the whole.
    private static func part(of plan: Plan, _ parsed: ParsedCommand) throws -> Plan {
        guard let text = parsed.string("shard") else { return plan }
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard numbers.count == 2, let index = numbers[0], let count = numbers[1] else {
            throw parsed.invalidValue(text, of: "shard", "it is not a part of a whole; for example \"1/2\"")
        }
        guard let part = plan.shard(index, of: count) else {
            throw parsed.invalidValue(
                text,
                of: "shard",
                (1...plan.producers).contains(count)
                    ? "the parts are 1/\(count) to \(count)/\(count)"
                    : "each part has at least one producer, and the plan has \(plan.producers); pass --producers"
            )
        }
        return part
    }
}
