import Results
import RunControl

extension ReportCommand {
    /// Writes a report as a page.
    func writePage(of report: RunReport, to path: String) throws(RunError) {
        do {
            try ReportPage(report).write(to: path)
        } catch {
            throw .internal("\(error)")
        }
    }
}
