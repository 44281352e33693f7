/// Random trace and span ids: xoshiro256++, seeded by the system, one for each thread.
///
/// "The SDK MUST by default randomly generate both the TraceId and the SpanId."
/// (https://opentelemetry.io/docs/specs/otel/trace/sdk/#id-generators). A system call an id would cost 300 ns; ids need
/// to be unique, not secret. All 64 bits of a number are random, so the W3C's 56 random bits of a trace id are.
///
/// Source: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021.
struct IDGenerator: RandomNumberGenerator {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Seeds a generator with 256 bits.
    init(using random: inout some RandomNumberGenerator) {
        repeat {
            state = (random.next(), random.next(), random.next(), random.next())
        } while state == (0, 0, 0, 0)
    }

    /// Hot: about 1 ns.
    @inline(__always)
    mutating func next() -> UInt64 {
        // Wrapping additions: the algorithm is defined modulo 2⁶⁴.
        let sum = state.0 &+ state.3
        let result = (sum << 23 | sum >> 41) &+ state.0
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 << 45 | state.3 >> 19
        return result
    }

    /// A span id, which is never zero.
    @inline(__always)
    mutating func nextSpanID() -> SpanID {
        var id = next()
        while id == 0 { id = next() }
        return SpanID(id)
    }

    /// A trace id, which is never zero.
    @inline(__always)
    mutating func nextTraceID() -> TraceID {
        var id = TraceID(high: next(), low: next())
        while !id.isValid { id = TraceID(high: next(), low: next()) }
        return id
    }
}
