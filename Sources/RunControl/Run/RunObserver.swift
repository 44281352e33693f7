/// Whoever watches a run.
package protocol RunObserver: AnyObject {
    /// Whether `progress` is of any use; if not, nothing is measured for it.
    var wantsProgress: Bool { get }

    /// Hears once a second where the run stands.
    func progress(_ progress: RunProgress)

    /// Hears a line that a process wrote to its standard error, or something else that a user should read at once.
    func note(_ line: String)
}
