import Platform
import TestSupport
import Testing

/// `bench report` on committed results.
struct ReportTests {
    private static let steady = "results/baseline/steady.json"
    private static let null = "results/baseline/steady-null.json"

    @Test func plotsOfOneResult() throws {
        let result = try ToolRun.run(
            "bench",
            ["report", "--plot", Self.steady],
            environment: ["LC_ALL": "C.UTF-8", "COLUMNS": "90"]
        )
        #expect(result.exit == .status(0), "\(result.errors)")
        #expect(result.output.hasPrefix("PASS  steady: 6 of 6 thresholds hold, delivery verified"))
        #expect(result.output.contains("\nHOW LONG CALLS TAKE\n") && result.output.contains("\nMEMORY OF THE WORKER\n"))
        #expect(result.output.contains("p99.9"))
        #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 90 })
    }

    @Test func asciiWhereTheLocaleSaysNothing() throws {
        let result = try ToolRun.run("bench", ["report", "--plot", Self.steady], environment: ["LC_ALL": "C"])
        #expect(result.exit == .status(0) && !result.output.contains { !$0.isASCII })
    }

    @Test func twoResultsAreCompared() throws {
        let result = try ToolRun.run("bench", ["report", "--plot", Self.null, Self.steady])
        #expect(result.exit == .status(0), "\(result.errors)")
        #expect(result.output.contains("baseline: service time") && result.output.contains("candidate: service time"))
        #expect(result.output.contains("verdict="))
    }

    @Test func markdownAndSummaries() throws {
        let markdown = try ToolRun.run("bench", ["report", "--markdown", Self.steady])
        #expect(markdown.exit == .status(0) && markdown.output.hasPrefix("### PASS: steady: 6 of 6"))
        #expect(markdown.output.utf8.count < 60_000)
        let both = try ToolRun.run("bench", ["report", Self.steady, Self.null])
        #expect(both.exit == .status(0) && both.output.contains("FILE        \(Self.steady)\n\n"))
        #expect(both.output.hasSuffix("FILE        \(Self.null)"))
    }

    @Test(arguments: [
        (["--plot", "--json", steady], "'--plot' and '--json' are two forms"),
        (["--metric", "lag", steady], "'--metric' needs '--hgrm'"),
        (["--json", steady, null], "'--json' takes one file, and 2 are given"),
        (["--plot", "none.json"], "none.json"),
    ])
    func mistakes(words: [String], message: String) throws {
        let result = try ToolRun.run("bench", ["report"] + words)
        #expect(result.exit == .status(2) && result.output.isEmpty)
        #expect(result.errors.contains(message), "\(result.errors)")
    }
}
