import Glibc
import Platform
import TestSupport
import Testing

@Suite struct ProcMappingTests {
    @Test("every mapping with its name, and what is in memory of it")
    func smaps() throws {
        let mappings = try Fixture.bytes("process-smaps").withUnsafeBytes { try ProcMapping.parse($0) }
        #expect(mappings.count == 22)
        let heap = mappings[0]
        #expect(heap.name == "[heap]" && heap.isWritable && !heap.isInaccessible)
        #expect(heap.start == 0x5560_76cc_9000 && heap.end == 0x5560_76e5_8000)
        #expect(heap.residentBytes == 1_540 * 1024 && heap.anonymousBytes == 1_540 * 1024)
        // The reserve of an arena.
        #expect(mappings[2].isInaccessible && mappings[2].residentBytes == 0 && mappings[2].name.isEmpty)
        let library = mappings.filter { $0.name == "/usr/lib/x86_64-linux-gnu/libc.so.6" }
        #expect(library.map(\.residentBytes) == [152, 1_008, 152, 16, 8].map { $0 * 1024 })
        #expect(library.map(\.anonymousBytes) == [0, 0, 0, 16, 8].map { $0 * 1024 })
        #expect(library.map(\.isWritable) == [false, false, false, false, true])
        #expect(mappings.last?.name == "[vsyscall]" && mappings.last?.end == 0xffff_ffff_ff60_1000)
        #expect(mappings.allSatisfy { $0.swapBytes == 0 })
    }

    @Test("the sum over all mappings has the form of one")
    func rollup() throws {
        let mappings = try Fixture.bytes("process-smaps_rollup").withUnsafeBytes { try ProcMapping.parse($0) }
        #expect(mappings.map(\.name) == ["[rollup]"])
        // VmRSS and RssAnon of the same moment's status: 21,912 and 15,256 kB.
        #expect(mappings[0].residentBytes == 21_912 * 1024 && mappings[0].anonymousBytes == 15_256 * 1024)
    }

    @Test("a process without mappings, such as a zombie, has none")
    func empty() throws {
        let mappings = try [UInt8]().withUnsafeBytes { try ProcMapping.parse($0) }
        #expect(mappings.isEmpty)
    }

    @Test(arguments: [
        ("Rss: 4 kB\n", "no mapping before the first figure"), ("00-01\n", "no address range with permissions"),
        ("02-01 rw-p 0 0 0\n", "no address range with permissions"),
        ("00-0g rw-p 0 0 0\n", "no address range with permissions"),
        ("00-10000000000000000 rw-p 0 0 0\n", "no address range with permissions"),
        ("00-01 rw-p 0 0 0\nRss: x kB\n", "Rss is not a number"),
    ])
    func malformed(_ text: String, _ reason: String) {
        #expect(throws: ProcParseError(file: "smaps", reason: reason)) {
            try Array(text.utf8).withUnsafeBytes { try ProcMapping.parse($0) }
        }
    }

    @Test("of a living process both files agree with status, but for what changes meanwhile")
    func own() throws {
        let child = try ChildProcess.start(executable: "/bin/cat")
        let probe = try ProcessProbe(processID: child.processID)
        // Its loader has to be done: cat alone is larger than this.
        #expect(try Waiting.until { try probe.exactResidentBytes() > 512 << 10 && probe.openDescriptors() == 3 })
        let status = try #require(try probe.status().residentBytes)
        let exact = try probe.exactResidentBytes()
        let mappings = try probe.mappings()
        #expect(exact.distance(to: status).magnitude < 256 << 10)
        #expect(mappings.reduce(0) { $0 + $1.residentBytes }.distance(to: exact).magnitude < 256 << 10)
        #expect(mappings.contains { $0.name == "[stack]" } && mappings.contains { $0.name.hasSuffix("/cat") })
        child.kill(SIGKILL)
        _ = child.wait(deadline: Waiting.deadline())
        #expect(throws: ProcReadError.self) { try probe.exactResidentBytes() }
    }
}
