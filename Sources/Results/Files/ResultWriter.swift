import FoundationEssentials

/// Writes results into a folder, so that a run that took minutes is not lost to a folder that cannot be written.
///
/// Make it before the run: making it proves that the folder takes files.
package struct ResultWriter: Sendable {
    /// The folder that results go to.
    package let directory: String

    /// Creates the folder if need be, and proves by writing and removing a small file that results can be written.
    package init(directory: String) throws(ResultFileError) {
        self.directory = directory
        do {
            try FileAccess.attempt("cannot be created", directory) {
                try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            }
            let probe = Self.join(directory, ".probe-\(UUID().uuidString)")
            try FileAccess.write([], to: probe)
            try FileAccess.attempt("cannot be removed", probe) { try FileManager.default.removeItem(atPath: probe) }
        } catch {
            throw ResultFileError(
                path: directory,
                reason: "does not take results: \(error.reason)",
                hint: "choose another with --out"
            )
        }
    }

    /// The file that a run gets: `<directory>/<profile>-<time>.json`, with a number where that exists already.
    ///
    /// - Parameters:
    ///   - profile: name of the profile; what does not suit a file name becomes a dash.
    ///   - startedAt: when the run began, RFC 3339: `2026-11-20T22:48:55Z` gives `20261120T224855Z`.
    /// - Returns: a path that does not exist yet, and beside which there is no log of another run.
    package func path(profile: String, startedAt: String) -> String {
        let safe = String(profile.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" })
        let time = startedAt.prefix { $0 != "." }.filter { $0.isLetter || $0.isNumber }
        let stem = "\(safe)-\(time)" + (time.hasSuffix("Z") ? "" : "Z")
        let candidates = (1...).lazy.map { number in
            Self.join(directory, stem + (number == 1 ? "" : "-\(number)"))
        }
        let free = candidates.first { candidate in
            ["json", "jsonl", "hlog"].allSatisfy { !FileManager.default.fileExists(atPath: "\(candidate).\($0)") }
        }
        return (free ?? Self.join(directory, stem)) + ".json"
    }

    /// Writes a result to a file as a whole; an earlier version of it is replaced only when the new one is complete.
    package func write(_ result: RunResult, to path: String) throws(ResultFileError) {
        try ResultFile.write(result, to: path)
    }

    private static func join(_ directory: String, _ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }
}
