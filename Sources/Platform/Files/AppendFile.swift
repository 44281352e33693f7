import Glibc

/// A file that grows at its end by whole pieces, each with one write(2).
///
/// What was appended survives the end of the process, even by SIGKILL: it is the kernel's from then on. Only the end of
/// the machine can lose it, until `synchronize` has returned. One thread at a time uses it.
package final class AppendFile {
    /// The file.
    package let path: String
    /// How long the file is, in bytes.
    package private(set) var size: UInt64 = 0

    private let descriptor: OwnedDescriptor

    /// Creates a file, readable for everybody.
    ///
    /// - Throws: `SystemError`: `EEXIST` if there is one already.
    package init(creating path: String) throws(SystemError) {
        self.path = path
        while true {
            let raw = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
            if raw >= 0 {
                descriptor = OwnedDescriptor(raw)
                return
            }
            let failure = SystemError.last("open", path)
            guard failure.code == EINTR else {
                throw failure
            }
        }
    }

    /// Opens a file, or creates it, and keeps every other process out that opens it so, until this value is gone.
    ///
    /// Blocks while another process has it.
    ///
    /// - Throws: `SystemError`, such as `EACCES`.
    package init(appendingTo path: String) throws(SystemError) {
        self.path = path
        var raw: Int32
        repeat {
            raw = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        } while raw < 0 && errno == EINTR
        guard raw >= 0 else { throw SystemError.last("open", path) }
        let owned = OwnedDescriptor(raw)
        while flock(owned.raw, LOCK_EX) != 0 {
            let failure = SystemError.last("flock", path)
            guard failure.code == EINTR else { throw failure }
        }
        let end = lseek(owned.raw, 0, SEEK_END)
        guard end >= 0 else { throw SystemError.last("lseek", path) }
        size = UInt64(end)
        descriptor = owned
    }

    /// Appends a piece as a whole, or nothing of it.
    ///
    /// - Throws: `SystemError`, such as `ENOSPC` on a full disk, and `EFBIG` beyond the limit for the size of files if
    ///   `SIGXFSZ` is ignored. A part that was written before is taken away again.
    package func append(_ bytes: [UInt8]) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor.raw, $0.baseAddress! + written, $0.count - written) }
            if count > 0 {
                written += count
                continue
            }
            let failure =
                count == 0 ? SystemError(code: ENOSPC, call: "write", subject: path) : SystemError.last("write", path)
            guard failure.code != EINTR else {
                continue
            }
            // If this fails, too, a reader finds a torn line, which it tolerates.
            if written > 0 { _ = ftruncate(descriptor.raw, off_t(size)) }
            throw failure
        }
        size += UInt64(bytes.count)
    }

    /// Removes the file; what is appended from then on is lost.
    package func remove() {
        // Somebody else has removed it, or the folder does not allow it: either way nothing can be done.
        _ = unlink(path)
    }

    /// Waits until all that was appended is on the disk; blocks for as long as the disk takes.
    ///
    /// - Throws: `SystemError`.
    package func synchronize() throws(SystemError) {
        guard fdatasync(descriptor.raw) == 0 else {
            throw SystemError.last("fdatasync", path)
        }
    }
}
