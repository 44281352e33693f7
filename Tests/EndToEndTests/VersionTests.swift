import HarnessCore
import Platform
import Testing

/// What every tool says of itself.
struct VersionTests {
    @Test(arguments: [
        ("bench", ["--version"]), ("bench", ["micro", "--version"]), ("bench-compare", ["--version"]),
        ("bench-micro", ["--version"]), ("bench-sink", ["--version"]),
    ])
    func everyToolTellsItsVersion(tool: String, arguments: [String]) throws {
        let result = try ToolRun.run(tool, arguments)
        #expect(result.exit == .status(0), "\(result.errors)")
        #expect(result.output == ToolVersion.current)
    }
}
