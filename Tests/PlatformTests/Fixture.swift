import Foundation
import Testing

/// The stored `/proc` files; ORIGIN.md says where they are from.
enum Fixture {
    static func bytes(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"),
            sourceLocation: sourceLocation
        )
        return Array(try Data(contentsOf: url))
    }
}
