import Foundation
import HarnessCore
import Platform
import RunControl

/// The profiles that come with the project, and files of the user's own.
enum ProfileFolder {
    /// Files of the folder that are no profiles.
    private static let otherFiles: Set<String> = ["thresholds"]

    /// Finds a profile by its name or its path.
    ///
    /// - Returns: The text of its file and the path it was read from.
    /// - Throws: `RunError` of usage, with the nearest name.
    static func locate(_ name: String) throws(RunError) -> (text: String, path: String) {
        if name.contains("/") || name.hasSuffix(".json") || FileManager.default.fileExists(atPath: name) {
            return (try read(name), name)
        }
        let folders = candidates()
        for folder in folders {
            let path = "\(folder)/\(name).json"
            if !otherFiles.contains(name), FileManager.default.fileExists(atPath: path) {
                return (try read(path), path)
            }
        }
        if FileManager.default.fileExists(atPath: "\(name).json") {
            throw .usage("no profile '\(name)' in \(folders[0])/; for the file here pass --profile \(name).json")
        }
        let known = names(in: folders)
        if known.isEmpty {
            throw .usage(
                "no profile '\(name)': there is no folder of profiles (looked in \(folders.joined(separator: ", "))); "
                    + "run bench where profiles/ is, or pass the path of a file"
            )
        }
        let guess = Suggestion.nearest(to: name, in: known).map { " Did you mean '\($0)'?" } ?? ""
        throw .usage(
            "no profile '\(name)'.\(guess) There are: \(known.joined(separator: ", ")); or pass the path of a file"
        )
    }

    /// Every profile that can be named without a path, by name, and the file that the name stands for.
    ///
    /// - Throws: `RunError` of usage if there is no folder of profiles.
    static func all() throws(RunError) -> [(name: String, path: String)] {
        let folders = candidates()
        let found = names(in: folders).compactMap { name in
            folders.map { "\($0)/\(name).json" }.first { FileManager.default.fileExists(atPath: $0) }
                .map { (name: name, path: $0) }
        }
        guard !found.isEmpty else {
            throw .usage(
                "there are no profiles (looked in \(folders.joined(separator: ", "))); run bench where profiles/ is"
            )
        }
        return found
    }

    /// `profiles/` of the working directory, then that of the package which the program was built from.
    private static func candidates() -> [String] {
        var folders = ["profiles"]
        guard let executable = try? ExecutablePath.current() else { return folders }
        var folder = URL(fileURLWithPath: executable).deletingLastPathComponent()
        while folder.path != "/" {
            let manifest = folder.appendingPathComponent("Package.swift").path
            if FileManager.default.fileExists(atPath: manifest) {
                folders.append(folder.appendingPathComponent("profiles").path)
                break
            }
            folder.deleteLastPathComponent()
        }
        return folders
    }

    private static func names(in folders: [String]) -> [String] {
        let files = folders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] }
        let names = files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
        return Set(names).subtracting(otherFiles).sorted()
    }

    private static func read(_ path: String) throws(RunError) -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw .usage(
                "there is no profile file '\(path)'; a profile of profiles/ is named without folder and ending"
            )
        }
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw .usage("cannot read the profile \(path): \((error as NSError).localizedDescription)")
        }
    }
}
