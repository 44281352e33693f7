import Foundation
import Testing

/// Compares texts with stored copies in `Fixtures`.
///
/// With `RECORD_GOLDEN=1` in the environment the copies are written anew, and the test fails so that nobody forgets to
/// look at the difference.
enum Golden {
    static func expect(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let file = folder.appending(path: name)
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
            Issue.record("recorded \(name)", sourceLocation: sourceLocation)
            return
        }
        let stored = try String(contentsOf: file, encoding: .utf8)
        #expect(text == stored, "\(name) differs; see RECORD_GOLDEN", sourceLocation: sourceLocation)
    }

    /// The contents of a fixture.
    static func fixture(_ name: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        return try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
