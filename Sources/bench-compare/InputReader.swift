import HarnessCore
import Platform
import Results

/// Reads the results that a command line names, and collects what is wrong with them.
///
/// All files are tried, so that one run tells all that is wrong.
struct InputReader {
    /// Whether something to compare with was named.
    let hasBaselines: Bool
    private(set) var baselines: [(path: String, result: RunResult)] = []
    private(set) var candidates: [(path: String, result: RunResult)] = []
    private(set) var pairs: [(path: String, result: PairedResult)] = []
    /// What makes judging impossible, each a sentence.
    private(set) var messages: [String] = []
    /// What a reader of the report should know.
    private(set) var notes: [String] = []

    /// Files that nobody named one by one.
    private var found: Set<String> = []

    /// Makes a reader that has read nothing yet.
    init(hasBaselines: Bool) {
        self.hasBaselines = hasBaselines
    }

    /// The profiles of what is looked at, each once.
    var profiles: [String] {
        (candidates.map(\.result.profile) + pairs.map(\.result.profile)).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    /// Reads what is looked at; without baselines paired results as well.
    mutating func readCandidates(_ words: [String]) {
        for path in expand(words) {
            switch read(path) {
            case .run(let result): candidates.append((path, result))
            case .paired(let result) where !hasBaselines: pairs.append((path, result))
            case .paired: messages.append(Self.bothSides(path))
            case nil: break
            }
        }
        if pairs.isEmpty, candidates.isEmpty, messages.isEmpty {
            messages.append("there is no result in \(words.joined(separator: ", ")); bench writes them")
        }
        if !pairs.isEmpty, !candidates.isEmpty {
            messages.append(
                "\(pairs[0].path) is a paired result and \(candidates[0].path) is none; judge them one after the other"
            )
        }
    }

    /// Reads what the candidates, which are read before, are compared with.
    ///
    /// What a folder holds is there for several comparisons: of one with an index it is what was accepted for the profiles of
    /// the candidates, of any other the results of these profiles.
    mutating func readBaselines(_ words: [String]) {
        for word in words {
            if BaselineFolder.isOne(word) {
                readAccepted(word)
            } else if ResultPaths.isFolder(word) {
                readFolder(word)
            } else {
                readFiles(word)
            }
        }
        let (files, repeated) = ResultPaths.unique(baselines.map(\.path))
        noteRepeated(repeated)
        baselines = files.compactMap { file in baselines.first { $0.path == file } }
        let known = Dictionary(baselines.map { ($0.result.runID, $0.path) }) { first, _ in first }
        for (path, result) in candidates {
            guard let other = known[result.runID] else { continue }
            notes.append("\(path) and \(other) are the same run, on both sides")
        }
    }

    private mutating func readAccepted(_ folder: String) {
        let profiles = profiles
        let files = attempt { () throws(ResultFileError) in
            let baselines = try BaselineFolder(path: folder, digest: SHA256.hexadecimalDigest)
            var files: [String] = []
            for profile in profiles { files += try baselines.files(for: profile) }
            return files
        }
        for file in files ?? [] { readFiles(file) }
    }

    private mutating func readFolder(_ folder: String) {
        let profiles = profiles
        var others: [String] = []
        for path in expand([folder]) {
            switch read(path) {
            case .run(let result) where profiles.contains(result.profile): baselines.append((path, result))
            case .run(let result): others.append(result.profile)
            // Whoever names a folder does not name each file in it.
            case .paired: others.append("paired")
            case nil: break
            }
        }
        guard !others.isEmpty else { return }
        let kinds = Set(others).sorted().joined(separator: ", ")
        notes.append("\(others.count == 1 ? "1 result" : "\(others.count) results") in \(folder) left out: \(kinds)")
    }

    private mutating func readFiles(_ word: String) {
        for path in expand([word]) {
            switch read(path) {
            case .run(let result): baselines.append((path, result))
            case .paired: messages.append(Self.bothSides(path))
            case nil: break
            }
        }
    }

    private static func bothSides(_ path: String) -> String {
        "\(path) holds both sides of a comparison; name it alone, without --baseline"
    }

    /// Does something that may fail, and keeps what is wrong.
    mutating func attempt<Value>(_ body: () throws(ResultFileError) -> Value) -> Value? {
        do {
            return try body()
        } catch {
            messages.append(error.description)
            return nil
        }
    }

    /// What became looser since the baselines in some folders were accepted, each a sentence.
    func loosenings(
        _ thresholds: (identity: ThresholdsIdentity, file: ThresholdsFile)?,
        _ folders: [String]
    ) throws(ResultFileError) -> [String] {
        var notes: [String] = []
        for folder in folders where BaselineFolder.isOne(folder) {
            let index = try BaselineFolder(path: folder, digest: SHA256.hexadecimalDigest).index
            for result in candidates.map(\.result) + pairs.map(\.result.candidate.result) {
                guard let entry = index.entry(for: result.profile) else { continue }
                let found = try entry.loosenings(for: result, thresholds)
                let unchanged =
                    "the limits are not those under which the baseline of \(entry.profile) was accepted; none is looser"
                notes += found.isEmpty && entry.hasOtherThresholds(thresholds?.identity) ? [unchanged] : found
            }
        }
        return notes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// Reads the distributions of what did not stay as it was, and adds how they moved.
    func addShifts(to report: inout ComparisonReport) throws(ResultFileError) {
        for profile in report.profilesWithShifts.sorted() {
            let places = { (entries: [(path: String, result: RunResult)]) in
                entries.filter { $0.result.profile == profile }.map(\.path)
            }
            var (first, second): ([RunResult], [RunResult]) = ([], [])
            for path in places(baselines) { first.append(try ResultReader.read(path)) }
            for path in places(candidates) { second.append(try ResultReader.read(path)) }
            for path in pairs.filter({ $0.result.profile == profile }).map(\.path) {
                guard case .paired(let paired) = try ResultDocument.read(path) else { continue }
                first.append(paired.baseline.result)
                second.append(paired.candidate.result)
            }
            report.addShifts(profile: profile, baseline: first, candidate: second)
        }
    }

    private mutating func expand(_ words: [String]) -> [String] {
        // Each word for itself: one that names nothing does not hide the others.
        let named = words.flatMap { word in
            let files = attempt { () throws(ResultFileError) in try ResultPaths.expand(word) } ?? []
            if files != [word] { found.formUnion(files) }
            return files
        }
        let (files, repeated) = ResultPaths.unique(named)
        noteRepeated(repeated)
        return files
    }

    private mutating func noteRepeated(_ files: [String]) {
        notes += files.map { "\($0) was given more than once, and counts once" }
    }

    private mutating func read(_ path: String) -> ResultDocument? {
        do {
            return try ResultDocument.readFigures(path)
        } catch {
            // Whoever names a folder or a pattern may have put a report there.
            if found.contains(path), ResultDocument.isReport(path) {
                notes.append("\(path) left out: it is a report, and no result")
            } else {
                messages.append(error.description)
            }
            return nil
        }
    }
}
