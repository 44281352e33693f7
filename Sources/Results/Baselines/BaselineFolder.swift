import FoundationEssentials

/// A folder with results that were accepted as baselines, and the index that says of what and why.
package struct BaselineFolder: Sendable {
    /// The folder.
    package let path: String
    /// What it holds.
    package private(set) var index: BaselineIndex
    private let digest: @Sendable ([UInt8]) -> String

    /// Opens a folder; one without an index holds nothing yet.
    ///
    /// - Parameters:
    ///   - path: the folder; it need not exist.
    ///   - digest: works out the SHA-256 digest of some bytes, 64 hexadecimal digits.
    /// - Throws: when the index cannot be read, or is of another version.
    package init(path: String, digest: @escaping @Sendable ([UInt8]) -> String) throws(ResultFileError) {
        self.path = path
        self.digest = digest
        let file = Self.join(path, BaselineIndex.fileName)
        guard FileManager.default.fileExists(atPath: file) else {
            index = BaselineIndex()
            return
        }
        let bytes = try FileAccess.read(file)
        do {
            index = try JSONDecoder().decode(BaselineIndex.self, from: Data(bytes))
        } catch {
            throw ResultFileError(path: file, reason: "is no index of baselines: \(ResultReader.describe(error))")
        }
        guard index.version == BaselineIndex.currentVersion else {
            throw ResultFileError(
                path: file,
                reason: "has the version \(index.version), and this tool reads \(BaselineIndex.currentVersion)",
                hint: "accept the baselines again"
            )
        }
    }

    /// Whether a path is such a folder, with an index.
    package static func isOne(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: join(path, BaselineIndex.fileName))
    }

    /// The files of a profile's baseline, each as it was accepted; none where there is no baseline.
    ///
    /// - Throws: when one of them was changed since, or is missing.
    package func files(for profile: String) throws(ResultFileError) -> [String] {
        var files: [String] = []
        for file in index.entry(for: profile)?.files ?? [] {
            let place = Self.join(path, file.name)
            guard digest(try FileAccess.read(place)) == file.sha256 else {
                throw ResultFileError(
                    path: place,
                    reason: "was changed after it was accepted as a baseline",
                    hint: "restore it, or accept a result with bench-compare accept"
                )
            }
            files.append(place)
        }
        return files
    }

    /// Accepts results of one profile in place of what was accepted before: copies them, then writes the index.
    ///
    /// - Parameters:
    ///   - results: the files and what is in them; at least one, all of one profile and plan.
    ///   - acceptance: why, when and under which limits.
    /// - Throws: when a file cannot be read or written; the index is written last, as a whole.
    package mutating func accept(
        _ results: [(path: String, result: RunResult)],
        _ acceptance: BaselineAcceptance
    ) throws(ResultFileError) {
        let first = results[0].result
        try FileAccess.attempt("cannot be created", path) {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        var files: [BaselineIndex.File] = []
        for (number, entry) in results.enumerated() {
            // All are read before the first is written: one of them may be the file that is replaced.
            let name = first.profile + (number == 0 ? "" : "-\(number + 1)") + ".json"
            files.append(BaselineIndex.File(name: name, runID: entry.result.runID, sha256: ""))
        }
        var contents: [[UInt8]] = []
        for entry in results { contents.append(try FileAccess.read(entry.path)) }
        for number in files.indices {
            files[number].sha256 = digest(contents[number])
            try FileAccess.write(contents[number], to: Self.join(path, files[number].name))
        }
        let environment = first.environment
        index.baselines.removeAll { $0.profile == first.profile }
        index.baselines.append(
            BaselineIndex.Entry(
                profile: first.profile,
                files: files,
                plan: first.plan.identity,
                commit: environment.gitCommit,
                isDirty: results.contains { $0.result.environment.gitDirty == true } ? true : nil,
                acceptedAt: acceptance.acceptedAt,
                reason: acceptance.reason,
                thresholds: acceptance.thresholds?.identity,
                limits: try acceptance.limits(of: results[0].result, results[0].path).map(AcceptedLimit.init),
                fingerprint: Fingerprint.fields(of: first)
            )
        )
        index.baselines.sort { $0.profile < $1.profile }
        try FileAccess.write(
            ResultFile.encode(index, BaselineIndex.fileName),
            to: Self.join(path, BaselineIndex.fileName)
        )
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
}
