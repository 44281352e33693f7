import Glibc
import Platform
import TestSupport
import Testing

/// One after the other: the process has one pipe for signals.
///
/// Signals are sent to the process: the threads that run tests block them, the main thread takes them a little later.
@Suite(.serialized) struct SignalPipeTests {
    /// Takes signals until there are as many as wanted.
    private func take(_ count: Int, from pipe: SignalPipe) -> [Int32] {
        var signals: [Int32] = []
        _ = Waiting.until {
            signals += pipe.take()
            return signals.count >= count
        }
        return signals
    }

    @Test("signals are collected, and the descriptor becomes readable")
    func collect() throws {
        let pipe = try SignalPipe(signals: [SIGUSR1, SIGUSR2])
        #expect(pipe.take() == [])
        #expect(try Poll.readable([pipe.descriptor], deadline: 0) == [])
        kill(getpid(), SIGUSR1)
        #expect(try Poll.readable([pipe.descriptor], deadline: Waiting.deadline()) == [pipe.descriptor])
        #expect(take(1, from: pipe) == [SIGUSR1])
        kill(getpid(), SIGUSR2)
        #expect(take(1, from: pipe) == [SIGUSR2])
        #expect(pipe.take() == [])
    }

    @Test("there is one at a time, and the next begins empty")
    func oneAtATime() throws {
        var first: SignalPipe? = try SignalPipe(signals: [SIGUSR1])
        let error = #expect(throws: SystemError.self) { try SignalPipe(signals: [SIGUSR2]) }
        #expect(error?.code == EBUSY)
        kill(getpid(), SIGUSR1)
        let descriptor = try #require(first).descriptor
        #expect(try Poll.wait(descriptor, for: .readable, deadline: Waiting.deadline()))
        first = nil
        let second = try SignalPipe(signals: [SIGUSR1])
        #expect(second.take() == [])
    }

    @Test("afterwards signals do what they did before")
    func restored() async {
        await #expect(processExitsWith: .exitCode(7)) {
            try Signals.ignore(SIGUSR2)
            do {
                let pipe = try SignalPipe(signals: [SIGUSR2])
                kill(getpid(), SIGUSR2)
                let isReadable = try Poll.wait(pipe.descriptor, for: .readable, deadline: Waiting.deadline())
                try #require(isReadable && pipe.take() == [SIGUSR2])
            }
            // By default this would end the process with the signal.
            kill(getpid(), SIGUSR2)
            exit(7)
        }
    }

    @Test("a signal that cannot be caught is an error, and the others are as before")
    func impossible() throws {
        let error = #expect(throws: SystemError.self) { try SignalPipe(signals: [SIGUSR1, SIGKILL]) }
        #expect(error?.code == EINVAL)
        #expect(error?.subject == "signal 9")
        // Not left behind as taken.
        _ = try SignalPipe(signals: [SIGUSR1])
        #expect(throws: SystemError.self) { try Signals.ignore(SIGKILL) }
    }
}
