/// `/proc/PID/io`: what a process read and wrote (proc_pid_io(5)).
package struct ProcIO: Equatable, Sendable {
    /// `rchar`: bytes that read calls returned, from files, pipes and terminals; sockets do not count.
    package let readBytes: UInt64

    /// `wchar`: bytes that write calls took.
    package let writtenBytes: UInt64

    /// `syscr`: how many read calls there were.
    package let readCalls: UInt64

    /// `syscw`: how many write calls there were.
    package let writeCalls: UInt64

    /// `read_bytes`: bytes fetched from storage.
    package let storageReadBytes: UInt64

    /// `write_bytes`: bytes sent to storage.
    package let storageWrittenBytes: UInt64

    /// Parses the file's text: lines of `name: number`.
    ///
    /// Unknown lines are passed over.
    ///
    /// - Throws: `ProcParseError` if one of the six is missing, or not a number.
    package init(parsing bytes: UnsafeRawBufferPointer) throws(ProcParseError) {
        let names: [StaticString] = ["rchar:", "wchar:", "syscr:", "syscw:", "read_bytes:", "write_bytes:"]
        var values = [UInt64?](repeating: nil, count: names.count)
        var text = ProcText(bytes)
        repeat {
            if let name = text.word(), let index = names.firstIndex(where: { ProcText.equals(name, $0) }) {
                values[index] = text.number()
            }
        } while text.nextLine()
        func value(_ index: Int) throws(ProcParseError) -> UInt64 {
            guard let value = values[index] else {
                throw ProcParseError(file: "io", reason: "no number for \(names[index])")
            }
            return value
        }
        readBytes = try value(0)
        writtenBytes = try value(1)
        readCalls = try value(2)
        writeCalls = try value(3)
        storageReadBytes = try value(4)
        storageWrittenBytes = try value(5)
    }
}
