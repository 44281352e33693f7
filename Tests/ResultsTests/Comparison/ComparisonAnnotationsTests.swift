import HarnessCore
import Testing

@testable import Results

/// The report for GitHub Actions.
struct ComparisonAnnotationsTests {
    @Test func paired() throws {
        try Golden.expect(ComparisonAnnotations().render(try SampleComparison.paired()), "comparison-github.txt")
    }

    @Test("More than ten of a kind are counted by the tenth")
    func limits() throws {
        let text = ComparisonAnnotations().render(try SampleComparison.broken(60))
        let errors = text.split(separator: "\n").filter { $0.hasPrefix("::error ") }
        #expect(errors.count == 10)
        #expect(errors[0].hasPrefix("::error file=profiles/thresholds.json,line=1,title="))
        #expect(errors[9].hasPrefix("::error title=and 51 more::"))
    }

    @Test("Whatever is not a pass shows at least one message")
    func nothingToJudge() throws {
        let text = ComparisonAnnotations().render(try SampleComparison.empty())
        #expect(
            text == """
                ::warning title=INCONCLUSIVE::there was nothing to judge
                verdict=INCONCLUSIVE exit=3 gates=0 failed=0

                """
        )
        var report = try SampleComparison.budgets()
        #expect(ComparisonAnnotations().render(report) == "verdict=PASS exit=0 gates=3 failed=0\n")
        report.verdict = .error
        report.exitStatus = .usage
        report.problems = ["gates[2] selects none of the results\nat all"]
        let problem = ComparisonAnnotations().render(report)
        #expect(problem.hasPrefix("::error title=bench-compare::gates[2] selects none of the results%0Aat all\n"))
    }
}
