import Glibc
import Platform
import TestSupport
import Testing

/// What can be said of any machine that the tests run on.
@Suite struct HostTests {
    @Test func name() throws {
        let name = try Host.name()
        #expect(name.system == "Linux")
        #expect(name.release.first?.isNumber == true)
        #expect(!name.machine.isEmpty)
    }

    @Test func processors() throws {
        let usable = try #require(Host.usableProcessors())
        #expect(usable >= 1)
        let listed = try Host.processorTimes()
        #expect(listed.processors.count >= usable)
        #expect(listed.all.total > 0)
        #expect(try Host.processors().processors >= 1)
    }

    @Test func memory() throws {
        let memory = try Host.memory()
        #expect(memory.totalBytes > 64 << 20)
        #expect(memory.freeBytes <= memory.totalBytes)
        if let limit = try Host.memoryLimit() {
            #expect(limit > 16 << 20)
        }
    }

    @Test func load() throws {
        #expect(try Host.loadAverage().oneMinute >= 0)
    }

    @Test(
        "a block of memory is in use while it is held",
        .enabled(if: HeapUsage.bytesInUse() != nil, "the allocator, perhaps a sanitizer's, does not say")
    )
    func heap() throws {
        let before = try #require(HeapUsage.bytesInUse())
        // Above the threshold from which blocks are mapped; other tests allocate meanwhile, but nothing of this size.
        let block = UnsafeMutableRawPointer.allocate(byteCount: 256 << 20, alignment: 16)
        let held = try #require(HeapUsage.bytesInUse())
        block.deallocate()
        HeapUsage.trim()
        let after = try #require(HeapUsage.bytesInUse())
        let usage = try #require(HeapUsage.now())
        #expect(usage.mappedBytes <= usage.bytesInUse)
        #expect(held > before + 128 << 20)
        #expect(after + 128 << 20 < held)
    }
}

@Suite struct ProcessProbeTests {
    @Test("its own process")
    func own() throws {
        let probe = try ProcessProbe(processID: getpid())
        let statm = try probe.statm()
        #expect(statm.residentBytes > 1 << 20)
        #expect(statm.sizeBytes >= statm.residentBytes)
        let status = try probe.status()
        #expect(status.threads >= 1)
        #expect(try #require(status.residentBytes) > 1 << 20)
        #expect(try #require(status.peakResidentBytes) >= #require(status.residentBytes))
        let stat = try probe.stat()
        #expect(stat.state != nil)
        #expect(stat.parentProcessID == getppid())
        #expect(stat.threads >= 1)
        #expect(stat.startNanoseconds > 0)
        if let io = try probe.io() {
            #expect(io.readCalls > 0)
        }
        if let schedstat = try probe.schedstat() {
            #expect(schedstat.runNanoseconds > 0)
        }
    }

    @Test("the descriptors of a child are counted exactly")
    func descriptors() throws {
        let child = try ChildProcess.start(executable: "/bin/cat")
        let probe = try ProcessProbe(processID: child.processID)
        // Standard input, output and error, and nothing inherited besides. Its loader may have a library open still.
        #expect(try Waiting.until { try probe.openDescriptors() == 3 })
        child.closeInput()
        #expect(child.wait(deadline: Waiting.deadline()) == .status(0))
    }

    @Test("after the process has ended every read says so")
    func ended() throws {
        let child = try ChildProcess.start(executable: "/bin/cat")
        let probe = try ProcessProbe(processID: child.processID)
        _ = try probe.statm()
        child.kill(SIGKILL)
        #expect(child.wait(deadline: Waiting.deadline()) == .signal(SIGKILL))
        let error = #expect(throws: ProcReadError.self) { try probe.stat() }
        guard case .system(let failure) = try #require(error) else {
            Issue.record("not a failed read: \(String(describing: error))")
            return
        }
        #expect(failure.code == ESRCH)
        #expect(failure.description.contains("/proc/\(child.processID)/stat"))
    }

    @Test func noSuchProcess() {
        let error = #expect(throws: SystemError.self) { try ProcessProbe(processID: .max) }
        #expect(error?.code == ENOENT)
    }

    @Test("resetting the peak brings it down to the present")
    func peak() throws {
        let child = try ChildProcess.start(executable: "/bin/cat")
        let probe = try ProcessProbe(processID: child.processID)
        #expect(try Waiting.until { try probe.openDescriptors() == 3 })
        if probe.resetPeak() {
            let status = try probe.status()
            let peak = try #require(status.peakResidentBytes)
            let resident = try #require(status.residentBytes)
            // The counters of a thread are added up lazily: some pages of tolerance.
            #expect(peak <= resident + 64 * 4096 && peak + 64 * 4096 >= resident)
        }
    }

    @Test("a text larger than the buffer is an error, not a part")
    func tooLarge() throws {
        let file = try ProcFile("/proc/self/status", capacity: 64)
        let error = #expect(throws: SystemError.self) { try file.read { $0.count } }
        #expect(error?.code == EFBIG)
    }
}
