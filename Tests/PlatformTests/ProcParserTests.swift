import HarnessCore
import Platform
import Testing

@Suite struct ProcParserTests {
    @Test func statm() throws {
        let statm = try Fixture.bytes("process-statm").withUnsafeBytes { try ProcStatm(parsing: $0, pageBytes: 4096) }
        #expect(statm.sizeBytes == 64_651 * 4096)
        #expect(statm.residentBytes == 8_613 * 4096)
        #expect(statm.sharedBytes == 1_701 * 4096)
        #expect(statm.dataBytes == 13_433 * 4096)
        // RssAnon of the same moment's status: 27,648 kB.
        #expect(statm.anonymousBytes == .some(27_648 * 1024))
    }

    @Test func status() throws {
        let status = try Fixture.bytes("process-status").withUnsafeBytes { try ProcStatus(parsing: $0) }
        #expect(status.residentBytes == .some(34_452 * 1024))
        #expect(status.peakResidentBytes == .some(34_452 * 1024))
        #expect(status.anonymousBytes == .some(27_648 * 1024))
        #expect(status.fileBytes == .some(6_804 * 1024))
        #expect(status.sharedMemoryBytes == 0)
        #expect(status.sizeBytes == .some(258_604 * 1024))
        #expect(status.swapBytes == 0)
        #expect(status.threads == 4)
    }

    @Test("a zombie's status has no memory, and that is no zero")
    func zombieStatus() throws {
        let text =
            "Name:\tx\nState:\tZ (zombie)\nThreads:\t1\nvoluntary_ctxt_switches:\t2\nnonvoluntary_ctxt_switches:\t3\n"
        let status = try Array(text.utf8).withUnsafeBytes { try ProcStatus(parsing: $0) }
        #expect(status.residentBytes == nil)
        #expect(status.peakResidentBytes == nil)
        #expect(status.voluntarySwitches == 2)
        #expect(status.nonvoluntarySwitches == 3)
    }

    @Test("the name in stat may contain blanks, parentheses and what looks like a state")
    func stat() throws {
        let stat = try Fixture.bytes("process-stat").withUnsafeBytes { try ProcStat(parsing: $0) }
        #expect(stat.state == .running)
        #expect(stat.parentProcessID == 22_527)
        #expect(stat.minorFaults == 8_051)
        #expect(stat.majorFaults == 8)
        #expect(stat.userNanoseconds == 420_000_000)
        #expect(stat.systemNanoseconds == 10_000_000)
        #expect(stat.cpuNanoseconds == 430_000_000)
        #expect(stat.threads == 4)
        #expect(stat.startNanoseconds == 1_827_420_000_000)
    }

    @Test func schedstat() throws {
        let schedstat = try Fixture.bytes("process-schedstat").withUnsafeBytes { try ProcSchedstat(parsing: $0) }
        #expect(schedstat.runNanoseconds == 442_397_375)
        #expect(schedstat.waitNanoseconds == 88_852)
        #expect(schedstat.slices == 53)
    }

    @Test func io() throws {
        let io = try Fixture.bytes("process-io").withUnsafeBytes { try ProcIO(parsing: $0) }
        #expect(io.readBytes == 1_721_870)
        #expect(io.writtenBytes == 3_485)
        #expect(io.readCalls == 688)
        #expect(io.writeCalls == 33)
        #expect(io.storageReadBytes == 3_514_368)
        #expect(io.storageWrittenBytes == 16_384)
    }

    @Test func machineStat() throws {
        let stat = try Fixture.bytes("machine-stat").withUnsafeBytes { try ProcSystemStat(parsing: $0) }
        #expect(stat.processors.count == 2)
        #expect(stat.all.user == 467_270_000_000)
        #expect(stat.all.system == 113_230_000_000)
        #expect(stat.all.idle == 3_039_870_000_000)
        #expect(stat.all.ioWait == 19_920_000_000)
        #expect(stat.all.softInterrupt == 1_430_000_000)
        #expect(stat.all.steal == 210_000_000)
        #expect(stat.processors[0].steal == 80_000_000)
        #expect(stat.processors[1].user == 243_750_000_000)
        // 46727 + 0 + 11323 + 303987 + 1992 + 0 + 143 + 21 ticks.
        #expect(stat.all.total == 3_641_930_000_000)
    }

    @Test func loadAverage() throws {
        let load = try Fixture.bytes("machine-loadavg").withUnsafeBytes { try ProcLoadAverage(parsing: $0) }
        #expect(load.oneMinute == 0.63)
        #expect(load.fiveMinutes == 0.65)
        #expect(load.fifteenMinutes == 0.47)
    }

    @Test func memoryInfo() throws {
        let memory = try Fixture.bytes("machine-meminfo").withUnsafeBytes { try ProcMemoryInfo(parsing: $0) }
        #expect(memory.totalBytes == 24_684_092 * 1024)
        #expect(memory.freeBytes == 23_677_004 * 1024)
        #expect(memory.availableBytes == .some(24_302_084 * 1024))
        #expect(memory.swapTotalBytes == 0)
        #expect(memory.swapFreeBytes == 0)
    }

    @Test func cpuInfo() throws {
        let info = try Fixture.bytes("machine-cpuinfo").withUnsafeBytes { ProcCPUInfo(parsing: $0) }
        #expect(info.model == "AMD EPYC")
        #expect(info.processors == 2)
    }

    @Test("a machine whose cpuinfo names no model has none")
    func cpuInfoWithoutModel() {
        // Of a 64-bit ARM server, cut to the lines that matter.
        let text = "processor\t: 0\nBogoMIPS\t: 243.75\nCPU implementer\t: 0x41\n\nprocessor\t: 1\nBogoMIPS\t: 243.75\n"
        let info = Array(text.utf8).withUnsafeBytes { ProcCPUInfo(parsing: $0) }
        #expect(info.model == nil)
        #expect(info.processors == 2)
    }

    @Test(arguments: ["", "\n", "1 2 3", "x 1 2 3 4 5 6", "99999999999999999999 1 1 1 1 1 1", "-1 2 3 4 5 6 7"])
    func malformedStatm(_ text: String) {
        let error = ProcParseError(file: "statm", reason: "fewer than six numbers")
        #expect(throws: error) { try Array(text.utf8).withUnsafeBytes { try ProcStatm(parsing: $0) } }
    }

    @Test(arguments: [
        "", "1 (x", "1 (x) ", "1 (x) RR 2", "1 (x) R", "1 (x) R 2 3 4 5 6 7 8", "1 (x) R 1 1 1 1 1 1 x 1 1",
    ])
    func malformedStat(_ text: String) {
        #expect(throws: ProcParseError.self) { try Array(text.utf8).withUnsafeBytes { try ProcStat(parsing: $0) } }
    }

    @Test("errors say what was expected")
    func errorDescription() {
        let error = #expect(throws: ProcParseError.self) {
            try Array("1 (x) R 2 3 4 5 6 7 8".utf8).withUnsafeBytes { try ProcStat(parsing: $0) }
        }
        #expect(error?.description == "cannot understand /proc/…/stat: no number in field 12")
    }

    @Test("spoilt files throw or give values, and never trap")
    func fuzz() throws {
        let names = [
            "process-statm", "process-status", "process-stat", "process-schedstat", "process-io", "machine-stat",
            "machine-loadavg", "machine-meminfo", "machine-cpuinfo", "process-smaps",
        ]
        var mutator = ByteMutator(seed: 0x70_726F_63, interesting: Array(" \t\n:()0189-k".utf8))
        for name in names {
            let original = try Fixture.bytes(name)
            for _ in 0..<1_000 {
                // A byte array of exactly this size: reading beyond it would be out of bounds.
                let bytes = mutator.mutate(mutator.mutate(Array(original.prefix(1_600))))
                bytes.withUnsafeBytes { bytes in
                    _ = try? ProcStatm(parsing: bytes)
                    _ = try? ProcStatus(parsing: bytes)
                    _ = try? ProcStat(parsing: bytes)
                    _ = try? ProcSchedstat(parsing: bytes)
                    _ = try? ProcIO(parsing: bytes)
                    _ = try? ProcMapping.parse(bytes)
                    _ = try? ProcSystemStat(parsing: bytes)
                    _ = try? ProcLoadAverage(parsing: bytes)
                    _ = try? ProcMemoryInfo(parsing: bytes)
                    _ = ProcCPUInfo(parsing: bytes)
                    _ = Cgroup(parsing: bytes)
                    _ = Cgroup.limit(parsing: bytes)
                }
            }
        }
    }
}

@Suite struct CgroupTests {
    private func parse(_ text: String) -> Cgroup {
        Array(text.utf8).withUnsafeBytes { Cgroup(parsing: $0) }
    }

    @Test("version 2: the group's own limit and those above it")
    func unified() {
        // The form that cgroups(7) gives, "/proc/[pid]/cgroup": 0::/…
        let cgroup = parse("0::/user.slice/user-1000.slice\n")
        #expect(cgroup.unifiedPath == "/user.slice/user-1000.slice")
        #expect(cgroup.memoryPath == nil)
        #expect(
            cgroup.limitFiles == [
                "/sys/fs/cgroup/user.slice/user-1000.slice/memory.max",
                "/sys/fs/cgroup/user.slice/memory.max",
                "/sys/fs/cgroup/memory.max",
            ]
        )
    }

    @Test("version 1: the memory controller's group, also beside an empty version 2")
    func memoryController() {
        // The example of cgroups(7) is "5:cpuacct,cpu,cpuset:/daemons".
        let cgroup = parse("9:name=systemd:/\n5:cpuacct,memory,cpuset:/daemons\n0::/\n")
        #expect(cgroup.memoryPath == "/daemons")
        #expect(
            cgroup.limitFiles == [
                "/sys/fs/cgroup/memory.max",
                "/sys/fs/cgroup/memory/daemons/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes",
            ]
        )
    }

    @Test(
        arguments: [
            ("max\n", nil), ("9223372036854771712\n", nil), ("536870912\n", 536_870_912), ("", nil), ("x", nil),
            ("0\n", 0),
        ] as [(String, UInt64?)]
    )
    func limit(_ text: String, _ limit: UInt64?) {
        #expect(Array(text.utf8).withUnsafeBytes { Cgroup.limit(parsing: $0) } == limit)
    }
}
