import HarnessCore
import LoadEngine
import Platform
import Results

/// Command lines that find the place of a leak: the worker by itself, under a tool that says who took what grows.
///
/// `bench plan --worker-input` writes what a controller would tell the worker, and `bench-worker --run` follows it without
/// one: the tool sees the worker alone, and may slow it down as much as it likes. With `--sink` the worker starts and ends
/// its receiver itself, on a port that is free.
struct LeakCommands {
    /// Enough for a tool that takes up to a hundred times as long.
    private static let cycles = 10
    private static let operations: UInt64 = 20_011
    /// Stands in the file, and is not used: the worker's own sink has another.
    private static let anyEndpoint = "http://127.0.0.1:4318"

    private let request: RunRequest
    private let document: ProfileDocument
    private let findings: LeakFindings

    /// Prepares the lines for what a check has found.
    init(_ request: RunRequest, _ document: ProfileDocument, _ findings: LeakFindings) {
        self.request = request
        self.document = document
        self.findings = findings
    }

    /// The lines in the order in which they are entered; they can be entered again, and leave nothing running.
    var lines: [String] {
        let endpoint = request.endpoint?.description ?? Self.anyEndpoint
        let plan =
            [Self.bench, "plan", "--profile", Self.quoted(request.profileSource ?? request.profile.name)]
            + settings.flatMap { ["--set", Self.quoted($0)] } + ["--worker-input", endpoint, ">", file("input")]
        return [plan.joined(separator: " ")] + resources.flatMap(lines)
    }

    /// What grows in the trial that the lines repeat, the most telling first.
    private var resources: [LeakCause.Resource] {
        let causes = findings.causes.filter { $0.kind == kind }
        return LeakCause.Resource.allCases.filter { resource in causes.contains { $0.resource == resource } }
    }

    private var kind: LeakTrialKind { findings.causes.first?.kind ?? .check }

    /// What shows where something was taken that is still there at the end.
    private func lines(for resource: LeakCause.Resource) -> [String] {
        switch resource {
        case .bytes:
            // What happened fewer than ten times in ten cycles is memory of the whole run, and comes first by size.
            return [
                "heaptrack -o \(file("heap")) \(worker)",
                "heaptrack_print --print-leaks=1 --print-peaks=0 --print-allocators=0 --print-temporary=0 "
                    + "--sub-peak-limit=500 \(file("heap.zst")) | grep -A 12 -E 'over [0-9]{2,} calls from:'",
                "valgrind --tool=massif --massif-out-file=\(file("massif")) \(worker)",
                "ms_print \(file("massif"))",
            ]
        case .descriptors:
            // The last that were opened come first.
            let log = file("descriptors")
            return [
                "valgrind --tool=none --track-fds=yes --log-file=\(log) \(worker)",
                "grep -m 5 -A 12 'Open .*descriptor' \(log) | swift demangle --simplified",
            ]
        case .threads:
            // What a thread has of its own is lost with its owner's pointer: memcheck says who began those still there.
            let log = file("threads")
            return [
                "valgrind --leak-check=full --show-leak-kinds=possible --log-file=\(log) \(worker)",
                "grep -B 6 -A 9 pthread_create \(log) | swift demangle --simplified",
            ]
        }
    }

    /// The worker by itself, with a receiver of its own where nobody named one.
    private var worker: String {
        let sink = request.endpoint == nil ? " --sink \(Self.quoted(request.sinkExecutable))" : ""
        return "\(Self.quoted(request.workerExecutable)) --run \(file("input"))\(sink)"
    }

    private func file(_ ending: String) -> String { Self.quoted("\(request.profile.name).\(ending)") }

    /// What the user changed, what the trial changes in which it grows, and less of it; each setting once.
    private var settings: [String] {
        let phase = findings.settings.phase
        let changed = document.effectiveConfiguration.filter { $0.origin == .flag || $0.origin == .environment }
        let trial = kind.assignments(findings.settings, request.profile) ?? []
        let count = min(Self.operations, findings.trial(.check)?.itemsPerCycle ?? Self.operations)
        let isShort = trial.contains { $0.hasPrefix("phases.\(phase).count=") }
        let all =
            changed.map { "\($0.key)=\($0.value.stringValue ?? $0.value.description)" } + trial
            + (isShort ? [] : ["phases.\(phase).count=\(count)"])
            + ["phases.\(phase).cycles=\(max(Self.cycles, findings.settings.discard + LeakSettings.countedCycles))"]
        let key = { (assignment: String) in assignment.prefix { $0 != "=" } }
        // The last one would win all the same.
        return all.enumerated().filter { index, assignment in
            !all[(index + 1)...].contains { key($0) == key(assignment) }
        }.map(\.element)
    }

    /// The tool that runs this code, where it is one.
    private static var bench: String {
        guard let path = try? ExecutablePath.current(), path.hasSuffix("/bench") else { return "bench" }
        return quoted(path)
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-=:,+".utf8.contains(byte)
            }
        }
        guard !plain || word.isEmpty else { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
