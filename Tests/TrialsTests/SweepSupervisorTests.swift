import Foundation
import HarnessCore
import TestSupport
import Testing

@testable import Trials

/// What the parent makes of children that crash, hang, lie or are late: a script stands in for them.
struct SweepSupervisorTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// A worker that does `special` for some cases, and tells that all is well for the others.
    private func supervisor(cases: Int, special: String, patience: UInt64 = 60_000_000_000) throws -> SweepSupervisor {
        let usual = String(decoding: try JSONEncoder().encode(SweepOutcome(number: 0)), as: UTF8.self)
        var late = SweepOutcome(number: 0)
        late.worst = .init(nanoseconds: 30_000_000, waited: 0, timeout: 0, allowance: 20_000_000, call: "flush")
        let lateText = String(decoding: try JSONEncoder().encode(late), as: UTF8.self)
        let script = """
            #!/bin/sh
            number=$3
            end=$(($3 + $4))
            tell() { echo "$1" | sed "s/\\"number\\":0/\\"number\\":$number/"; }
            while [ $number -lt $end ]; do
                case $number in
                \(special.replacingOccurrences(of: "LATE", with: "tell '\(lateText)'"))
                *) tell '\(usual)' ;;
                esac
                number=$((number + 1))
            done
            """
        let path = try directory.writeExecutable(script, to: "worker")
        return SweepSupervisor(
            .init(seed: 1, cases: 0..<cases, lanes: 2, patience: patience, executable: path)
        )
    }

    @Test func allIsWell() throws {
        let report = try supervisor(cases: 60, special: "").run()
        #expect(report.cases == 60 && report.violations == [] && report.exitStatus == .pass)
    }

    @Test("a crash is blamed on its case, and the cases behind it are still tried")
    func crash() throws {
        let report = try supervisor(cases: 10, special: "4) kill -SEGV $$ ;;").run()
        #expect(report.cases == 10 && report.exitStatus == .gateFailed)
        #expect(report.violations.map(\.rule) == [.crash] && report.violations.first?.number == 4)
        #expect(report.violations.first?.finding.contains("signal(11)") == true)
    }

    @Test("a hang is ended and blamed on its case")
    func hang() throws {
        let report = try supervisor(cases: 10, special: "7) exec sleep 600 ;;", patience: 1_000_000_000).run()
        #expect(report.cases == 10)
        #expect(report.violations.map(\.rule) == [.hang] && report.violations.first?.number == 7)
    }

    @Test("a child that writes something else is of no use")
    func nonsense() throws {
        let report = try supervisor(cases: 3, special: "1) echo nonsense ;;").run()
        #expect(report.cases == 3 && report.violations.map(\.rule) == [.crash])
    }

    @Test("a call that is late again is a broken rule")
    func late() throws {
        let report = try supervisor(cases: 10, special: "3) LATE ;;").run()
        #expect(report.violations.map(\.rule) == [.timeout] && report.unconfirmed == [])
        #expect(report.worst?.nanoseconds == 30_000_000)
    }

    @Test("a call that is in time when repeated by itself is told of, and no broken rule")
    func lateOnce() throws {
        // By itself a case is the only one of its child.
        let report = try supervisor(cases: 10, special: "3) if [ $4 = 1 ]; then tell '\(try usual)'; else LATE; fi ;;")
            .run()
        #expect(report.violations == [] && report.unconfirmed == [3] && report.worst == nil)
        #expect(report.worstUnconfirmed?.nanoseconds == 30_000_000 && report.exitStatus == .pass)
    }

    private var usual: String {
        get throws { String(decoding: try JSONEncoder().encode(SweepOutcome(number: 0)), as: UTF8.self) }
    }

    @Test func aWorkerThatCannotBeStartedIsAnError() {
        let request = SweepSupervisor.Request(seed: 1, cases: 0..<5, lanes: 1, patience: 1, executable: "/no/such/file")
        #expect(throws: (any Error).self) { try SweepSupervisor(request).run() }
    }
}
