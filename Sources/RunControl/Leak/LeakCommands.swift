import HarnessCore
import LoadEngine
import Platform
import Results

/// Command lines that find the place of a leak: the worker by itself, under a heap profiler.
///
/// `bench plan --worker-input` writes what a controller would tell the worker, and `bench-worker --run` follows it without
/// one: the profiler sees the worker alone, and may slow it down as much as it likes.
struct LeakCommands {
    /// Enough for a profiler, which takes up to a hundred times as long.
    private static let cycles = 10
    private static let operations: UInt64 = 20_011
    private static let port = 43_118

    private let request: RunRequest
    private let document: ProfileDocument
    private let findings: LeakFindings

    /// Prepares the lines for what a check has found.
    init(_ request: RunRequest, _ document: ProfileDocument, _ findings: LeakFindings) {
        self.request = request
        self.document = document
        self.findings = findings
    }

    /// The lines in the order in which they are entered.
    var lines: [String] {
        let name = request.profile.name
        let worker = Self.quoted(request.workerExecutable)
        let endpoint = request.endpoint?.description ?? "http://127.0.0.1:\(Self.port)"
        let sink = request.endpoint == nil ? ["\(Self.quoted(request.sinkExecutable)) --port \(Self.port) &"] : []
        return [
            ([Self.bench, "plan", "--profile", Self.quoted(request.profileSource ?? name)]
                + settings.flatMap { ["--set", Self.quoted($0)] }
                + ["--worker-input", endpoint, ">", "\(name).input"]).joined(separator: " ")
        ] + sink + [
            "heaptrack -o \(name) \(worker) --run \(name).input",
            // What happened fewer than ten times in ten cycles is memory of the whole run, and comes first by size.
            "heaptrack_print --print-leaks=1 --print-peaks=0 --print-allocators=0 --print-temporary=0 "
                + "--sub-peak-limit=500 \(name).zst | grep -A 12 -E 'over [0-9]{2,} calls from:'",
            "valgrind --tool=massif --massif-out-file=\(name).massif \(worker) --run \(name).input",
            "ms_print \(name).massif",
        ]
    }

    /// What the user changed, what the trial changes in which it grows, and less of it.
    private var settings: [String] {
        let kind = findings.causes.first?.kind ?? .check
        let phase = findings.settings.phase
        let changed = document.effectiveConfiguration.filter { $0.origin == .flag || $0.origin == .environment }
        let trial = kind.assignments(findings.settings, request.profile) ?? []
        let count = min(Self.operations, findings.trial(.check)?.itemsPerCycle ?? Self.operations)
        let isShort = trial.contains { $0.hasPrefix("phases.\(phase).count=") }
        return changed.map { "\($0.key)=\($0.value.stringValue ?? $0.value.description)" } + trial
            + (isShort ? [] : ["phases.\(phase).count=\(count)"])
            + ["phases.\(phase).cycles=\(max(Self.cycles, findings.settings.discard + LeakSettings.countedCycles))"]
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
