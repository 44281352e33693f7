import CommandLineKit
import HarnessCore
import Results
import RunControl

extension ReportCommand {
    /// Shows which mappings of the worker's memory grew in each run.
    ///
    /// - Returns: `pass`; `usage` if a file has no mappings: the reason goes to standard error, and the others are shown all
    ///   the same.
    /// - Throws: `RunError` of usage where no file has any.
    func showMappings(of files: [(path: String, result: RunResult)]) throws -> ExitStatus {
        let tables = files.map { (path: $0.path, text: mappings($0.result)) }
        let missing = tables.filter { $0.text == nil }.map { Self.absence(in: $0.path) }
        guard missing.count < files.count else { throw RunError.usage(missing.joined(separator: "\n")) }
        let shown = tables.compactMap { path, text in
            text.map { files.count > 1 ? "\(path)\n\($0)" : $0 }
        }
        try StandardOutput.write(shown.joined(separator: "\n"))
        for message in missing { Terminal.write("Error: \(message)\n", to: 2) }
        return missing.isEmpty ? .pass : .usage
    }

    /// Which mappings grew in a run; nil where it has none.
    private func mappings(_ result: RunResult) -> String? {
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let painter = TextPainter(isEnabled: terminal.showsColour)
        let tables = result.repetitions.compactMap { repetition in
            repetition.mappings.map { (repetition, MappingTable($0).lines(width: terminal.width, painter: painter)) }
        }
        guard !tables.isEmpty else { return nil }
        return tables.map { repetition, lines in
            let title = tables.count > 1 ? ["repetition \(repetition.index + 1)"] : []
            return (title + lines).joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private static func absence(in path: String) -> String {
        "\(path) has no mappings: they are read at the end of each phase that ends in a successful flush, and there are not "
            + "two of them, or an older bench wrote the file; run it again with two such phases"
    }
}
