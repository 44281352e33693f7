import FoundationEssentials

/// Files of results as people name them: files, folders, and patterns with `*` and `?`.
package enum ResultPaths {
    /// The files that a word names, by name.
    ///
    /// A pattern is expanded here where no shell has done so; of a folder it is the `.json` files in it, without those in
    /// folders below and without the index of baselines. A file that is named directly need not exist: to read it gives the better message.
    ///
    /// - Parameter word: as it was given.
    /// - Returns: the files, at least one.
    /// - Throws: when a pattern matches nothing, or a folder has no such file.
    package static func expand(_ word: String) throws(ResultFileError) -> [String] {
        if isFolder(word) { return try results(in: word) }
        guard word.contains(where: { $0 == "*" || $0 == "?" }), !FileManager.default.fileExists(atPath: word) else {
            return [word]
        }
        var places = [word.hasPrefix("/") ? "/" : ""]
        let parts = word.split(separator: "/").map(String.init)
        for (position, part) in parts.enumerated() {
            let isLast = position == parts.count - 1
            places = places.flatMap { matches(of: part, in: $0) }
                .filter { isLast ? FileManager.default.fileExists(atPath: $0) : isFolder($0) }
        }
        let files = places.filter { !isFolder($0) }
        guard !files.isEmpty else {
            throw ResultFileError(
                path: word,
                reason: "matches no file",
                hint: "a pattern that names nothing is a mistake"
            )
        }
        return files
    }

    /// The files without those that are there already under this name or another, and these.
    package static func unique(_ files: [String]) -> (files: [String], repeated: [String]) {
        var known: Set<String> = []
        var (first, repeated): ([String], [String]) = ([], [])
        for file in files {
            let place = URL(filePath: file).resolvingSymlinksInPath().standardized.path
            if known.insert(place).inserted {
                first.append(file)
            } else if !repeated.contains(file) {
                repeated.append(file)
            }
        }
        return (first, repeated)
    }

    private static func results(in folder: String) throws(ResultFileError) -> [String] {
        let files = names(in: folder)
            .filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") && $0 != BaselineIndex.fileName }
            .map { join(folder, $0) }.filter { !isFolder($0) }
        guard !files.isEmpty else {
            throw ResultFileError(path: folder, reason: "is a folder without results", hint: "results end in .json")
        }
        return files
    }

    private static func matches(of part: String, in place: String) -> [String] {
        guard part.contains(where: { $0 == "*" || $0 == "?" }) else { return [join(place, part)] }
        return names(in: place.isEmpty ? "." : place)
            .filter { (!$0.hasPrefix(".") || part.hasPrefix(".")) && Glob.matches($0, pattern: part) }
            .map { join(place, $0) }
    }

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// Whether a word names a folder.
    package static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    private static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty || folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }
}
