import CLinux
import Glibc

/// A file descriptor that is closed when its owner lets go of it.
package struct OwnedDescriptor: ~Copyable {
    /// The open descriptor.
    package let raw: Int32

    /// Takes over an open descriptor.
    package init(_ raw: Int32) {
        self.raw = raw
    }

    deinit {
        // Linux releases the descriptor even if close reports EINTR: never repeat it.
        close(raw)
    }

    /// Opens a file, close-on-exec.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - flags: as for open(2), such as `O_RDONLY`.
    /// - Returns: the open descriptor.
    /// - Throws: `SystemError` with the path as its subject.
    package static func open(_ path: String, _ flags: Int32) throws(SystemError) -> OwnedDescriptor {
        while true {
            let raw = Glibc.open(path, flags | O_CLOEXEC)
            if raw >= 0 {
                return OwnedDescriptor(raw)
            }
            let failure = SystemError.last("open", path)
            guard failure.code == EINTR else {
                throw failure
            }
        }
    }
}

extension OwnedDescriptor {
    /// A descriptor of `/dev/null`, close-on-exec: reads end at once.
    ///
    /// - Throws: `SystemError` where the process may open no more.
    package static func null() throws(SystemError) -> OwnedDescriptor {
        try open("/dev/null", O_RDONLY)
    }

    /// Leaves the descriptor open for as long as the process lives.
    package consuming func abandon() {
        discard self
    }

    /// The descriptor of an owner that there may not be.
    package static func raw(_ owner: borrowing OwnedDescriptor?) -> Int32? {
        switch owner {
        case .some(let owner): owner.raw
        case .none: nil
        }
    }
}

/// Both ends of a pipe.
struct Pipe: ~Copyable {
    private let readEnd: OwnedDescriptor
    private let writeEnd: OwnedDescriptor

    /// A pipe whose ends are close-on-exec.
    init() throws(SystemError) {
        let ends = try Self.ends()
        readEnd = OwnedDescriptor(ends.read)
        writeEnd = OwnedDescriptor(ends.write)
    }

    /// The end to write to, valid as long as the pipe.
    var writeDescriptor: Int32 {
        writeEnd.raw
    }

    /// Closes the end to write to, and hands out the other.
    consuming func takeReadEnd() -> OwnedDescriptor {
        readEnd
    }

    /// Makes a pipe and leaves it to the caller to own its ends.
    static func ends() throws(SystemError) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe2(&ends, O_CLOEXEC) == 0 else {
            throw SystemError.last("pipe")
        }
        return (ends[0], ends[1])
    }
}
