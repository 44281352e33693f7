/// What the rows of a report are about, worked out once: the profile where there are several, the file where several are
/// of that profile, and where a limit was written down where two places limit the same.
struct RowPlaces {
    private let showsProfile: Bool
    /// What the files of a profile are called, by path; absent for a profile with one file.
    private let files: [String: [String: String]]
    /// What is limited in more than one place.
    private let shared: Set<[String?]>

    /// Looks at a report.
    init(_ report: ComparisonReport) {
        showsProfile = Set(report.rows.map(\.profile)).count > 1
        let demands = Dictionary(grouping: report.gates, by: Self.demand)
        shared = Set(demands.filter { Set($0.value.map(\.source)).count > 1 }.keys)
        let candidates = Dictionary(grouping: report.inputs.filter { $0.role != .baseline }, by: \.profile)
        files = candidates.filter { $0.value.count > 1 }.mapValues { inputs in
            let name = { (path: String) in path.split(separator: "/").last.map { String($0) } ?? path }
            let isUnique = Set(inputs.map { name($0.path) }).count == inputs.count
            return Dictionary(inputs.map { ($0.path, isUnique ? name($0.path) : $0.path) }) { first, _ in first }
        }
    }

    /// What stands before the metric of a row; empty where it goes without saying.
    subscript(row: ComparisonRow) -> String {
        guard let input = row.input, let names = files[row.profile] else { return showsProfile ? row.profile : "" }
        return "\(row.profile) (\(names[input] ?? input))"
    }

    /// Where the limit was written down; empty where no other place limits the same metric in the same way.
    func source(of row: ComparisonRow) -> String {
        guard row.kind != .information, shared.contains(Self.demand(row)) else { return "" }
        return row.source.map { "[\($0.word)]" } ?? ""
    }

    private static func demand(_ row: ComparisonRow) -> [String?] {
        [row.profile, row.input, row.metric, row.phase, row.kind.rawValue]
    }
}
