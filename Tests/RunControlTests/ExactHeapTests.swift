import LoadEngine
import Results
import Testing

@testable import RunControl

struct ExactHeapTests {
    @Test(arguments: [
        (#""shape": "constant", "rate": "100/s", "duration": "1s"}]"#, false),
        (#""shape": "soak", "rate": "100/s", "duration": "1s"}]"#, true),
        (#""shape": "max", "count": 1000, "flush_every": 100, "cycles": 16}], "leak": {}"#, true),
    ])
    func verdictsOnBytesInUseNeedIt(rest: String, isNeeded: Bool) throws {
        let text = #"{"name": "p", "phases": [{"name": "main", \#(rest)}"#
        #expect(ExactHeap.isNeeded(by: try ProfileDocument(parsing: text, source: "p").profile()) == isNeeded)
    }

    @Test func theUsersOwnTunablesStay() {
        let variables = ExactHeap.variables(["GLIBC_TUNABLES": "glibc.malloc.arena_max=1", "X": "1"])
        #expect(variables == ["GLIBC_TUNABLES": "glibc.malloc.arena_max=1:glibc.malloc.tcache_count=0"])
        #expect(ExactHeap.variables([:]) == ["GLIBC_TUNABLES": "glibc.malloc.tcache_count=0"])
    }

    /// The result names the allocator's settings that the worker ran with, not those of bench alone.
    @Test func theResultNamesThem() {
        let environment = EnvironmentProbe.environment(worker: "/nowhere", variables: ExactHeap.variables([:]))
        #expect(environment.allocator?.contains("GLIBC_TUNABLES=glibc.malloc.tcache_count=0") == true)
    }
}
