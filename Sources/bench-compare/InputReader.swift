import Results

/// Reads the results that a command line names, and collects what is wrong with them.
///
/// All files are tried, so that one run tells all that is wrong.
struct InputReader {
    private(set) var baselines: [(path: String, result: RunResult)] = []
    private(set) var candidates: [(path: String, result: RunResult)] = []
    private(set) var pairs: [(path: String, result: PairedResult)] = []
    /// What makes judging impossible, each a sentence.
    private(set) var messages: [String] = []
    /// What a reader of the report should know.
    private(set) var notes: [String] = []

    /// Reads what is compared with.
    mutating func readBaselines(_ words: [String]) {
        for path in expand(words) {
            switch read(path) {
            case .run(let result): baselines.append((path, result))
            case .paired: messages.append("\(path) holds both sides of a comparison; name it alone, without --baseline")
            case nil: break
            }
        }
    }

    /// Reads what is looked at; without baselines paired results as well.
    mutating func readCandidates(_ words: [String]) {
        let known = Dictionary(baselines.map { ($0.result.runID, $0.path) }) { first, _ in first }
        for path in expand(words) {
            switch read(path) {
            case .run(let result):
                if let other = known[result.runID] {
                    notes.append("\(path) and \(other) are the same run, on both sides")
                }
                candidates.append((path, result))
            case .paired(let result) where baselines.isEmpty: pairs.append((path, result))
            case .paired: messages.append("\(path) holds both sides of a comparison; name it alone, without --baseline")
            case nil: break
            }
        }
        if !pairs.isEmpty, !candidates.isEmpty {
            messages.append(
                "\(pairs[0].path) is a paired result and \(candidates[0].path) is none; judge them one after the other"
            )
        }
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

    private mutating func expand(_ words: [String]) -> [String] {
        // Each word for itself: one that names nothing does not hide the others.
        let named = words.flatMap { word in
            attempt { () throws(ResultFileError) in try ResultPaths.expand(word) } ?? []
        }
        let (files, repeated) = ResultPaths.unique(named)
        notes += repeated.map { "\($0) was given more than once, and counts once" }
        return files
    }

    private mutating func read(_ path: String) -> ResultDocument? {
        attempt { () throws(ResultFileError) in try ResultDocument.readFigures(path) }
    }
}
