import CommandLineKit
import Foundation
import Testing

@testable import bench_compare

/// What the README says about comparing can be typed as it stands.
struct ReadmeTests {
    @Test("Every bench-compare command of the README is one")
    func commands() throws {
        let text = try readme().replacing(#/\\\n\s*/#, with: " ")
        let lines = text.split(separator: "\n").filter { $0.contains(".build/release/bench-compare ") }
        #expect(lines.count >= 3)
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            let start = try #require(words.firstIndex(of: ".build/release/bench-compare"))
            let arguments = words[(start + 1)...].prefix { !["|", "||", ">", "#"].contains($0) }
            #expect(throws: Never.self, "\(line)") {
                _ = try CommandParser(CompareCommand.command, width: 80).parse(Array(arguments))
            }
        }
    }

    @Test("The workflow is indented as YAML wants it, and every step does something")
    func workflow() throws {
        let text = try readme()
        let start = try #require(text.range(of: "    name: performance\n"))
        let end = try #require(text.range(of: "\n\n`shell: bash`", range: start.lowerBound..<text.endIndex))
        let lines = text[start.lowerBound..<end.lowerBound].split(separator: "\n").map { $0.dropFirst(4) }
        #expect(!lines.contains { $0.contains("\t") || $0.prefix { $0 == " " }.count % 2 == 1 })
        let steps = lines.indices.filter { lines[$0].hasPrefix("      - ") }
        #expect(steps.count == 7)
        for (step, next) in zip(steps, steps.dropFirst() + [lines.count]) {
            #expect(lines[step..<next].contains { $0.contains("run: ") || $0.contains("uses: ") }, "\(lines[step])")
        }
    }

    private func readme() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    }
}
