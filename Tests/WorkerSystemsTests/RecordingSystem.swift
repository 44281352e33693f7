import LoadEngine
import Synchronization

@testable import WorkerSystems

/// A system that remembers what it was asked, and accepts everything.
final class RecordingSystem: TelemetrySystem {
    let description = SystemDescription(sdkName: "recording", sdkVersion: "1", language: "swift")
    let configuration: SystemConfiguration
    private let state = Mutex(State())

    struct State {
        var numbers: [UInt64] = []
        var flushes = 0
        var shutdowns = 0
    }

    init(_ configuration: SystemConfiguration) {
        self.configuration = configuration
    }

    /// What it was asked so far.
    var seen: State { state.withLock { $0 } }

    func makeProducer(_ context: ProducerContext) -> any TelemetryProducer {
        Producer(self, context.workload.itemsPerOperation)
    }

    func flush(timeoutNanoseconds: UInt64) -> FlushOutcome {
        state.withLock { $0.flushes += 1 }
        return .success
    }

    func shutdown(timeoutNanoseconds: UInt64) -> FlushOutcome {
        state.withLock { $0.shutdowns += 1 }
        return .success
    }

    func counters() -> SystemCounters {
        let count = UInt64(seen.numbers.count)
        return SystemCounters(accepted: count, exported: count)
    }

    private final class Producer: TelemetryProducer {
        private let system: RecordingSystem
        private let items: Int

        init(_ system: RecordingSystem, _ items: Int) {
            self.system = system
            self.items = items
        }

        func perform(_ number: UInt64) -> Int {
            system.state.withLock { $0.numbers.append(number) }
            return items
        }
    }
}

/// The systems that a factory has made, in their order.
final class MadeSystems: Sendable {
    private let systems = Mutex<[RecordingSystem]>([])

    var all: [RecordingSystem] { systems.withLock { $0 } }

    /// A factory of recording systems under a name.
    func factory(_ name: String) -> SystemFactory {
        SystemFactory(name: name) { configuration in
            let system = RecordingSystem(configuration)
            self.systems.withLock { $0.append(system) }
            return system
        }
    }

    /// Makes `faulty:<variant>` over recording systems.
    func make(_ variant: String?, options: [String: OptionValue] = [:]) throws -> any TelemetrySystem {
        let factory = FaultySystems.factory(over: [factory("telemetry"), factory("null")])
        return try factory.make(
            SystemConfiguration(runID: "run-0", endpoint: "http://127.0.0.1:9", options: options, variant: variant)
        )
    }
}

extension TelemetrySystem {
    /// Performs operations on one producer and returns what each accepted.
    func perform(_ count: UInt64, _ workload: Workload = Workload()) throws -> [Int] {
        let producer = try makeProducer(ProducerContext(producer: 0, producerCount: 1, workload: workload))
        return (0..<count).map { producer.perform($0) }
    }
}
