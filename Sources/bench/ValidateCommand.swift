import CommandLineKit
import Foundation
import HarnessCore
import LoadEngine
import Platform
import RunControl

/// `bench validate`: checks profiles and thresholds files without running anything.
struct ValidateCommand: Subcommand {
    static let command = Command(
        "validate",
        overview: "Check profiles and thresholds files without running anything: every mistake with its place.",
        argument: CommandArgument("file", "Files, names of profiles/, or folders of files", arity: .oneOrMore),
        options: [
            .value(
                "worker",
                label: "path",
                "The worker that is asked whether it takes the options of its system (default: bench-worker beside bench)"
            ),
            .flag("no-worker", "Ask no worker; the options of the system are then not checked"),
            .flag("json", "Print the findings as JSON"),
        ]
    )

    private struct Report: Encodable {
        var schemaVersion = MachineOutput.schemaVersion
        var kind = "validation"
        var isValid: Bool
        var files: [FileCheck]
    }

    private let parsed: ParsedCommand
    private let worker: String?

    init(_ parsed: ParsedCommand) throws {
        self.parsed = parsed
        if parsed.has("no-worker"), parsed.has("worker") {
            throw parsed.error("--worker and --no-worker contradict each other")
        }
        worker =
            parsed.has("no-worker")
            ? nil : try parsed.string("worker") ?? ExecutablePath.sibling("bench-worker")
    }

    func run() throws -> ExitStatus {
        let checks = try parsed.arguments.flatMap(Self.files).map(check)
        let isValid = checks.allSatisfy(\.isValid)
        if parsed.has("json") {
            try MachineOutput.write(Report(isValid: isValid, files: checks))
        } else {
            for check in checks { try show(check) }
        }
        return isValid ? .pass : .usage
    }

    private func show(_ check: FileCheck) throws {
        guard check.isValid else {
            for problem in check.problems { Terminal.write("Error: \(problem.text(file: check.path))\n", to: 2) }
            return
        }
        let what = check.kind == .thresholds ? "thresholds file" : "profile \(check.name ?? "")"
        try StandardOutput.write("\(check.path): valid \(what)\n")
    }

    private func check(_ path: String) throws -> FileCheck {
        let file: (text: String, path: String)
        do {
            file = try ProfileFolder.locate(path)
        } catch {
            return FileCheck(path: path, unreadable: error.message)
        }
        var failure: RunError?
        let check = FileCheck(path: file.path, text: file.text) { profile, plan in
            guard let worker else { return nil }
            do throws(RunError) {
                return try SystemCheck.objection(to: profile, plan: plan, worker: worker)
            } catch {
                failure = error
                return nil
            }
        }
        // That nobody could ask the system is no mistake of the file.
        if let failure { throw failure }
        return check
    }

    /// The files of a folder, or the name itself.
    private static func files(_ name: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue else {
            return [name]
        }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: name)) ?? []
        let paths = files.filter { $0.hasSuffix(".json") }.sorted().map { "\(name)/\($0)".replacing("//", with: "/") }
        return paths.isEmpty ? [name] : paths
    }
}
