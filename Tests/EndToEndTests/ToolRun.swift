import FoundationEssentials
import Platform
import Results
import TestSupport
import Testing

/// One of the package's programs, started as a user starts it.
final class ToolRun {
    /// How a run ended, and what it wrote.
    struct Result {
        let exit: ChildProcess.Exit?
        let output: String
        let errors: String
    }

    private let child: ChildProcess
    private let output: LineReader
    private let errors: LineReader
    private var outputLines: [String] = []
    private var errorLines: [String] = []

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - name: The program, as it was built for this test run.
    ///   - arguments: Without the program's name.
    ///   - environment: Variables beside the few that a program needs.
    /// - Throws: If it was not built, or cannot be started.
    convenience init(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws {
        try self.init(command: [BuiltExecutable.path(name)] + arguments, environment: environment)
    }

    /// Starts a command: a program, by path or as found on the search path, and its arguments.
    init(
        command: [String],
        environment: [String: String] = [:],
        workingDirectory: String = Repository.root
    ) throws {
        child = try ChildProcess.start(
            executable: try #require(ExecutablePath.search(command[0]), "\(command[0]) was not found"),
            arguments: Array(command.dropFirst()),
            // Other tests run beside this one: what they take from a run is not to decide about it.
            environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "BENCH_SET": "validity.policy=warning"]
                .merging(environment) { $1 },
            workingDirectory: workingDirectory,
            standardInput: .null
        )
        output = LineReader(descriptor: child.standardOutput ?? -1)
        errors = LineReader(descriptor: child.standardError ?? -1)
    }

    var processID: Int32 { child.processID }

    func signal(_ number: Int32) {
        child.kill(number)
    }

    /// Reads until a line of standard error contains a text; false if none does in time.
    func awaitErrorLine(containing text: String) throws -> Bool {
        while case .line(let line) = try errors.next(deadline: Waiting.deadline()) {
            errorLines.append(String(decoding: line, as: UTF8.self))
            if errorLines.last?.contains(text) == true { return true }
        }
        return false
    }

    /// Reads the next line of standard output and returns what follows a prefix; nil if the line has not that prefix.
    func awaitOutputLine(withPrefix prefix: String) throws -> String? {
        guard case .line(let line) = try output.next(deadline: Waiting.deadline()) else { return nil }
        let text = String(decoding: line, as: UTF8.self)
        return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
    }

    /// Reads both streams to their ends and waits for the end of the program, all within a minute.
    func finish() throws -> Result {
        let deadline = MonotonicClock.deadline(after: 60_000_000_000)
        while !output.isAtEnd || !errors.isAtEnd {
            let open = [output, errors].filter { !$0.isAtEnd }
            let ready = try Poll.readable(open.map(\.descriptor), deadline: deadline)
            guard !ready.isEmpty else { break }
            for reader in open where ready.contains(reader.descriptor) { try reader.readAvailable() }
        }
        while let line = try output.takeLine() { outputLines.append(String(decoding: line, as: UTF8.self)) }
        while let line = try errors.takeLine() { errorLines.append(String(decoding: line, as: UTF8.self)) }
        return Result(
            exit: child.wait(deadline: deadline),
            output: outputLines.joined(separator: "\n"),
            errors: errorLines.joined(separator: "\n")
        )
    }

    /// Starts a program and waits for its end.
    static func run(_ name: String, _ arguments: [String], environment: [String: String] = [:]) throws -> Result {
        try ToolRun(name, arguments, environment: environment).finish()
    }
}

/// The one result that a run has left in a folder.
func onlyResult(in folder: TemporaryDirectory) throws -> RunResult {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
    let name = try #require(files.count == 1 ? files.first : nil, "one result, not \(files)")
    return try ResultReader.read(folder.path(name))
}

/// Where the package lies.
enum Repository {
    /// The folder of the manifest, found upwards from this file.
    static let root = {
        var folder = URL(filePath: #filePath)
        repeat { folder.deleteLastPathComponent() } while !hasManifest(folder) && folder.path.count > 1
        return folder.path
    }()

    private static func hasManifest(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
    }
}

/// Processes of the machine, as `/proc` lists them.
enum ProcessTable {
    /// The living children of a process, all or those that run a program of this name.
    static func children(of parent: Int32, running program: String? = nil) -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { Int32($0) }.filter { process in
            // Processes come and go while the table is read.
            guard let stat = try? ProcessProbe(processID: process).stat(), stat.state != .zombie else { return false }
            return stat.parentProcessID == parent && (program == nil || commandName(process) == program)
        }
    }

    /// The living processes that were started with such an argument, such as the script that a shell runs.
    static func running(argument: String) -> [Int32] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap { Int32($0) }.filter { process in
            guard let data = FileManager.default.contents(atPath: "/proc/\(process)/cmdline"), isAlive(process) else {
                return false
            }
            return data.split(separator: 0).dropFirst().contains { String(decoding: $0, as: UTF8.self) == argument }
                && commandName(process) != "bench"
        }
    }

    /// Whether a process lives; a zombie does not.
    static func isAlive(_ process: Int32) -> Bool {
        guard let stat = try? ProcessProbe(processID: process).stat() else { return false }
        return stat.state != .zombie
    }

    private static func commandName(_ process: Int32) -> String? {
        guard let data = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return nil }
        let path = String(decoding: data.prefix { $0 != 0 }, as: UTF8.self)
        return path.split(separator: "/").last.map(String.init)
    }
}
