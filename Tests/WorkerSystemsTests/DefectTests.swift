import Compression
import FoundationEssentials
import HTTP
import LoadEngine
import OTLP
import Platform
import TestSupport
import Testing

@testable import WorkerSystems

/// What each defect does to the system below it.
struct DefectTests {
    @Test func aDroppedItemIsClaimed() throws {
        let made = MadeSystems()
        let system = try made.make("drop=1/3")
        #expect(try system.perform(7) == Array(repeating: 1, count: 7))
        #expect(made.all[0].seen.numbers == [0, 1, 3, 4, 6])
        #expect(system.counters() == SystemCounters(accepted: 7, exported: 7))
    }

    @Test func droppedMeasurementsAreNotClaimedOneByOne() throws {
        let system = try MadeSystems().make("drop=1/1")
        #expect(try system.perform(3, Workload(operation: .counter)) == [1, 1, 1])
        #expect(system.counters() == SystemCounters())
    }

    @Test func aDuplicateIsConcealed() throws {
        let made = MadeSystems()
        let system = try made.make("duplicate=1/2")
        #expect(try system.perform(4) == [1, 1, 1, 1])
        #expect(made.all[0].seen.numbers == [0, 1, 1, 2, 3, 3])
        #expect(system.counters() == SystemCounters(accepted: 4, exported: 4))
    }

    @Test func nothingIsClaimedAsEverything() throws {
        let made = MadeSystems()
        let system = try made.make("nothing")
        #expect(try system.perform(3, Workload(operation: .span, depth: 2)) == [2, 2, 2])
        #expect(system.flush(timeoutNanoseconds: 1) == .success)
        #expect(system.counters() == SystemCounters(accepted: 6, exported: 6))
        #expect(made.all[0].seen.numbers.isEmpty && made.all[0].seen.flushes == 0)
    }

    @Test func countersAreSwapped() throws {
        let system = try MadeSystems().make("swap_counters")
        #expect(system.counters() == SystemCounters())
        _ = try system.perform(3)
        #expect(system.counters() == SystemCounters(accepted: 3, dropped: ["export_failed": 3]))
    }

    @Test func aLyingFlushDoesNothing() throws {
        let made = MadeSystems()
        let system = try made.make("lying_flush")
        #expect(system.flush(timeoutNanoseconds: 1) == .success)
        #expect(made.all[0].seen.flushes == 0)
        _ = system.shutdown(timeoutNanoseconds: 1)
        #expect(made.all[0].seen.shutdowns == 1)
    }

    @Test(arguments: ["wrong_run=1/2", "truncate=1/2,to=5", "canary=1/2"])
    func someItemsTakeAnotherClient(variant: String) throws {
        let made = MadeSystems()
        let system = try made.make(variant)
        _ = try system.perform(400)
        let (main, other) = (made.all[0], made.all[1])
        #expect((main.seen.numbers + other.seen.numbers).sorted() == Array(0..<400))
        if variant.hasPrefix("wrong_run") {
            #expect(other.seen.numbers == Array(stride(from: 1, to: 400, by: 2)))
        } else {
            // Half of the even ones and half of the odd, give or take four standard deviations of 7.
            let even = other.seen.numbers.count { $0 % 2 == 0 }
            #expect((72...128).contains(even) && (72...128).contains(other.seen.numbers.count - even))
        }
        #expect(system.counters() == SystemCounters(accepted: 400, exported: 400))
        #expect(system.flush(timeoutNanoseconds: 1_000_000) == .success)
        #expect(main.seen.flushes == 1 && other.seen.flushes == 1)
        if variant.hasPrefix("wrong_run") {
            #expect(main.configuration.runID == "run-0" && other.configuration.runID == "run-0-other")
        } else {
            #expect(main.configuration.runID == other.configuration.runID)
            #expect(main.configuration.options.isEmpty)
            let option: [String: OptionValue] =
                variant.hasPrefix("canary") ? ["privacy": .string("off")] : ["value_length_limit": .integer(5)]
            #expect(other.configuration.options == option)
        }
    }

    @Test(arguments: ["truncate=1/1", "canary=1/1"])
    func measurementsStayWithTheFirstClient(variant: String) throws {
        let made = MadeSystems()
        let system = try made.make(variant)
        _ = try system.perform(3, Workload(operation: .counter))
        #expect(made.all[0].seen.numbers == [0, 1, 2] && made.all[1].seen.numbers.isEmpty)
        _ = try system.perform(3, Workload(operation: .span))
        #expect(made.all[1].seen.numbers == [0, 1, 2])
    }

    @Test func drawnCallsDifferByProducerAndSeedAlone() {
        let picks = { (producer: Int, seed: UInt64) in
            let context = ProducerContext(producer: producer, producerCount: 2, workload: Workload(), seed: seed)
            var picker = DrawnCalls(10, of: context)
            return (0..<1000).filter { _ in picker.next() }
        }
        #expect(picks(0, 1) == picks(0, 1))
        #expect(picks(0, 1) != picks(1, 1) && picks(0, 1) != picks(0, 2))
        // Four standard deviations of 9.5.
        #expect((62...138).contains(picks(0, 1).count))
    }

    @Test func anIgnoredSettingDoesNotReachTheSystem() throws {
        let made = MadeSystems()
        _ = try made.make("ignore=batch_size", options: ["batch_size": .integer(5), "queue_limit": .integer(9)])
        #expect(made.all[0].configuration.options == ["queue_limit": .integer(9)])
    }

    @Test(
        "A stall, a block and a delay pass the call on",
        arguments: ["stall=1us,at=0s", "block=1/2,for=1us", "slow=1us", "slow=50%"]
    )
    func delaysPassTheCallOn(variant: String) throws {
        let made = MadeSystems()
        let system = try made.make(variant)
        #expect(try system.perform(40) == Array(repeating: 1, count: 40))
        #expect(made.all[0].seen.numbers.count == 40)
        #expect(system.counters().accepted == 40)
    }

    @Test func aLeakIsInTheHeap() throws {
        let system = try MadeSystems().make("leak=1MB/event")
        let before = try #require(HeapUsage.bytesInUse())
        _ = try system.perform(20)
        let after = try #require(HeapUsage.bytesInUse())
        // Other tests free memory meanwhile.
        #expect(after > before + 10_000_000)
    }

    @Test func aLeakAtTheFlushStillFlushes() throws {
        let made = MadeSystems()
        let system = try made.make("leak=1KB/flush")
        #expect(system.flush(timeoutNanoseconds: 1) == .success)
        #expect(made.all[0].seen.flushes == 1)
    }

    /// Eight megabytes at every third of seven occasions: twice at least, wherever other tests have left the count.
    @Test(arguments: ["event", "session", "thread"])
    func aLeakComesAtEachOccasion(occasion: String) throws {
        let made = MadeSystems()
        let before = try #require(HeapUsage.bytesInUse())
        let variant = "leak=8MB/\(occasion),every=3"
        if occasion == "session" {
            for _ in 0..<7 { _ = try made.make(variant) }
        } else {
            let system = try made.make(variant)
            if occasion == "event" { _ = try system.perform(7) }
            for _ in 0..<7 where occasion == "thread" {
                try PlatformThread.start(name: "test") { _ = try? system.perform(2) }.join()
            }
        }
        let after = try #require(HeapUsage.bytesInUse())
        // Other tests free memory meanwhile.
        #expect(after > before + 10_000_000)
    }

    @Test func aDescriptorAndAThreadAreForgotten() throws {
        let system = try MadeSystems().make("leak=descriptor/flush")
        let nulls = {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == "/dev/null"
            }
        }
        let before = try nulls()
        for _ in 0..<40 { _ = system.flush(timeoutNanoseconds: 1) }
        // Other tests have some of their own, which come and go.
        #expect(try nulls() > before + 20)
        let threads = { () throws -> Int in
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count { task in
                let name = FileManager.default.contents(atPath: "/proc/self/task/\(task)/comm")
                return name.map { String(decoding: $0, as: UTF8.self) } == "leaked\n"
            }
        }
        let other = try MadeSystems().make("leak=thread/event")
        _ = try other.perform(3)
        // A thread gives itself its name.
        #expect(try Waiting.until { try threads() == 3 })
    }

    @Test func timesAreReversedInJSONAndInGzip() throws {
        let json = #"{"spans":[{"name":"startTime","startTimeUnixNano":"1","endTimeUnixNano":"22"}]}"#
        let swapped = #"{"spans":[{"name":"startTime","endTimeUnixNano":"1","startTimeUnixNano":"22"}]}"#
        var body = Array(json.utf8)
        ReverseTimestampsDefect.reverse(&body)
        #expect(String(decoding: body, as: UTF8.self) == swapped)
        var deflater = try Deflater(format: .gzip)
        var packed = deflater.compress(Array(json.utf8))
        ReverseTimestampsDefect.reverse(&packed)
        var inflater = try Inflater(format: .gzip)
        #expect(try inflater.decompress(packed, limit: 1 << 20) == Array(swapped.utf8))
        // What only looks like gzip is left to the receiver.
        var broken: [UInt8] = [0x1F, 0x8B, 1, 2, 3]
        ReverseTimestampsDefect.reverse(&broken)
        #expect(broken == [0x1F, 0x8B, 1, 2, 3])
    }

    @Test func aRequestGoesToTheNextTenant() throws {
        let attribute = { (tenant: UInt8) in [9, 0x0A, 12] + Array("bench.tenant".utf8) + [0x12, 2, 0x18, tenant, 7] }
        var body = attribute(1)
        WrongTenantDefect.rename(&body, of: 3)
        #expect(body == attribute(2))
        WrongTenantDefect.rename(&body, of: 3)
        #expect(body == attribute(0))
        let error = try #require(throws: SystemConfigurationError.self) { try MadeSystems().make("wrong_tenant=1/2") }
        #expect(error.message.contains("there is no other tenant"))
        for (option, value) in [("protocol", "http/json"), ("compression", "gzip")] {
            let error = try #require(throws: SystemConfigurationError.self) {
                try MadeSystems().make("wrong_tenant=1/2", options: ["clients": .integer(3), option: .string(value)])
            }
            #expect(error.message.contains("requests with \(option) \"\(value)\" are not changed"))
        }
    }

    @Test func retriesAreCountedTwice() {
        var counters = SystemCounters(accepted: 1000, exported: 1000)
        #expect(counters.countingRetries() == counters)
        (counters.requests, counters.retries) = (4, 0)
        #expect(counters.countingRetries() == counters)
        // Ten requests with 100 items each, and two that were repeated.
        (counters.requests, counters.retries) = (12, 2)
        #expect(counters.countingRetries().exported == 1200)
        #expect(counters.countingRetries().accepted == 1000)
    }

    @Test func theTimesOfASpanAreSwappedOnTheWay() throws {
        let bodies = ReceivedBodies()
        let receiver = HTTPServer { bodies.handler() }
        try receiver.start()
        defer { receiver.stop(deadline: MonotonicClock.deadline(after: 1_000_000_000)) }
        let made = MadeSystems()
        let system = try FaultySystems.factory(over: [made.factory("telemetry")]).make(
            SystemConfiguration(
                runID: "r",
                endpoint: "http://127.0.0.1:\(receiver.port)/base",
                variant: "reverse_timestamps"
            )
        )
        let address = try #require(made.all[0].configuration.endpoint)
        let client = HTTPClient(endpoint: try HTTPEndpoint(parsing: address))
        // Request → ResourceSpans → ScopeSpans → Span with field 7 (start) and field 8 (end), all by hand.
        let times: [UInt8] = [0x39] + Array(repeating: 1, count: 8) + [0x41] + Array(repeating: 2, count: 8)
        let swapped: [UInt8] = [0x39] + Array(repeating: 2, count: 8) + [0x41] + Array(repeating: 1, count: 8)
        let frame = { (span: [UInt8]) -> [UInt8] in [0x0A, 22, 0x12, 20, 0x12, 18] + span }
        for path in ["/v1/traces", "/v1/logs"] {
            let response = try frame(times).withUnsafeBytes { body in
                try client.send(
                    method: "POST",
                    path: path,
                    headers: ["Content-Type": "application/x-protobuf"],
                    body: [body]
                )
            }
            #expect(response.status == 200 && response.headers["Content-Type"] == "application/x-protobuf")
        }
        #expect(bodies.all == ["/base/v1/traces": frame(swapped), "/base/v1/logs": frame(times)])
        #expect(system.shutdown(timeoutNanoseconds: 1_000_000_000) == .success)
    }
}
