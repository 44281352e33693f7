import HarnessCore
import Testing

@testable import Results

struct MappingTableTests {
    @Test func whatGrewMostComesFirst() {
        let usage = { (name: String, count: UInt64, rss: UInt64, anonymous: UInt64) in
            MappingUsage(name: name, count: count, rssBytes: rss, anonymousBytes: anonymous)
        }
        let trace = MappingTrace(
            firstPhase: "warm-up",
            first: [
                usage("[heap]", 1, 4_000_000, 4_000_000), usage("thread stacks", 2, 20_000, 20_000),
                usage("/usr/lib/libc.so.6", 5, 1_300_000, 24_000), usage("gone", 1, 8_000, 8_000),
            ],
            lastPhase: "main",
            last: [
                usage("[heap]", 1, 4_500_000, 4_500_000), usage("malloc arenas", 3, 6_000_000, 6_000_000),
                usage("thread stacks", 4, 20_000, 20_000), usage("/usr/lib/libc.so.6", 5, 1_300_000, 24_000),
            ]
        )
        let lines = MappingTable(trace).lines(width: 100, painter: TextPainter(isEnabled: false))
        #expect(
            lines.joined(separator: "\n") == """
                  MAPPING            number  end of warm-up  end of main    growth  anonymous
                  malloc arenas       0 → 3             0 B      6.00 MB  +6.00 MB   +6.00 MB
                  [heap]                  1         4.00 MB      4.50 MB   +500 kB    +500 kB
                  thread stacks       2 → 4         20.0 kB      20.0 kB         –          –
                  gone                1 → 0         8.00 kB          0 B  -8.00 kB   -8.00 kB
                  1 more, unchanged       5         1.30 MB      1.30 MB         –          –
                  all                9 → 13         5.33 MB      11.8 MB  +6.49 MB   +6.49 MB
                """
        )
    }
}
