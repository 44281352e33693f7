import CLinux
import Glibc

/// The process's own standard streams and its end.
package enum StandardStreams {
    /// The descriptor of standard input.
    package static let input = STDIN_FILENO
    /// The descriptor of standard output.
    package static let output = STDOUT_FILENO
    /// The descriptor of standard error.
    package static let errors = STDERR_FILENO

    /// Writes all of `bytes` to a descriptor; blocks as the descriptor does, and never raises SIGPIPE.
    ///
    /// - Throws: `SystemError`: `EPIPE` if the reader has gone. Some of the bytes may have been written.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                clinux_write_without_signal(descriptor, buffer.baseAddress! + written, buffer.count - written)
            }
            if count >= 0 {
                written += count
                continue
            }
            let failure = SystemError.last("write", "descriptor \(descriptor)")
            guard failure.code == EINTR else {
                throw failure
            }
        }
    }

    /// Takes standard output for its own: what anything else in the process prints goes to standard error from now on.
    ///
    /// - Returns: a descriptor that leads where standard output did; it is not inherited by children.
    /// - Throws: `SystemError` if the descriptors cannot be changed.
    package static func divertOutput() throws(SystemError) -> Int32 {
        let copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)
        guard copy >= 0 else {
            throw SystemError.last("fcntl", "standard output")
        }
        guard dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            throw SystemError.last("dup2", "standard error")
        }
        return copy
    }

    /// Whether a descriptor is a terminal.
    package static func isTerminal(_ descriptor: Int32) -> Bool {
        isatty(descriptor) == 1
    }

    /// How many characters a line of the terminal has; nil if it does not say, or is none.
    package static func terminalColumns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Ends the process at once, whatever its other threads do; nothing is flushed or cleaned up.
    package static func exit(_ status: Int32) -> Never {
        _exit(status)
    }
}
