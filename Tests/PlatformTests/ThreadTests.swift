import Foundation
import Platform
import TestSupport
import Testing

@Suite struct ThreadTests {
    @Test("a thread runs its body once, under its name cut to 15 bytes")
    func name() throws {
        let seen = Shared<[String]>([])
        let thread = try PlatformThread.start(name: "a-name-of-twenty-xyz") {
            let name = (try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)) ?? "unreadable"
            seen.update { $0.append(name) }
        }
        thread.join()
        #expect(seen.get() == ["a-name-of-twent\n"])
        #expect(thread.isFinished)
    }

    @Test("joining can be given up, repeated, and done by several threads")
    func join() throws {
        let gate = Condition()
        let isOpen = Shared(false)
        let thread = try PlatformThread.start(name: "gate") {
            gate.withLock {
                while !isOpen.get() {
                    gate.wait()
                }
            }
        }
        #expect(!thread.join(untilMonotonic: 0))
        #expect(!thread.isFinished)
        let joined = Shared(0)
        let joiners = try (0..<4).map { index in
            try PlatformThread.start(name: "join-\(index)") {
                thread.join()
                joined.update { $0 += 1 }
            }
        }
        gate.withLock {
            isOpen.set(true)
            gate.broadcast()
        }
        for joiner in joiners {
            #expect(joiner.join(untilMonotonic: Waiting.deadline()))
        }
        #expect(joined.get() == 4)
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        thread.join()
    }

    @Test("a thread whose object is gone runs on")
    func detached() throws {
        let done = Shared(false)
        _ = try PlatformThread.start(name: "alone") { done.set(true) }
        #expect(Waiting.until { done.get() })
    }

    @Test("a thread that joins itself is stopped, as it would wait for ever")
    func joinSelf() async {
        await #expect(processExitsWith: .failure) {
            let own = Shared<PlatformThread?>(nil)
            let gate = Lock()
            gate.lock()
            own.set(
                try PlatformThread.start(name: "self") {
                    gate.withLock {}
                    own.get()?.join()
                }
            )
            gate.unlock()
            Sleep.for(nanoseconds: Waiting.limitNanoseconds)
        }
    }

    @Test("a thread for which there is no memory is an error")
    func tooLarge() {
        let error = #expect(throws: SystemError.self) {
            try PlatformThread.start(name: "large", stackBytes: 1 << 50) {}
        }
        #expect(error?.call == "pthread_create")
    }

    @Test("a lock lets one thread in at a time")
    func lock() throws {
        let lock = Lock()
        let counter = UnsafeMutablePointer<Int>.allocate(capacity: 1)
        counter.initialize(to: 0)
        defer { counter.deallocate() }
        // The pointer is used only with the lock held; Shared would hide what is tested.
        nonisolated(unsafe) let shared = counter
        let threads = try (0..<4).map { index in
            try PlatformThread.start(name: "lock-\(index)") {
                for _ in 0..<20_000 {
                    lock.withLock { shared.pointee += 1 }
                }
            }
        }
        for thread in threads {
            #expect(thread.join(untilMonotonic: Waiting.deadline()))
        }
        #expect(counter.pointee == 80_000)
    }

    @Test("a lock that is held cannot be tried, and a throwing body gives it back")
    func tryLock() throws {
        struct Refusal: Error {}
        let lock = Lock()
        #expect(throws: Refusal.self) { try lock.withLock { throw Refusal() } }
        #expect(lock.tryLock())
        let outcome = Shared(true)
        try PlatformThread.start(name: "try") { outcome.set(lock.tryLock()) }.join()
        #expect(!outcome.get())
        lock.unlock()
    }

    @Test("waiting for a condition ends at its deadline")
    func conditionTimeout() {
        let condition = Condition()
        let deadline = MonotonicClock.deadline(after: 1_000_000)
        condition.withLock {
            while condition.wait(untilMonotonic: deadline) {}
        }
        #expect(MonotonicClock.now() >= deadline)
        #expect(!condition.withLock { condition.wait(untilMonotonic: 0) })
    }

    @Test("conditions with one lock: items pass from a producer to a consumer in order")
    func producerAndConsumer() throws {
        let lock = Lock()
        let notEmpty = Condition(lock: lock)
        let notFull = Condition(lock: lock)
        let queue = UnsafeMutablePointer<[Int]>.allocate(capacity: 1)
        queue.initialize(to: [])
        defer {
            queue.deinitialize(count: 1)
            queue.deallocate()
        }
        // Used only with the lock held.
        nonisolated(unsafe) let shared = queue
        let received = Shared<[Int]>([])
        let consumer = try PlatformThread.start(name: "consumer") {
            for _ in 0..<1_000 {
                let item = notEmpty.withLock {
                    while shared.pointee.isEmpty {
                        notEmpty.wait()
                    }
                    notFull.signal()
                    return shared.pointee.removeFirst()
                }
                received.update { $0.append(item) }
            }
        }
        for item in 0..<1_000 {
            notFull.withLock {
                while shared.pointee.count == 4 {
                    notFull.wait()
                }
                shared.pointee.append(item)
                notEmpty.signal()
            }
        }
        #expect(consumer.join(untilMonotonic: Waiting.deadline()))
        #expect(received.get() == Array(0..<1_000))
    }
}

@Suite struct SystemErrorTests {
    @Test("an error names the call, its subject, the reason and the number")
    func description() {
        let error = SystemError(code: 98, call: "bind", subject: "127.0.0.1:4318")
        #expect(error.reason == "address already in use")
        #expect(error.description == "bind 127.0.0.1:4318: address already in use (errno 98)")
        #expect(SystemError(code: 13, call: "open").description == "open: permission denied (errno 13)")
        #expect(SystemError(code: 73, call: "x").reason == "RFS specific error")
        #expect(SystemError(code: 12_345, call: "x").reason == "unknown error 12345")
        #expect(SystemError(code: 1, call: "x", explanation: "own words").reason == "own words")
        #expect(SystemError(code: 110, call: "x").isTimeout)
    }
}
