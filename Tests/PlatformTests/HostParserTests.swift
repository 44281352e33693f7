import Platform
import TestSupport
import Testing

/// The files that tell what the machine did beside the system.
@Suite struct HostParserTests {
    private func parse<Value>(_ text: String, _ parser: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        try Array(text.utf8).withUnsafeBytes { try parser($0) }
    }

    @Test func swapOfAMachineWithoutSwap() throws {
        let stat = try Fixture.bytes("machine-vmstat").withUnsafeBytes { try ProcVMStat(parsing: $0) }
        #expect(stat.pagesSwappedIn == 0 && stat.pagesSwappedOut == 0 && stat.swappedBytes == 0)
    }

    @Test func swapInBothDirections() throws {
        let stat = try parse("nr_free_pages 7\npswpin 3\npswpout 40\npgmajfault 1\n") { try ProcVMStat(parsing: $0) }
        #expect(stat.pagesSwappedIn == 3 && stat.pagesSwappedOut == 40)
        #expect(stat.swappedBytes >= 43 * 4096)
        #expect(throws: ProcParseError.self) { try parse("pswpin 3\n") { try ProcVMStat(parsing: $0) } }
    }

    @Test("Version 1 counts nanoseconds")
    func throttlingInVersion1() throws {
        let stat = try Fixture.bytes("cgroup-v1-cpu.stat").withUnsafeBytes { try CgroupCPUStat(parsing: $0) }
        #expect(stat.throttledPeriods == 12 && stat.throttledNanoseconds == 809_046_467)
    }

    @Test("Version 2 counts microseconds, in the form that the kernel documents")
    func throttlingInVersion2() throws {
        // https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files
        let text = """
            usage_usec 1170000
            user_usec 900000
            system_usec 270000
            nr_periods 20
            nr_throttled 4
            throttled_usec 310500
            nr_bursts 0
            burst_usec 0
            """
        let stat = try parse(text) { try CgroupCPUStat(parsing: $0) }
        #expect(stat.throttledPeriods == 4 && stat.throttledNanoseconds == 310_500_000)
        // A group without the controller.
        #expect(throws: ProcParseError.self) {
            try parse("usage_usec 13841041912\nuser_usec 1\n") { try CgroupCPUStat(parsing: $0) }
        }
    }

    @Test("The files of both versions, the group's own first")
    func throttlingFiles() throws {
        let cgroup = parse("5:cpu,cpuacct:/a\n3:memory:/m\n0::/x/y\n") { Cgroup(parsing: $0) }
        #expect(
            cgroup.throttlingFiles == [
                "/sys/fs/cgroup/x/y/cpu.stat", "/sys/fs/cgroup/x/cpu.stat", "/sys/fs/cgroup/cpu.stat",
                "/sys/fs/cgroup/cpu,cpuacct/a/cpu.stat", "/sys/fs/cgroup/cpu,cpuacct/cpu.stat",
            ]
        )
        #expect(cgroup.memoryPath == "/m" && cgroup.unifiedPath == "/x/y")
        #expect(parse("2:cpuacct:/\n3:cpuset:/\n") { Cgroup(parsing: $0) }.throttlingFiles.isEmpty)
    }

    @Test("Bytes that wait at a port, seen from the receiver; a listening socket has none")
    func queues() throws {
        let bytes = try Fixture.bytes("net-tcp")
        let receiver = try bytes.withUnsafeBytes { try ProcNetTCP(parsing: $0, port: 47_318) }
        #expect(receiver.connections == 1 && receiver.unreadBytes == 54_321 && receiver.unacknowledgedBytes == 0)
        let nobody = try bytes.withUnsafeBytes { try ProcNetTCP(parsing: $0, port: 1) }
        #expect(nobody.connections == 0 && nobody.unreadBytes == 0)
        // Seen from the sender's port, the same connection has the receiver as its other end.
        let sender = try bytes.withUnsafeBytes { try ProcNetTCP(parsing: $0, port: 43_548) }
        #expect(sender.connections == 1 && sender.unreadBytes == 0)
    }

    @Test("Addresses of version 6, what was sent and not acknowledged, and lines that are none")
    func queuesOfVersion6() throws {
        let line =
            "0: 0000000000000000FFFF00000100007F:AA1C 0000000000000000FFFF00000100007F:10DE 01 00000010:00000000 00:0\n"
        let queues = try parse("  sl heading\n" + line) { try ProcNetTCP(parsing: $0, port: 4318) }
        #expect(queues.unacknowledgedBytes == 16 && queues.connections == 0)
        #expect(throws: ProcParseError.self) { try parse("x\n 1: nonsense\n") { try ProcNetTCP(parsing: $0, port: 1) } }
    }

    @Test func processorsHaveNumbers() throws {
        let stat = try Fixture.bytes("machine-stat").withUnsafeBytes { try ProcSystemStat(parsing: $0) }
        #expect(stat.processorNumbers == [0, 1])
        let sparse = try parse("cpu  1 2 3 4 5 6 7 8 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\ncpu3 0 1 2 3 4 5 6 7 0 0\nintr 1\n")
        {
            try ProcSystemStat(parsing: $0)
        }
        #expect(sparse.processorNumbers == [0, 3])
        let tick: UInt64 = 10_000_000
        #expect(sparse.all.busy == (1 + 2 + 3) * tick && sparse.all.steal == 8 * tick)
    }
}

/// The same of the machine that the tests run on.
@Suite struct HostCounterTests {
    @Test("A thread that has ended keeps what it had of the processors")
    func threads() throws {
        let table = ThreadTable(processID: Host.processID)
        guard let before = table.read() else { return }
        let thread = try PlatformThread.start(name: "spin") {
            let start = CPUClock.thread()
            while CPUClock.thread() - start < 5_000_000 {}
            while !Gate.isOpen { PlatformThread.yield() }
        }
        var during = table.read()
        while (during?.runNanoseconds ?? 0) < before.runNanoseconds + 5_000_000 { during = table.read() }
        Gate.isOpen = true
        thread.join()
        let after = try #require(table.read())
        #expect(after.runNanoseconds >= before.runNanoseconds + 5_000_000)
        #expect(table.involuntarySwitches() != nil)
    }

    @Test("A process with more threads than are followed is not measured, and neither is one that does not exist")
    func notMeasured() {
        #expect(ThreadTable(processID: Host.processID, limit: 0).read() == nil)
        #expect(ThreadTable(processID: -1).read() == nil)
        #expect(ThreadTable(processID: -1).involuntarySwitches() == nil)
        #expect(CPUClock.process(-1) == nil)
    }

    @Test func processorTimeOfAnotherProcess() throws {
        let own = CPUClock.process()
        let seen = try #require(CPUClock.process(Host.processID))
        #expect(seen >= own)
    }

    @Test func distanceOfTheClocks() {
        let first = ClockOffset.now()
        let second = ClockOffset.now()
        #expect(first.nanoseconds > 0)
        #expect((second.nanoseconds - first.nanoseconds).magnitude <= first.uncertainty + second.uncertainty)
    }

    /// Lets a thread end.
    private enum Gate {
        nonisolated(unsafe) private static var state = false
        private static let lock = Lock()

        static var isOpen: Bool {
            get { lock.withLock { state } }
            set { lock.withLock { state = newValue } }
        }
    }
}
