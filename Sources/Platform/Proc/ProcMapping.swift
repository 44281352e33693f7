/// One mapping of `/proc/PID/smaps` (proc_pid_smaps(5)), or all of them as `/proc/PID/smaps_rollup` adds them up.
package struct ProcMapping: Equatable, Sendable {
    /// Where it begins.
    package let start: UInt64

    /// Where it ends.
    package let end: UInt64

    /// Whether the process may write to it, and not only read, run or reserve it.
    package let isWritable: Bool

    /// Whether the process may not use it at all: a guard page, or address space that is reserved for later.
    package let isInaccessible: Bool

    /// The file, or what the kernel calls it, such as `[heap]`; empty for memory without a name.
    package let name: String

    /// `Rss`: what is in memory, by the page tables and so exact.
    package private(set) var residentBytes: UInt64 = 0

    /// `Anonymous`: the part of `Rss` that belongs to no file, copies of a file's pages included.
    package private(set) var anonymousBytes: UInt64 = 0

    /// `Swap`: what was moved out of memory.
    package private(set) var swapBytes: UInt64 = 0

    /// Parses a file's text: for each mapping a line `start-end rwxp offset device inode name`, then lines of
    /// `Name: number kB`.
    ///
    /// Unknown lines are passed over.
    ///
    /// - Throws: `ProcParseError` if the text begins with no mapping, or one of its lines is not as described.
    package static func parse(_ bytes: UnsafeRawBufferPointer) throws(ProcParseError) -> [ProcMapping] {
        var mappings: [ProcMapping] = []
        var text = ProcText(bytes)
        repeat {
            guard let first = text.word() else {
                continue
            }
            if first.last == UInt8(ascii: ":") {
                guard !mappings.isEmpty else {
                    throw ProcParseError(file: "smaps", reason: "no mapping before the first figure")
                }
                try mappings[mappings.count - 1].add(first, &text)
            } else {
                mappings.append(try ProcMapping(range: first, &text))
            }
        } while text.nextLine()
        return mappings
    }

    private init(range: Slice<UnsafeRawBufferPointer>, _ text: inout ProcText) throws(ProcParseError) {
        let ends = range.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2, let start = ProcText.hexadecimal(ends[0]), let end = ProcText.hexadecimal(ends[1]),
            start <= end, let permissions = text.word(), permissions.count == 4
        else {
            throw ProcParseError(file: "smaps", reason: "no address range with permissions")
        }
        self.start = start
        self.end = end
        isWritable = permissions.contains(UInt8(ascii: "w"))
        isInaccessible = permissions.starts(with: [UInt8](repeating: UInt8(ascii: "-"), count: 3))
        for _ in 0..<3 {
            _ = text.word()
        }
        name = String(decoding: text.restOfLine(), as: UTF8.self)
    }

    private mutating func add(_ key: Slice<UnsafeRawBufferPointer>, _ text: inout ProcText) throws(ProcParseError) {
        if ProcText.equals(key, "Rss:") {
            residentBytes = try Self.bytes(&text, "Rss")
        } else if ProcText.equals(key, "Anonymous:") {
            anonymousBytes = try Self.bytes(&text, "Anonymous")
        } else if ProcText.equals(key, "Swap:") {
            swapBytes = try Self.bytes(&text, "Swap")
        }
    }

    private static func bytes(_ text: inout ProcText, _ name: String) throws(ProcParseError) -> UInt64 {
        guard let number = text.number() else {
            throw ProcParseError(file: "smaps", reason: "\(name) is not a number")
        }
        return KernelUnits.bytes(number, unit: 1024)
    }
}
