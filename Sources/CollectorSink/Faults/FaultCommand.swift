import HarnessCore
import Platform

/// The body of `POST /bench/faults`: faults as JSON or as text.
///
///     {"faults": [{"kind": "status", "status": 503, "retry_after": "2s", "probability": 0.3}, "delay=5ms"],
///      "seed": 7, "start": {"monotonic_ns": 123456789}}
///     status=503,retry_after=2s,p=0.3;delay=5ms
internal struct FaultCommand: Sendable {
    /// The faults; at least one.
    internal let faults: [Fault]
    /// What randomness follows from.
    internal let seed: UInt64
    /// What times are relative to, monotonic nanoseconds.
    internal let origin: UInt64

    /// Reads a body.
    ///
    /// Throws ``StrictJSONError`` with the value, the reason and what to write instead.
    internal init(parsing body: UnsafeRawBufferPointer) throws(StrictJSONError) {
        let example = "for example status=503,p=0.3,for=10s or {\"faults\": [{\"kind\": \"close\"}]}"
        guard let text = String(validating: body, as: UTF8.self) else {
            throw StrictJSONError(path: "", reason: "the body is not UTF-8", hint: example)
        }
        let content = text.drop { $0.isWhitespace }
        guard let first = content.first else {
            throw StrictJSONError(path: "", reason: "the body is empty", hint: "send faults, \(example)")
        }
        guard first == "{" else {
            let line = content.reversed().drop { $0.isWhitespace }.reversed()
            faults = try Fault.list(parsing: String(line))
            (seed, origin) = (1, MonotonicClock.now())
            try Self.check(faults)
            return
        }
        let reader = try StrictJSON.read(text, as: "body")
        guard reader.has("faults") else {
            throw StrictJSONError(path: "", reason: "the body has no \"faults\"", hint: example)
        }
        faults = try Fault.list(reader, "faults")
        seed = try reader.optionalInteger("seed", in: 0...UInt64(Int64.max)) ?? 1
        origin = try Self.origin(try reader.optionalObject("start"))
        try reader.finish()
        try Self.check(faults)
    }

    /// The moment that times are relative to: now, or a moment of either clock.
    private static func origin(_ start: JSONReader?) throws(StrictJSONError) -> UInt64 {
        guard let start else { return MonotonicClock.now() }
        let monotonic = try start.optionalInteger("monotonic_ns", in: 0...UInt64(Int64.max))
        let wall = try start.optionalInteger("unix_ns", in: 0...UInt64(Int64.max))
        try start.finish()
        guard (monotonic == nil) != (wall == nil) else {
            throw StrictJSONError(
                path: start.path,
                value: JSONValue.object(start.object).excerpt(),
                reason: "does not name one moment",
                hint: "give either \"monotonic_ns\" or \"unix_ns\""
            )
        }
        let now = MonotonicClock.now()
        guard let wall else { return monotonic ?? now }
        let distance = Int64(clamping: wall) - Int64(clamping: WallClock.now())
        return UInt64(max(0, Int64(clamping: now) + distance))
    }

    private static func check(_ faults: [Fault]) throws(StrictJSONError) {
        for (index, fault) in faults.enumerated() {
            let path = "faults[\(index)]"
            if let phase = fault.phase {
                throw StrictJSONError(
                    path: "\(path).phase",
                    value: JSONValue.quoted(phase),
                    reason: "means nothing to a sink, which knows no plan",
                    hint: "use \"at\" and \"for\""
                )
            }
            if fault.action == .refuse, fault.durationNanoseconds == nil {
                throw StrictJSONError(
                    path: path,
                    value: JSONValue.quoted(fault.text),
                    reason: "would keep everybody out who could end it",
                    hint: "say how long, for example refuse,for=10s"
                )
            }
        }
    }
}
