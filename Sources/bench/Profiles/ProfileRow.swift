import HarnessCore
import LoadEngine
import RunControl

/// What a list of profiles says of one of them.
struct ProfileRow: Encodable {
    /// The name that `--profile` takes.
    let name: String
    /// The file.
    let path: String
    /// What the profile says of itself.
    private(set) var description: String?
    /// The shapes of the reported phases, each once, in their order.
    private(set) var shapes: [String]?
    /// Operations of all phases together; nil where time alone bounds one, and of a search.
    private(set) var operations: UInt64?
    /// The planned durations of all phases together, without flushes, in seconds; nil where a number of operations alone
    /// ends one.
    private(set) var durationS: Double?
    /// How many threads issue operations.
    private(set) var producers: Int?
    /// The hash of the plan; nil of a search, which makes several.
    private(set) var planHash: String?
    /// Why the profile cannot be used; nil if it can.
    private(set) var error: String?

    /// Reads a profile as it stands, without changes from environment or command line.
    init(name: String, path: String) {
        self.name = name
        self.path = path
        do {
            let file = try ProfileFolder.locate(path)
            let document = try ProfileDocument(parsing: file.text, source: path)
            let profile = try document.profile()
            let search = try document.search()
            let plan = try profile.makePlan()
            description = profile.description
            shapes = plan.phases.filter(\.report).reduce(into: []) { shapes, phase in
                let shape = phase.name == search?.phase ? "search" : phase.shape
                if !shapes.contains(shape) { shapes.append(shape) }
            }
            producers = plan.producers
            // The plan of a search is that of its first try.
            guard search == nil else { return }
            planHash = plan.hash
            operations = plan.totalOperations
            durationS = RunOutline(plan: plan, repetitions: 1).repetitionNanoseconds.map { Double($0) / 1e9 }
        } catch {
            self.error = "\(error)"
        }
    }
}
