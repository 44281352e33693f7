import HTTP
package import HarnessCore
import Platform
import Synchronization

/// The faults of a sink: who asks learns what befalls a request, and everything is counted.
///
/// Without faults a request costs one relaxed load. Safe to use from any thread.
package final class FaultBoard: @unchecked Sendable {
    // Sendable: `state` is touched with the lock of `changed` held; the rest are constants.

    /// Most faults at once.
    internal static let maximumFaults = 256
    /// How much too early a request may be that was asked to come later: the clocks are read one after the other.
    private static let tolerance: UInt64 = 1_000_000

    /// Signalled when faults were set or removed, and when the listener has followed.
    private let changed = Condition()
    private var state = State()
    /// Whether requests have to be looked at.
    ///
    /// Relaxed: a request that crosses the command may go either way.
    private let isArmed = Atomic<Bool>(false)

    private struct Entry {
        var id: Int
        var fault: Fault
        /// What its times are relative to, monotonic nanoseconds.
        var origin: UInt64
        var random: SplitMix64
        var seen: UInt64 = 0
        var struck: UInt64 = 0

        func state(now: UInt64) -> FaultReport.State {
            if let next = fault.next, struck >= next { return .over }
            if now < origin + fault.atNanoseconds { return .waiting }
            // The end is of the window, not inside it.
            return fault.endNanoseconds.map { now >= origin + $0 } == true ? .over : .active
        }
    }

    private struct State {
        var entries: [Entry] = []
        var nextID = 1
        var unanswered = FaultReport.Unanswered()
        var retryAfter = FaultReport.RetryAfter()
        /// When the next request may come, by path, monotonic nanoseconds.
        var awaited: [String: UInt64] = [:]
        /// Counts commands: who waits for a delay or for the listener compares.
        var generation: UInt64 = 0
        /// The last command that the listener has followed.
        var settled: UInt64 = 0
        var isListenerClosed = false
        var isStopped = false
        var trouble: String?
    }

    /// No faults.
    package init() {}

    // MARK: - Commands

    /// Sets faults.
    ///
    /// - Parameters:
    ///   - faults: The faults.
    ///   - keepsOthers: Whether those set before stay; otherwise they are removed, and all counts begin anew.
    ///   - origin: What their times are relative to, monotonic nanoseconds.
    ///   - seed: What randomness follows from, for faults without a seed of their own.
    /// - Returns: Their numbers; nil if there would be too many.
    package func set(_ faults: [Fault], keepsOthers: Bool, origin: UInt64, seed: UInt64) -> [Int]? {
        changed.withLock {
            if !keepsOthers { reset() }
            guard state.entries.count + faults.count <= Self.maximumFaults else { return nil }
            let entries = faults.map { fault in
                defer { state.nextID += 1 }
                let own = fault.seed ?? seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(state.nextID)
                return Entry(id: state.nextID, fault: fault, origin: origin, random: SplitMix64(seed: own))
            }
            state.entries += entries
            announce()
            return entries.map(\.id)
        }
    }

    /// Removes one fault; false if there is none with this number.
    package func remove(_ id: Int) -> Bool {
        changed.withLock {
            guard let index = state.entries.firstIndex(where: { $0.id == id }) else { return false }
            state.entries.remove(at: index)
            announce()
            return true
        }
    }

    /// Removes all faults and forgets all counts.
    package func clear() {
        changed.withLock {
            reset()
            announce()
        }
    }

    private func reset() {
        let (nextID, old) = (state.nextID, state)
        state = State()
        (state.nextID, state.generation, state.settled) = (nextID, old.generation, old.settled)
        (state.isListenerClosed, state.isStopped) = (old.isListenerClosed, old.isStopped)
    }

    private func announce() {
        state.generation += 1
        updateArming()
        changed.broadcast()
    }

    private func updateArming() {
        isArmed.store(!state.entries.isEmpty || !state.awaited.isEmpty, ordering: .relaxed)
    }

    /// What is set, and what it did until `now`, in monotonic nanoseconds.
    package func report(now: UInt64) -> FaultReport {
        changed.withLock {
            var report = FaultReport()
            report.faults = state.entries.map { entry in
                FaultReport.Entry(
                    id: entry.id,
                    fault: entry.fault,
                    state: entry.state(now: now),
                    seen: entry.seen,
                    struck: entry.struck
                )
            }
            report.unanswered = state.unanswered
            report.retryAfter = state.retryAfter
            report.trouble = state.trouble
            return report
        }
    }

    // MARK: - Requests

    /// Decides what befalls a request whose head has just been read; nil for nothing.
    ///
    /// Delays add up, of speeds the slowest holds. Of the faults that decide what becomes of a request the first one
    /// strikes; the others are not counted.
    ///
    /// - Parameters:
    ///   - path: The path of the request.
    ///   - now: Monotonic nanoseconds.
    /// - Returns: What befalls it.
    internal func strike(path: String, now: UInt64) -> FaultStrike? {
        guard isArmed.load(ordering: .relaxed) else { return nil }
        return changed.withLock {
            noteArrival(path: path, now: now)
            var strike = FaultStrike()
            var isStruck = false
            for index in state.entries.indices {
                let kind = state.entries[index].fault.action.kind
                let concerned = state.entries[index].fault.path
                guard !kind.isOfListener, concerned == nil || concerned == path,
                    kind != .partial || path != "/v1/metrics", state.entries[index].state(now: now) == .active
                else { continue }
                state.entries[index].seen += 1
                // Drawn whether needed or not, so that one fault's sequence does not depend on the others.
                let chance = state.entries[index].random.next()
                let bits = state.entries[index].random.next()
                let isHit = Double(chance >> 11) / Double(UInt64(1) << 53) < state.entries[index].fault.probability
                guard isHit, !kind.isOutcome || strike.outcome == nil else { continue }
                state.entries[index].struck += 1
                strike.add(state.entries[index].fault.action, drawing: bits)
                isStruck = true
            }
            return isStruck ? strike : nil
        }
    }

    /// Notes that a path's sender was asked to come back at a moment at the earliest, in monotonic nanoseconds.
    internal func askToWait(path: String, until moment: UInt64) {
        changed.withLock {
            state.retryAfter.sent += 1
            state.awaited[path] = moment
            updateArming()
        }
    }

    private func noteArrival(path: String, now: UInt64) {
        guard let moment = state.awaited.removeValue(forKey: path) else { return }
        if now + Self.tolerance >= moment { state.retryAfter.obeyed += 1 } else { state.retryAfter.early += 1 }
        updateArming()
    }

    /// Counts a request that was taken and whose sender does not know.
    internal func countUnanswered(items: Int) {
        changed.withLock {
            state.unanswered.requests += 1
            state.unanswered.items += UInt64(items)
        }
    }

    /// Waits, but not longer than until the next command.
    internal func pause(nanoseconds: UInt64) {
        let deadline = MonotonicClock.deadline(after: nanoseconds)
        changed.withLock {
            let generation = state.generation
            while state.generation == generation, !state.isStopped, changed.wait(untilMonotonic: deadline) {}
        }
    }
}

// MARK: - The listener

extension FaultBoard {
    /// Waits until the listener is to do something else than it does.
    ///
    /// - Returns: Whether it is to be closed; nil when the sink stops.
    internal func nextListenerState() -> Bool? {
        changed.withLock {
            while !state.isStopped {
                let now = MonotonicClock.now()
                let isWanted = state.entries.contains {
                    $0.fault.action.kind.isOfListener && $0.state(now: now) == .active
                }
                if isWanted != state.isListenerClosed { return isWanted }
                if state.settled != state.generation {
                    state.settled = state.generation
                    changed.broadcast()
                }
                let changes = state.entries.filter(\.fault.action.kind.isOfListener).flatMap { entry in
                    [entry.fault.atNanoseconds, entry.fault.endNanoseconds].compactMap { $0.map { entry.origin + $0 } }
                }
                _ = changed.wait(untilMonotonic: changes.filter { $0 > now }.min() ?? .max)
            }
            return nil
        }
    }

    /// Notes that the listener was closed or opened, or why it could not be.
    internal func listenerFollowed(isClosed: Bool, trouble: String? = nil) {
        changed.withLock {
            state.trouble = trouble
            guard trouble == nil else { return }
            state.isListenerClosed = isClosed
            guard isClosed else { return }
            let now = MonotonicClock.now()
            for index in state.entries.indices
            where state.entries[index].fault.action.kind.isOfListener && state.entries[index].state(now: now) == .active
            {
                state.entries[index].struck += 1
            }
        }
    }

    /// Waits until the listener has followed all commands so far; false if it has not within two seconds.
    internal func awaitListener() -> Bool {
        let deadline = MonotonicClock.deadline(after: 2_000_000_000)
        return changed.withLock {
            let generation = state.generation
            while state.settled < generation, !state.isStopped {
                guard changed.wait(untilMonotonic: deadline) else { return state.settled >= generation }
            }
            return true
        }
    }

    /// Ends all waiting for good.
    internal func stop() {
        changed.withLock {
            state.isStopped = true
            changed.broadcast()
        }
    }
}
