import Foundation
import HarnessCore
import TestSupport
import Testing

@testable import Results

/// The report for programs, and `results/comparison.schema.json`, which describes it.
struct ComparisonJSONTests {
    @Test func paired() throws {
        try Golden.expect(try complete().json(), "comparison.json")
    }

    @Test("What is written fits the schema, and the schema knows every member")
    func fits() throws {
        let check = SchemaCheck(try schema())
        for report in [try complete(), try SampleComparison.budgets(), try SampleComparison.empty()] {
            let problems = check.problems(of: try StrictJSON.parse(report.json()))
            #expect(problems == [])
        }
    }

    @Test("The sample of everything leaves out no member that the schema has")
    func isComplete() throws {
        var seen: Set<String> = []
        func collect(_ value: JSONValue) {
            switch value {
            case .object(let object):
                for member in object.members {
                    seen.insert(member.key)
                    collect(member.value)
                }
            case .array(let values): values.forEach(collect)
            default: break
            }
        }
        collect(try StrictJSON.parse(complete().json()))
        var known: Set<String> = []
        func names(_ schema: JSONValue) {
            guard case .object(let object) = schema else { return }
            if case .object(let properties) = object["properties"] { known.formUnion(properties.keys) }
            for member in object.members { names(member.value) }
        }
        names(try schema())
        #expect(known.subtracting(seen) == [])
    }

    @Test("Every enum of the schema lists the cases of its type, no more and no fewer")
    func everyCaseIsAllowed() throws {
        let schema = try schema()
        func check<Cases: CaseIterable & RawRepresentable>(_ path: String, _ type: Cases.Type) throws
        where Cases.RawValue == String {
            guard case .array(let allowed) = try #require(schema.value(at: "\(path).enum")) else {
                Issue.record("the enum is no list")
                return
            }
            #expect(Set(allowed.compactMap(\.stringValue)) == Set(Cases.allCases.map(\.rawValue)), "\(Cases.self)")
        }
        try check("properties.verdict", SuiteVerdict.self)
        try check("properties.design", ComparisonReport.Design.self)
        try check("$defs.input.properties.role", ComparisonInput.Role.self)
        try check("$defs.input.properties.verdict", RunVerdict.self)
        try check("$defs.difference.properties.severity", FingerprintDifference.Severity.self)
        try check("$defs.row.properties.kind", ComparisonRow.Kind.self)
        try check("$defs.row.properties.level", GateLevel.self)
        try check("$defs.row.properties.source", GateSource.self)
        try check("$defs.row.properties.better", MetricDirection.self)
        try check("$defs.row.properties.metric_kind", MetricKind.self)
        try check("$defs.row.properties.unit", MetricUnit.self)
        try check("$defs.row.properties.verdict", RowVerdict.self)
        try check("$defs.effect.properties.method", ComparisonRow.Method.self)
        try check("$defs.effect.properties.scale", ComparisonEffect.Scale.self)
        let statuses = HarnessCore.ExitStatus.allCases.map { JSONValue.integer(Int64($0.rawValue)) }
        #expect(schema.value(at: "properties.exit_status.enum") == .array(statuses))
        let version = JSONValue.integer(Int64(ComparisonReport.currentVersion))
        #expect(schema.value(at: "properties.report_version.enum") == .array([version]))
    }

    @Test("The same report gives the same text, and reading it gives the same report")
    func isStable() throws {
        let report = try complete()
        let text = try report.json()
        #expect(try report.json() == text)
        #expect(try JSONDecoder().decode(ComparisonReport.self, from: Data(text.utf8)) == report)
    }

    /// A report in which every member is there.
    private func complete() throws -> ComparisonReport {
        var report = try SampleComparison.paired()
        let effect = try #require(report.rows[0].effect)
        report.rows[0].screen = ComparisonRow.Screen(
            baselineValues: [95, 97],
            candidateValues: [110, 120],
            effect: effect
        )
        report.rows[0].input = report.inputs[0].path
        report.rows[0].samples = 10_000
        return report
    }

    private func schema() throws -> JSONValue {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "results/comparison.schema.json")
        return try StrictJSON.parse(String(contentsOf: file, encoding: .utf8))
    }
}
