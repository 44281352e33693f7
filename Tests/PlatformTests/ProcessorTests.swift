import Synchronization
import TestSupport
import Testing

@testable import Platform

struct ProcessorTests {
    @Test func thereAreAsManyAsTheHostSays() {
        let usable = Processor.usable()
        #expect(!usable.isEmpty)
        #expect(usable.count == Host.usableProcessors())
        #expect(Set(usable.map(\.number)).count == usable.count)
    }

    @Test func aPinnedThreadHasOne() throws {
        let chosen = try #require(Processor.usable().last)
        let seen = Mutex<[Processor]>([])
        let thread = try PlatformThread.start(name: "pinned") {
            guard (try? chosen.pinCurrentThread()) != nil else { return }
            seen.withLock { $0 = Processor.usable() }
        }
        #expect(thread.join(untilMonotonic: Waiting.deadline()))
        #expect(seen.withLock { $0 } == [chosen])
    }

    @Test func aProcessorThatDoesNotExistIsAnError() {
        let error = #expect(throws: SystemError.self) { try Processor(number: 60_000).pinCurrentThread() }
        #expect(error?.description.contains("processor 60000") == true)
    }
}
