import Foundation
import Platform
import Results
import RunControl

/// The files of a run: its result, which is written at its end, and its log, which is written as it goes.
struct RunFiles {
    /// When the run begins; part of the files' names.
    let startedAt = Date()
    /// Where the result goes.
    let resultPath: String
    /// The log beside it; nil if the run is not logged.
    let log: RunLog?

    private let writer: ResultWriter

    /// Creates the log, if any, in a folder; minutes of load are not to end in one that takes no files.
    ///
    /// - Parameters:
    ///   - directory: the folder, made if it is not there.
    ///   - profile: the name of the profile.
    ///   - isLogged: whether there is a log.
    /// - Throws: `RunError` of usage if the folder takes no files.
    init(directory: String, profile: String, isLogged: Bool = true) throws(RunError) {
        do {
            writer = try ResultWriter(directory: directory)
        } catch {
            throw .usage("\(error)")
        }
        guard isLogged else {
            log = nil
            resultPath = writer.path(profile: profile, startedAt: startedAt.formatted(.iso8601))
            return
        }
        // Another run that begins in the same second may take a name between looking and making.
        var attempts = 0
        while true {
            let path = writer.path(profile: profile, startedAt: startedAt.formatted(.iso8601))
            do {
                log = try RunLog(stem: String(path.dropLast(5)))
                resultPath = path
                return
            } catch {
                attempts += 1
                guard error.isAlreadyThere, attempts < 100 else {
                    throw .usage("cannot create the log of the run: \(error); choose another folder with --out")
                }
            }
        }
    }

    /// Writes the result.
    ///
    /// - Throws: `RunError` with the way to what was measured, if it cannot be written.
    func write(_ result: RunResult) throws(RunError) {
        do {
            try writer.write(result, to: resultPath)
        } catch {
            let remedy =
                log.map { log in
                    log.trouble == nil
                        ? "; once there is room: bench report \(log.path) --out \(resultPath)"
                        : "; its log is incomplete, too"
                } ?? ""
            throw .internal("the result cannot be written: \(error)\(remedy)")
        }
    }
}
