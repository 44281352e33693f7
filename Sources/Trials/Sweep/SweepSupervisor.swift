import FoundationEssentials
package import Platform

/// Runs the cases of a sweep in child processes, survives their crashes and ends those that hang.
///
/// Several children work at a time, each on a range of cases. A case in which a call was late is repeated by itself when all
/// others are done: on a busy machine a late call proves nothing until it is late again.
package final class SweepSupervisor: Sendable {
    /// What a sweep is asked to do.
    package struct Request: Sendable {
        /// What all cases follow from.
        package var seed: UInt64
        /// The cases.
        package var cases: Range<Int>
        /// How many children work at a time.
        package var lanes: Int
        /// How long a case may take before it counts as hanging, in nanoseconds.
        package var patience: UInt64
        /// The program to start; it is given the arguments that `SweepWorker` reads.
        package var executable: String

        /// A request.
        package init(seed: UInt64, cases: Range<Int>, lanes: Int, patience: UInt64, executable: String) {
            self.seed = seed
            self.cases = cases
            self.lanes = lanes
            self.patience = patience
            self.executable = executable
        }
    }

    /// What all lanes share.
    private struct State {
        var report: SweepReport
        var late: [SweepOutcome] = []
        var next: Int
        var failure: SystemError?
    }

    private let request: Request
    private let state: Guarded<State>
    /// Cases given out at a time.
    private static let block = 25
    /// How often a case with a late call is repeated.
    private static let confirmations = 3
    /// What no busy machine explains: confirmed or not, a call that is so late counts, in nanoseconds.
    private static let hopeless: UInt64 = 1_000_000_000

    /// Prepares a sweep.
    package init(_ request: Request) {
        self.request = request
        state = Guarded(
            State(
                report: SweepReport(seed: request.seed, planned: request.cases.count),
                next: request.cases.lowerBound
            )
        )
    }

    /// How many cases are done, and how many rules broken.
    package var progress: (done: Int, violations: Int) {
        state.withLock { ($0.report.cases, $0.report.violations.count) }
    }

    /// Runs all cases.
    ///
    /// - Returns: What came of them.
    /// - Throws: `SystemError` if there is no process or thread to be had.
    package func run() throws(SystemError) -> SweepReport {
        let began = MonotonicClock.now()
        var threads: [PlatformThread] = []
        for lane in 0..<max(1, request.lanes) {
            threads.append(try PlatformThread.start(name: "lane-\(lane)") { self.runLane() })
        }
        for thread in threads { thread.join() }
        if let failure = state.withLock({ $0.failure }) { throw failure }
        try confirmLateCases()
        return state.withLock { state in
            state.report.seconds = Double(MonotonicClock.now() - began) / 1e9
            state.report.violations.sort { $0.number < $1.number }
            return state.report
        }
    }

    private func runLane() {
        do throws(SystemError) {
            while let cases = takeBlock() {
                var rest = cases
                while !rest.isEmpty { rest = try work(on: rest) { self.note($0) } }
            }
        } catch {
            state.withLock { $0.failure = error }
        }
    }

    private func takeBlock() -> Range<Int>? {
        state.withLock { state in
            guard state.next < request.cases.upperBound, state.failure == nil else { return nil }
            let end = min(state.next + Self.block, request.cases.upperBound)
            defer { state.next = end }
            return state.next..<end
        }
    }

    private func note(_ outcome: SweepOutcome) {
        state.withLock { state in
            state.report.add(outcome)
            if outcome.isLate { state.late.append(outcome) }
        }
    }

    /// Starts a child for some cases, and follows it to its end.
    ///
    /// - Returns: The cases behind the one that it crashed or hung in; none if it did them all.
    private func work(on cases: Range<Int>, note: (SweepOutcome) -> Void) throws(SystemError) -> Range<Int> {
        let child = try ChildProcess.start(
            executable: request.executable,
            arguments: SweepWorker.arguments(seed: request.seed, cases: cases),
            standardInput: .null,
            standardError: .inherit
        )
        guard let output = child.standardOutput else { preconditionFailure("standard output was to be a pipe") }
        let reader = LineReader(descriptor: output)
        for number in cases {
            let outcome: LineReader.Outcome
            do throws(LineReader.Failure) {
                outcome = try reader.next(deadline: MonotonicClock.deadline(after: request.patience))
            } catch {
                // A pipe that cannot be read is one whose writer is of no use any more.
                outcome = .endOfFile
            }
            switch outcome {
            case .line(let line):
                guard let result = try? JSONDecoder().decode(SweepOutcome.self, from: Data(line)) else {
                    blame(
                        .crash,
                        number,
                        "the child wrote no outcome: \(String(decoding: line.prefix(200), as: UTF8.self))"
                    )
                    return cases[(number + 1)...]
                }
                note(result)
            case .timedOut:
                child.kill(Signals.kill)
                blame(.hang, number, "no end after \(Double(request.patience) / 1e9) s; the child was killed")
                return cases[(number + 1)...]
            case .endOfFile:
                let exit = child.wait(deadline: MonotonicClock.deadline(after: 5_000_000_000))
                blame(.crash, number, "the child ended with \(exit.map { "\($0)" } ?? "a closed output")")
                return cases[(number + 1)...]
            }
        }
        _ = child.wait(deadline: MonotonicClock.deadline(after: 5_000_000_000))
        return cases.upperBound..<cases.upperBound
    }

    private func blame(_ rule: SweepReport.Rule, _ number: Int, _ finding: String) {
        state.withLock { state in
            state.report.cases += 1
            state.report.violations.append(.init(rule: rule, number: number, finding: finding))
        }
    }

    // MARK: - Time-outs

    /// Repeats each case with a late call by itself.
    private func confirmLateCases() throws(SystemError) {
        for late in state.withLock({ $0.late }) {
            guard let overrun = late.worst else { continue }
            var again: [SweepOutcome] = []
            if overrun.nanoseconds < Self.hopeless {
                for _ in 0..<Self.confirmations where !again.contains(where: \.isLate) {
                    _ = try work(on: late.number..<late.number + 1) { again.append($0) }
                }
            }
            let confirmed = again.first(where: \.isLate)
            state.withLock { state in
                if confirmed != nil || overrun.nanoseconds >= Self.hopeless {
                    state.report.noteOverrun(overrun)
                    let finding = "\(overrun)" + (confirmed?.worst.map { "; again: \($0)" } ?? "")
                    state.report.violations.append(.init(rule: .timeout, number: late.number, finding: finding))
                    return
                }
                state.report.unconfirmed.append(late.number)
                if state.report.worstUnconfirmed.map({ overrun.share > $0.share }) ?? true {
                    state.report.worstUnconfirmed = overrun
                }
            }
        }
    }
}
