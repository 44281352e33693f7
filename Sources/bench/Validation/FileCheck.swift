import HarnessCore
import LoadEngine
import Results
import RunControl

/// What a profile or a thresholds file is worth, found out without running anything.
struct FileCheck: Encodable {
    /// What a file is for.
    enum Kind: String, Encodable {
        case profile
        case thresholds
    }

    /// The file, as it was named.
    let path: String
    /// What the file is for; nil when nobody can tell.
    private(set) var kind: Kind?
    /// The name that a profile gives itself; nil for anything else.
    private(set) var name: String?
    /// The mistakes, those of the same member once.
    private(set) var problems: [FileProblem] = []

    /// Whether the file can be used as it is.
    var isValid: Bool { problems.isEmpty }

    /// Checks a file.
    ///
    /// - Parameters:
    ///   - path: What messages call the file.
    ///   - text: Its contents.
    ///   - system: Asks a system whether it takes its options and returns what it says against them; nil to ask nobody.
    init(path: String, text: String, system: ((Profile, Plan) -> String?)? = nil) {
        self.path = path
        let document: JSONValue
        do {
            document = try StrictJSON.parse(text)
        } catch {
            problems = [FileProblem(error, lines: [:])]
            return
        }
        let lines = StrictJSON.lines(in: text)
        if document["gates"] != nil {
            kind = .thresholds
            let found = MistakeCollector(document) { document throws(StrictJSONError) in
                _ = try ThresholdsFile(parsing: document)
            }
            add(found, lines)
        } else {
            kind = .profile
            name = document["name"]?.stringValue
            checkProfile(document, lines, system)
        }
    }

    /// A file that cannot be read.
    init(path: String, unreadable reason: String) {
        self.path = path
        problems = [FileProblem(reason: reason)]
    }

    private mutating func checkProfile(
        _ document: JSONValue,
        _ lines: [String: Int],
        _ system: ((Profile, Plan) -> String?)?
    ) {
        let source = path
        let found = MistakeCollector(document) { document throws(StrictJSONError) in
            do throws(ProfileError) {
                _ = try ProfileDocument(parsing: document.description, source: source).profile()
            } catch {
                throw error.mistake ?? StrictJSONError(path: "", reason: error.message)
            }
        }
        add(found, lines)
        guard let profile = try? ProfileDocument(parsing: found.document.description, source: source).profile() else {
            return
        }
        // One that is wrong in form was mended for the sake of the others, and is none to be judged.
        for threshold in profile.thresholds
        where !found.mistakes.contains(where: { $0.member.hasPrefix("thresholds.\(threshold.metric).") }) {
            do throws(StrictJSONError) {
                _ = try Gate.gates([threshold], ofProfile: profile.name)
            } catch {
                var error = error
                error.member = "thresholds.\(threshold.metric)"
                problems.append(FileProblem(error, lines: lines))
            }
        }
        do throws(ProfileError) {
            let plan = try profile.makePlan()
            // The system sees what the user wrote, or nothing.
            if found.mistakes.isEmpty, let objection = system?(profile, plan) {
                problems.append(Self.objection(objection, lines))
            }
        } catch {
            if found.mistakes.isEmpty { problems.append(FileProblem(reason: error.message)) }
        }
    }

    private mutating func add(_ found: MistakeCollector, _ lines: [String: Int]) {
        problems += found.mistakes.map { FileProblem($0, lines: lines) }
        if found.isIncomplete {
            problems.append(FileProblem(reason: "there may be more, which the last mistake hides"))
        }
    }

    /// What a system says against one of its options names it: `cannot make the system "x": system.batchsize: …`.
    private static func objection(_ text: String, _ lines: [String: Int]) -> FileProblem {
        guard let match = text.firstMatch(of: #/\b(system\.\w+): (.*)/#.dotMatchesNewlines()) else {
            return FileProblem(reason: text)
        }
        let option = String(match.1)
        var problem = FileProblem(reason: String(match.2))
        problem.path = option
        problem.line = lines[option] ?? lines["system"]
        return problem
    }
}
