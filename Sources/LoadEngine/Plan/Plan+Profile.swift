import HarnessCore

extension Profile {
    /// The most operations of one producer in a run: what fits below the producer in an item's id.
    package static var maximumOperationsPerProducer: UInt64 { 1 << 40 }

    /// The longest phase, in nanoseconds: a year.
    package static var maximumPhaseNanoseconds: UInt64 { 365 * 86_400 * 1_000_000_000 }

    /// A producer that has more intended starts a second than this is woken once a quantum instead.
    static var maximumWakeUpsPerSecond: UInt64 { 20_000 }

    /// The length of a quantum, in nanoseconds.
    static var quantumNanoseconds: UInt64 { 1_000_000 }

    /// The plan of the profile: pure, the same on every machine.
    ///
    /// - Throws: ``ProfileError`` when a phase is too long or has too many operations.
    package func makePlan() throws(ProfileError) -> Plan {
        var planned: [PlannedPhase] = []
        var total: UInt64 = 0
        // Each item has an id of its own.
        let most = workload.components.map { UInt64($0.workload.itemsPerOperation) }.max() ?? 1
        for phase in phases {
            let result = try plan(phase)
            let items = (result.operations ?? 0).multipliedReportingOverflow(by: most)
            total = items.overflow ? .max : total.addingReportingOverflow(items.partialValue).partialValue
            guard total / UInt64(producers) < Self.maximumOperationsPerProducer else {
                throw ProfileError(
                    profile: name,
                    message: "phase \"\(phase.name)\" brings the run to more than 2^40 operations per producer; "
                        + "shorten it or use more producers"
                )
            }
            planned.append(result)
        }
        return Plan(profile: name, seed: seed, producers: producers, workload: workload, phases: planned)
    }

    private func plan(_ phase: Phase) throws(ProfileError) -> PlannedPhase {
        let schedule: Schedule
        let duration: UInt64
        switch phase.shape {
        case .constant(let events, let perNanoseconds, let extent):
            let operations: UInt64
            switch extent {
            case .duration(let nanoseconds):
                // All n with ⌊n · per / events⌋ < duration: ⌈duration · events / per⌉ of them.
                let exact = UInt128(nanoseconds) * UInt128(events)
                operations = try count((exact + UInt128(perNanoseconds) - 1) / UInt128(perNanoseconds), phase)
                duration = nanoseconds
            case .count(let count):
                operations = count
                duration = try length(UInt128(count) * UInt128(perNanoseconds) / UInt128(events), phase)
            }
            let wakeUps = UInt128(perNanoseconds) * UInt128(producers) * UInt128(Self.maximumWakeUpsPerSecond)
            let quantum = UInt128(events) * 1_000_000_000 > wakeUps ? Self.quantumNanoseconds : 0
            schedule = .constant(
                events: events,
                perNanoseconds: perNanoseconds,
                operations: operations,
                quantumNanoseconds: quantum
            )
        case .burst(let size, let everyNanoseconds, let extent):
            let bursts: UInt64
            switch extent {
            case .duration(let nanoseconds):
                bursts = (nanoseconds + everyNanoseconds - 1) / everyNanoseconds
                duration = nanoseconds
                schedule = .burst(
                    size: size,
                    everyNanoseconds: everyNanoseconds,
                    operations: try count(UInt128(bursts) * UInt128(size), phase)
                )
            case .count(let count):
                bursts = (count + size - 1) / size
                duration = try length(UInt128(bursts) * UInt128(everyNanoseconds), phase)
                schedule = .burst(size: size, everyNanoseconds: everyNanoseconds, operations: count)
            }
        case .max(.duration(let nanoseconds)):
            duration = nanoseconds
            schedule = .closed(operations: nil, durationNanoseconds: nanoseconds)
        case .max(.count(let count)):
            duration = 0
            schedule = .closed(operations: count, durationNanoseconds: nil)
        case .idle(let nanoseconds):
            duration = nanoseconds
            schedule = .idle
        }
        return PlannedPhase(
            name: phase.name,
            schedule: schedule,
            durationNanoseconds: duration,
            report: phase.report,
            flush: phase.flush,
            flushEvery: phase.flushEvery,
            timedEvery: phase.timedEvery
        )
    }

    private func count(_ operations: UInt128, _ phase: Phase) throws(ProfileError) -> UInt64 {
        guard operations < UInt128(Self.maximumOperationsPerProducer) * UInt128(producers) else {
            throw ProfileError(
                profile: name,
                message: "phase \"\(phase.name)\" has \(operations) operations, more than 2^40 per producer; "
                    + "shorten it or use more producers"
            )
        }
        return UInt64(operations)
    }

    private func length(_ nanoseconds: UInt128, _ phase: Phase) throws(ProfileError) -> UInt64 {
        guard nanoseconds <= UInt128(Self.maximumPhaseNanoseconds) else {
            throw ProfileError(
                profile: name,
                message: "phase \"\(phase.name)\" would take longer than a year; lower its count or raise its rate"
            )
        }
        return UInt64(nanoseconds)
    }
}
