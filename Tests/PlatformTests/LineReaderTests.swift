import Glibc
import HarnessCore
import Platform
import TestSupport
import Testing

@Suite struct LineReaderTests {
    /// A pipe, both of whose ends belong to the test.
    private struct TestPipe: ~Copyable {
        let read: OwnedDescriptor
        var write: OwnedDescriptor?

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            read = OwnedDescriptor(ends[0])
            write = OwnedDescriptor(ends[1])
        }

        func send(_ text: String) throws {
            try send(Array(text.utf8))
        }

        func send(_ bytes: [UInt8]) throws {
            let raw = OwnedDescriptor.raw(write)
            let end = try #require(raw)
            try #require(Glibc.write(end, bytes, bytes.count) == bytes.count)
        }

        mutating func close() {
            write = nil
        }
    }

    private func line(_ text: String) -> LineReader.Outcome {
        .line(Array(text.utf8))
    }

    @Test("lines arrive whole, however they were torn, and the last needs no line feed")
    func lines() throws {
        var pipe = try TestPipe()
        let reader = LineReader(descriptor: pipe.read.raw)
        try pipe.send("one\ntw")
        #expect(try reader.next(deadline: Waiting.deadline()) == line("one"))
        #expect(try reader.next(deadline: 0) == .timedOut)
        try pipe.send("o\n\n")
        #expect(try reader.next(deadline: Waiting.deadline()) == line("two"))
        #expect(try reader.next(deadline: Waiting.deadline()) == line(""))
        try pipe.send("three\nfour")
        pipe.close()
        #expect(try reader.next(deadline: Waiting.deadline()) == line("three"))
        #expect(try reader.next(deadline: Waiting.deadline()) == line("four"))
        #expect(try reader.next(deadline: 0) == .endOfFile)
        #expect(try reader.next(deadline: 0) == .endOfFile)
    }

    @Test("a line of exactly the limit is taken, a longer one is an error, before its end has come")
    func limit() throws {
        let pipe = try TestPipe()
        let reader = LineReader(descriptor: pipe.read.raw, maximumLineBytes: 5)
        try pipe.send("12345\n123456")
        #expect(try reader.next(deadline: Waiting.deadline()) == line("12345"))
        #expect(throws: LineReader.Failure.lineTooLong(limit: 5)) { try reader.next(deadline: Waiting.deadline()) }
        #expect(LineReader.Failure.lineTooLong(limit: 5).description == "a line is longer than 5 bytes")
    }

    @Test("a descriptor that is not open is an error")
    func closed() throws {
        let reader = LineReader(descriptor: 1_000_000)
        let error = #expect(throws: LineReader.Failure.self) { try reader.next(deadline: Waiting.deadline()) }
        #expect(error == .system(SystemError(code: EBADF, call: "poll", subject: "descriptor 1000000")))
    }

    @Test("several descriptors are waited for together")
    func several() throws {
        let first = try TestPipe()
        var second = try TestPipe()
        let descriptors = [first.read.raw, second.read.raw]
        #expect(try Poll.readable(descriptors, deadline: 0) == [])
        try second.send("x\ny\n")
        #expect(try Poll.readable(descriptors, deadline: Waiting.deadline()) == [second.read.raw])
        let reader = LineReader(descriptor: second.read.raw)
        try reader.readAvailable()
        #expect(try reader.takeLine() == Array("x".utf8))
        #expect(try reader.takeLine() == Array("y".utf8))
        #expect(try reader.takeLine() == nil)
        #expect(!reader.isAtEnd)
        second.close()
        try first.send("z")
        #expect(try Poll.readable(descriptors, deadline: Waiting.deadline()) == descriptors)
        try reader.readAvailable()
        #expect(reader.isAtEnd)
    }

    @Test("random text in random pieces comes out as the lines that it has")
    func random() throws {
        var mutator = ByteMutator(seed: 11, interesting: [0x0A, 0x0A, 0x0D])
        for _ in 0..<200 {
            let bytes = mutator.randomBytes(maximumCount: 300)
            var pipe = try TestPipe()
            let reader = LineReader(descriptor: pipe.read.raw)
            var lines: [[UInt8]] = []
            for piece in mutator.pieces(bytes, maximumCount: 8) {
                try pipe.send(piece)
                try reader.readAvailable()
                while let line = try reader.takeLine() {
                    lines.append(line)
                }
            }
            pipe.close()
            while case .line(let line) = try reader.next(deadline: Waiting.deadline()) {
                lines.append(line)
            }
            var expected = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
            if expected.last?.isEmpty == true {
                expected.removeLast()
            }
            #expect(lines == expected)
        }
    }
}
