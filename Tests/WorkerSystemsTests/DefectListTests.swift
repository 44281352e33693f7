import LoadEngine
import Testing

@testable import WorkerSystems

/// How defects are written, and what is said of those that are written wrongly.
struct DefectListTests {
    @Test(
        arguments: [
            (nil, "no defect is named; for example faulty:drop=1/100"),
            ("", "no defect is named"),
            ("drop=1/3,", "there is no defect \"\""),
            ("drpo=1/3", "there is no defect \"drpo\"; did you mean \"drop\"?"),
            ("stall=1s,evry=3s", "there is no defect \"evry\"; did you mean \"every\"?"),
            ("drop=1/3,at=3s", "there is no defect \"at\"; drop has no parameters; the defects: stall"),
            ("drop", "drop: a share is missing; write drop=1/100"),
            ("drop=3", "drop: \"3\" is not a share of the form 1/N; for example 1/100"),
            ("drop=1/0", "\"1/0\" is not a share"),
            ("stall", "stall: a duration is missing; write stall=50ms"),
            ("stall=2", "stall: \"2\" is not a duration: it has no unit; did you mean \"2s\"?"),
            ("stall=0s", "stall: \"0s\" is not a duration above zero"),
            ("stall=2s,at", "stall: at has no value"),
            ("stall=2s,at=x", "stall,at: \"x\" is not a duration"),
            ("stall=2s,every=1s", "stall,every: \"1s\" is not longer than the stall itself"),
            ("slow=20", "slow: \"20\" has no unit; write 20% or 20us"),
            ("slow=0%", "slow: \"0%\" is not a percentage above 0"),
            ("slow=-5%", "is not a percentage"),
            ("block=1/10", "block,for: a duration is missing"),
            ("leak", "leak: a size is missing; write leak=64B/event"),
            ("leak=64B", "is not a size, \"descriptor\" or \"thread\" for each event"),
            ("leak=0B/event", "leak: \"0B/event\" must be between 1 byte and 1 GiB"),
            ("leak=64Q/event", "leak: \"64Q\" is not a size"),
            ("truncate=1/2,to=0", "truncate,to: \"0\" is not a whole number from 1 to 65536"),
            ("nothing=3", "nothing: \"3\" is too much: the defect takes no value"),
            ("ignore", "ignore: a name is missing; write ignore=batch_size"),
            (
                "ignore=batchsize",
                "queue_limit, request_timeout, overflow; did you mean batch_size?"
            ),
            ("ignore=queue_limit", "the profile does not set it, so there is nothing to ignore"),
            ("base=telemetry", "no defect is named"),
            ("drop=1/3,base=nul", "\"base=nul\" names no system; base is one of: telemetry, null"),
        ]
    )
    func aMistakeIsNamed(variant: String?, message: String) throws {
        let error = try #require(throws: SystemConfigurationError.self) { try MadeSystems().make(variant) }
        #expect(error.option == "name")
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test func everyDefectIsInTheHelp() {
        let factory = FaultySystems.factory(over: [NullSystem.factory])
        #expect(factory.variants.count == FaultySystems.catalogue.count + 1)
        #expect(factory.variants.contains { $0.usage == "stall=D,at=D,every=D" })
        #expect(factory.variants.allSatisfy { !$0.explanation.isEmpty })
        #expect(Set(factory.variants.map(\.usage)).count == factory.variants.count)
    }

    @Test func theBaseIsChosen() throws {
        let made = MadeSystems()
        let nullSystem = FaultySystems.factory(over: [made.factory("telemetry"), NullSystem.factory])
        let system = try nullSystem.make(SystemConfiguration(runID: "r", endpoint: nil, variant: "base=null,drop=1/2"))
        #expect(system.description.sdkName == "null")
        #expect(made.all.isEmpty)
    }

    @Test("Each defect wraps those before it")
    func defectsAreCombined() throws {
        let made = MadeSystems()
        // Every second call is lost before it can be doubled: the outer defect comes last.
        let system = try made.make("duplicate=1/1,drop=1/2")
        #expect(try system.perform(4) == [1, 1, 1, 1])
        #expect(made.all[0].seen.numbers == [0, 0, 2, 2])
        #expect(system.counters() == SystemCounters(accepted: 4, exported: 4))
    }
}
