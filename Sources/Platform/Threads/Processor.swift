import CLinux
import Glibc

/// A processor of the machine, for measurements whose outcome depends on where threads run.
package struct Processor: Equatable, Sendable {
    /// Its number, from 0, as the kernel counts.
    package let number: Int32

    /// The processors that the calling thread may run on, in their order; none where the kernel does not say.
    package static func usable() -> [Processor] {
        var processors: [Processor] = []
        while true {
            let number = clinux_usable_processor(Int32(processors.count))
            guard number >= 0 else { return processors }
            processors.append(Processor(number: number))
        }
    }

    /// Keeps the calling thread on this processor from now on.
    ///
    /// - Throws: `SystemError`: `EINVAL` if the thread may not run on it.
    package func pinCurrentThread() throws(SystemError) {
        guard clinux_pin_thread(number) == 0 else {
            throw SystemError.last("sched_setaffinity", "processor \(number)")
        }
    }
}
