import CommandLineKit
import HarnessCore
import Results
import RunControl

extension ReportCommand {
    /// Which mappings of the worker's memory grew in a run.
    func mappings(_ result: RunResult, _ path: String) throws(RunError) -> String {
        let terminal = Terminal(descriptor: 1, environment: BenchTool.environment)
        let painter = TextPainter(isEnabled: terminal.showsColour)
        let tables = result.repetitions.compactMap { repetition in
            repetition.mappings.map { (repetition, MappingTable($0).lines(width: terminal.width, painter: painter)) }
        }
        guard !tables.isEmpty else {
            throw .usage(
                "\(path) has no mappings: they are read at the end of each phase that ends in a successful flush, and "
                    + "there are not two of them, or an older bench wrote the file; run it again with two such phases"
            )
        }
        return tables.map { repetition, lines in
            let title = tables.count > 1 ? ["repetition \(repetition.index + 1)"] : []
            return (title + lines).joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }
}
