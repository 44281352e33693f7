import CLinux
import Glibc

/// A thread of the operating system with a name, for what must not share the cooperative pool.
///
/// A thread whose object is released without `join()` runs on, and is cleaned up by the system when it ends.
package final class PlatformThread: @unchecked Sendable {
    // Sendable: `handle` is written by `start` before the object is handed out and then only read; `isReaped` is
    // touched only with `completion.condition` locked (and in `deinit`, when nobody else has the object).
    private var handle = pthread_t()
    private var isReaped = false
    private let completion = Completion()

    /// The stack that a thread gets unless told otherwise: 512 KiB, of which only what is touched becomes resident.
    package static let defaultStackBytes = 512 << 10

    private init() {}

    deinit {
        if !isReaped {
            pthread_detach(handle)
        }
    }

    /// Starts a thread that runs `body` once.
    ///
    /// - Parameters:
    ///   - name: shown by `top -H` and debuggers; the kernel keeps its first 15 bytes.
    ///   - stackBytes: rounded up to whole pages and to the system's minimum.
    ///   - body: what the thread does.
    /// - Returns: the running thread.
    /// - Throws: `SystemError` if the system has no more threads or memory.
    package static func start(
        name: String,
        stackBytes: Int = defaultStackBytes,
        _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) -> PlatformThread {
        let thread = PlatformThread()
        let start = Start(name: name, body: body, completion: thread.completion)

        var attributes = pthread_attr_t()
        var code = pthread_attr_init(&attributes)
        guard code == 0 else {
            thread.isReaped = true
            throw SystemError(code: code, call: "pthread_attr_init")
        }
        defer { pthread_attr_destroy(&attributes) }
        let page = Int(getpagesize())
        let stack = (max(stackBytes, 64 << 10) + page - 1) / page * page
        code = pthread_attr_setstacksize(&attributes, stack)
        guard code == 0 else {
            thread.isReaped = true
            throw SystemError(code: code, call: "pthread_attr_setstacksize", subject: "\(stack)")
        }

        let retained = Unmanaged.passRetained(start)
        code = pthread_create(
            &thread.handle,
            &attributes,
            { argument in
                Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            },
            retained.toOpaque()
        )
        guard code == 0 else {
            retained.release()
            thread.isReaped = true
            throw SystemError(code: code, call: "pthread_create", subject: name)
        }
        return thread
    }

    /// Lets another thread run on the calling thread's processor, if one wants to.
    package static func yield() {
        sched_yield()
    }

    /// Waits until the thread has ended.
    ///
    /// Any thread but itself may call it, any number of times.
    package func join() {
        _ = join(untilMonotonic: .max)
    }

    /// Waits until the thread has ended, but no longer than until `monotonic`; whether it has ended.
    package func join(untilMonotonic monotonic: UInt64) -> Bool {
        let condition = completion.condition
        condition.lock()
        defer { condition.unlock() }
        precondition(isReaped || pthread_equal(handle, pthread_self()) == 0, "a thread cannot join itself")
        while !completion.isFinished {
            guard condition.wait(untilMonotonic: monotonic) || completion.isFinished else {
                return false
            }
        }
        if !isReaped {
            // `body` has returned: this waits for a few instructions at most.
            pthread_join(handle, nil)
            isReaped = true
        }
        return true
    }

    /// Whether the thread's body has returned.
    package var isFinished: Bool {
        completion.condition.withLock { completion.isFinished }
    }
}

extension PlatformThread {
    /// What the thread tells those who join it.
    ///
    /// It lives as long as either side.
    private final class Completion: @unchecked Sendable {
        // Sendable: `isFinished` is touched only with `condition` locked.
        let condition = Condition()
        var isFinished = false
    }

    /// What is handed to the new thread.
    private final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void
        let completion: Completion

        init(name: String, body: @escaping @Sendable () -> Void, completion: Completion) {
            self.name = name
            self.body = body
            self.completion = completion
        }

        func run() {
            // A name is a help to the reader of `top`; the thread works as well without.
            _ = String(decoding: name.utf8.prefix(15), as: UTF8.self).withCString {
                pthread_setname_np(pthread_self(), $0)
            }
            body()
            completion.condition.withLock {
                completion.isFinished = true
                completion.condition.broadcast()
            }
        }
    }
}
