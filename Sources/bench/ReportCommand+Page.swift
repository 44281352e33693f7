import Results
import RunControl

extension ReportCommand {
    /// Writes a report as a page.
    func writePage(of report: RunReport, to path: String) throws(RunError) {
        throw .usage("cannot write \(path): this build makes no pages")
    }
}
