import HarnessCore

@testable import LoadEngine

/// Profiles with every feature of a plan, made from a seed.
struct RandomProfile {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// The plan of the next profile.
    mutating func plan() throws -> Plan {
        let phases = (0..<number(1, 3)).map { phase($0) }
        let producers: String
        if number(0, 1) == 0 {
            producers = #""producers": \#(number(1, 7)), "stagger": "\#(number(0, 9))ms""#
        } else {
            producers = #""scenarios": [\#((0..<number(1, 4)).map { scenario($0) }.joined(separator: ","))]"#
        }
        let text = """
            {"name": "p", "seed": \(number(0, 1 << 40)), \(producers), "phases": [\(phases.joined(separator: ","))]}
            """
        return try ProfileDocument(parsing: text, source: "p").profile().makePlan()
    }

    private mutating func number(_ low: Int, _ high: Int) -> Int {
        Int.random(in: low...high, using: &random)
    }

    private mutating func rate() -> String {
        ["\(number(1, 3000))/s", "\(number(1, 60_000))/m", "\(number(1, 100))/\(number(1, 50))ms", "50k/s"][
            number(0, 3)
        ]
    }

    private mutating func duration() -> String { "\(number(1, 900))ms" }

    private mutating func phase(_ index: Int) -> String {
        let arrivals = number(0, 2) == 0 ? #", "arrivals": "poisson""# : ""
        let shape =
            switch number(0, 4) {
            case 0: #""shape": "constant", "rate": "\#(rate())", "duration": "\#(duration())"\#(arrivals)"#
            case 1: #""shape": "burst", "size": \#(number(1, 300)), "every": "90ms", "duration": "\#(duration())""#
            case 2:
                """
                "shape": "ramp", "from": "\(number(0, 1) == 0 ? "0/s" : rate())", "stages": [
                    {"rate": "\(rate())", "duration": "\(duration())"}, {"rate": "0/s", "duration": "\(duration())"},
                    {"rate": "0/s", "duration": "5ms"}, {"rate": "\(rate())", "duration": "\(duration())"}
                ]\(arrivals)
                """
            case 3:
                """
                "shape": "step", "from": "\(rate())", "to": "\(rate())", "steps": \(number(2, 9)),
                "duration": "\(duration())"\(arrivals)
                """
            default:
                """
                "shape": "spike", "rate": "\(rate())", "peak": "\(rate())", "at": "100ms", "for": "50ms",
                "duration": "\(number(150, 900))ms"\(arrivals)
                """
            }
        return #"{"name": "phase-\#(index)", \#(shape)}"#
    }

    private mutating func scenario(_ index: Int) -> String {
        var load = #""weight": \#(number(1, 60))"#
        if index > 0, number(0, 2) == 0 {
            load =
                number(0, 1) == 0
                ? #""load": {"shape": "constant", "rate": "\#(rate())"}"#
                : #""load": {"shape": "burst", "size": \#(number(1, 50)), "every": "\#(number(1, 300))ms"}"#
        }
        return """
            {"name": "s\(index)", \(load), "producers": \(number(1, 4)), "start_offset": "\(number(0, 50))ms",
             "stagger": "\(number(0, 7))ms", "workload": {"operation": "event"}}
            """
    }
}
