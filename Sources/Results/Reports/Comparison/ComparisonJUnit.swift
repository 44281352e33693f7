import HarnessCore

/// A comparison as JUnit XML: a suite for each profile, a test for each gate.
///
/// There is no standard; what is written is what the schemas of Jenkins (jenkinsci/xunit-plugin, junit-10.xsd) and of
/// Maven's Surefire (surefire-test-report.xsd) both know, in the order that Surefire wants. Suites stand in a
/// `testsuites` element, which is Jenkins' alone and read everywhere. Tests have no properties there, so they stand in
/// those of the suite, under the name of the test.
///
/// What is not decided is *skipped*, never a plain pass.
package struct ComparisonJUnit: Sendable {
    /// Makes a renderer.
    package init() {}

    /// The document.
    package func render(_ report: ComparisonReport) -> String {
        var root = XMLElement("testsuites")
        var profiles: [String] = []
        for row in report.gates where !profiles.contains(row.profile) { profiles.append(row.profile) }
        for profile in profiles.sorted() {
            root.children.append(Self.suite(profile, report.gates.filter { $0.profile == profile }, report))
        }
        if let suite = Self.ownSuite(report) { root.children.append(suite) }
        return root.document
    }

    private static func suite(_ profile: String, _ rows: [ComparisonRow], _ report: ComparisonReport) -> XMLElement {
        var cases: [XMLElement] = []
        var properties = XMLElement("properties")
        // The order of a report changes with its figures; that of tests must not.
        let named = names(of: rows).sorted { $0.name < $1.name }
        for (name, row) in named {
            cases.append(test(name, profile, row))
            for (key, value) in Self.properties(of: row) {
                properties.children.append(
                    XMLElement("property", [("name", "\(name) / \(key)"), ("value", value)])
                )
            }
        }
        return suite(named: profile, properties, cases)
    }

    private static func suite(named name: String, _ properties: XMLElement, _ cases: [XMLElement]) -> XMLElement {
        let count = { (kind: String) in String(cases.count { $0.children.contains { $0.name == kind } }) }
        var suite = XMLElement(
            "testsuite",
            [
                ("name", name), ("time", "0"), ("tests", String(cases.count)), ("errors", count("error")),
                ("skipped", count("skipped")), ("failures", count("failure")),
            ]
        )
        if !properties.children.isEmpty { suite.children.append(properties) }
        suite.children += cases
        return suite
    }

    /// A name for each row that stays the same from run to run: what is limited and how, and the file where several
    /// files are of one profile.
    private static func names(of rows: [ComparisonRow]) -> [(name: String, row: ComparisonRow)] {
        let base = { (row: ComparisonRow) in
            "\(row.gate ?? row.subject) \(row.kind.rawValue)"
        }
        let all = rows.map(base)
        let isAmbiguous = { (name: String) in all.count { $0 == name } > 1 }
        var used: [String: Int] = [:]
        return zip(all, rows).map { name, row in
            // The limit may change without the gate being another; it is named only where names would be equal.
            let parts = [row.gate == nil ? nil : row.subject, row.limit, row.input].compactMap(\.self)
            let full = isAmbiguous(name) ? ([name] + parts).joined(separator: ", ") : name
            used[full, default: 0] += 1
            let count = used[full] ?? 1
            return (count > 1 ? "\(full) (\(count))" : full, row)
        }
    }

    private static func test(_ name: String, _ profile: String, _ row: ComparisonRow) -> XMLElement {
        var test = XMLElement("testcase", [("name", name), ("classname", profile), ("time", "0")])
        switch outcome(of: row) {
        case .failure: test.children.append(problem("failure", row))
        case .error: test.children.append(problem("error", row))
        case .skipped:
            test.children.append(XMLElement("skipped", [("message", "\(row.verdictText): \(row.explanation)")]))
        case .pass: break
        }
        test.children.append(XMLElement("system-out", text: "\(row.subject) \(row.verdictText): \(row.explanation)"))
        return test
    }

    private enum Outcome {
        case pass
        case failure
        case error
        case skipped
    }

    private static func outcome(of row: ComparisonRow) -> Outcome {
        switch row.verdict {
        case .pass, .improved: .pass
        case .info, .new, .waived: .skipped
        // A limit at a lower level fails nobody, and does not hold either.
        case .failed, .regressed, .missing: row.isFailure ? .failure : .skipped
        case .invalid: row.level == .error ? .error : .skipped
        case .suspect, .inconclusive, .notComparable: .skipped
        }
    }

    private static func problem(_ kind: String, _ row: ComparisonRow) -> XMLElement {
        XMLElement(kind, [("message", row.explanation), ("type", row.verdict.rawValue)], text: row.explanation)
    }

    /// The figures of a row in base units, with their units.
    private static func properties(of row: ComparisonRow) -> [(String, String)] {
        let value = { (number: Double?) in number.map { "\($0) \(row.unit.rawValue)" } }
        let effect = row.effect
        let plain = { (number: Double?) in number.map { "\($0)" } }
        return [
            ("baseline", value(row.baseline)), ("candidate", value(row.candidate)), ("limit", row.limit),
            (effect?.scale.rawValue ?? "effect", plain(effect?.estimate)), ("low", plain(effect?.low)),
            ("high", plain(effect?.high)), ("confidence", plain(effect?.confidence)),
            ("minimal_detectable_effect", plain(row.minimalDetectableEffect)),
            ("n", effect.map { "\($0.count)" } ?? row.samples.map { "\($0)" }),
            ("needed_pairs", row.neededPairs.map { "\($0)" }),
        ].compactMap { key, value in value.map { (key, $0) } }
    }

    /// What is about the comparison as a whole: problems, and a verdict that no test shows.
    private static func ownSuite(_ report: ComparisonReport) -> XMLElement? {
        var cases = report.problems.enumerated().map { index, problem in
            var test = XMLElement(
                "testcase",
                [("name", "problem \(index + 1)"), ("classname", "bench-compare"), ("time", "0")]
            )
            test.children = [XMLElement("error", [("message", problem), ("type", "problem")], text: problem)]
            return test
        }
        let isShown = report.gates.contains { outcome(of: $0) != .pass && $0.level == .error }
        if cases.isEmpty, report.exitStatus != .pass, !isShown {
            let isDoubt = report.exitStatus == .noVerdict || report.exitStatus == .notComparable
            var test = XMLElement("testcase", [("name", "verdict"), ("classname", "bench-compare"), ("time", "0")])
            let message = "\(report.verdict.rawValue): \(report.statement)"
            test.children = [
                XMLElement(
                    isDoubt ? "skipped" : "error",
                    [("message", message)] + (isDoubt ? [] : [("type", report.verdict.rawValue)])
                )
            ]
            cases.append(test)
        }
        return cases.isEmpty ? nil : suite(named: "bench-compare", XMLElement("properties"), cases)
    }
}
