import Glibc

/// A `/proc` file kept open and read again and again into a buffer of its own: about 1 µs for `statm`, against 5 with
/// opening.
///
/// One thread at a time uses it.
package final class ProcFile {
    /// The file, such as `/proc/1234/statm`.
    package let path: String

    private let descriptor: OwnedDescriptor
    private let buffer: UnsafeMutableRawBufferPointer

    /// Opens the file.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - capacity: how large its text may become, in bytes.
    /// - Throws: `SystemError`: `ENOENT` if there is no such process or file, `EACCES`.
    package init(_ path: String, capacity: Int = 4096) throws(SystemError) {
        self.path = path
        descriptor = try OwnedDescriptor.open(path, O_RDONLY)
        buffer = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit {
        buffer.deallocate()
    }

    /// Reads the file anew and passes its text to `body`, which must not keep it.
    ///
    /// - Throws: `SystemError`: `ESRCH` if the process has ended, `EFBIG` if the text is larger than the buffer.
    package func read<Result>(_ body: (UnsafeRawBufferPointer) -> Result) throws(SystemError) -> Result {
        var filled = 0
        while true {
            let count = pread(descriptor.raw, buffer.baseAddress! + filled, buffer.count - filled, off_t(filled))
            if count < 0 {
                let failure = SystemError.last("read", path)
                guard failure.code == EINTR else {
                    throw failure
                }
                continue
            }
            filled += count
            guard filled < buffer.count else {
                throw SystemError(code: EFBIG, call: "read", subject: path)
            }
            // These files are made whole for each read: one that does not fill the buffer has reached the end.
            return body(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
        }
    }

    /// Reads a file that the kernel hands out in pieces, such as `/proc/net/tcp`, and passes its whole text to `body`,
    /// which must not keep it.
    ///
    /// - Throws: `SystemError` as ``read(_:)``.
    package func readPieces<Result>(_ body: (UnsafeRawBufferPointer) -> Result) throws(SystemError) -> Result {
        var filled = 0
        while true {
            let count = pread(descriptor.raw, buffer.baseAddress! + filled, buffer.count - filled, off_t(filled))
            if count < 0 {
                let failure = SystemError.last("read", path)
                guard failure.code == EINTR else {
                    throw failure
                }
                continue
            }
            guard count > 0 else {
                return body(UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
            }
            filled += count
            guard filled < buffer.count else {
                throw SystemError(code: EFBIG, call: "read", subject: path)
            }
        }
    }

    /// Reads the file anew and parses its text.
    ///
    /// - Throws: `ProcReadError`.
    package func parse<Value>(
        _ parser: (UnsafeRawBufferPointer) throws(ProcParseError) -> Value
    ) throws(ProcReadError) -> Value {
        let outcome: Result<Value, ProcParseError>
        do throws(SystemError) {
            outcome = try read { bytes in
                do throws(ProcParseError) {
                    return .success(try parser(bytes))
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw .system(error)
        }
        do throws(ProcParseError) {
            return try outcome.get()
        } catch {
            throw .parse(error)
        }
    }
}

/// Why a value of `/proc` is not known.
package enum ProcReadError: Error, Equatable, Sendable {
    /// The file cannot be read; the process may have ended.
    case system(SystemError)
    /// The file has another text than expected.
    case parse(ProcParseError)
}

extension ProcReadError: CustomStringConvertible {
    /// The description of the error within.
    package var description: String {
        switch self {
        case .system(let error): error.description
        case .parse(let error): error.description
        }
    }
}
