import Platform
import Results
import Testing

@testable import RunControl

struct MappingGroupsTests {
    private func groups(
        _ mappings: [(range: String, permissions: String, name: String, kilobytes: Int)]
    ) throws
        -> [MappingUsage]
    {
        let text = mappings.map { mapping in
            "\(mapping.range) \(mapping.permissions) 00000000 00:00 0 \(mapping.name)\nRss: \(mapping.kilobytes) kB\n"
                + "Anonymous: \(mapping.kilobytes / 2) kB\n"
        }.joined()
        return MappingUsage.groups(of: try Array(text.utf8).withUnsafeBytes { try ProcMapping.parse($0) })
    }

    @Test("Arenas, stacks and the rest are told apart by where they lie")
    func kinds() throws {
        // Addresses of a process with one arena beside the main one, two threads and a large block.
        let found = try groups([
            ("556076cc9000-556076e58000", "rw-p", "[heap]", 1_540),
            ("7f74b0000000-7f74b0021000", "rw-p", "", 40), ("7f74b0021000-7f74b4000000", "---p", "", 0),
            ("7f74bddee000-7f74bddef000", "---p", "", 0), ("7f74bddef000-7f74be5ef000", "rw-p", "", 8),
            ("7f74be5ef000-7f74be5f0000", "---p", "", 0), ("7f74be5f0000-7f74bedf0000", "rw-p", "", 12),
            ("7f74bf5f1000-7f74bff29000", "rw-p", "", 8_976),
            ("7f74c041e000-7f74c0444000", "r--p", "/usr/lib/libc.so.6", 152),
            ("7f74c0444000-7f74c059a000", "r-xp", "/usr/lib/libc.so.6", 1_008),
        ])
        #expect(
            found.map(\.name) == [
                "other anonymous", "[heap]", "/usr/lib/libc.so.6", "malloc arenas", "thread stacks",
            ]
        )
        #expect(found.map(\.count) == [1, 1, 2, 1, 2])
        #expect(found.map { $0.rssBytes / 1024 } == [8_976, 1_540, 1_160, 40, 20])
        #expect(found.map { $0.anonymousBytes / 1024 } == [4_488, 770, 580, 20, 10])
    }

    @Test("However many files are mapped, the number of kinds is bounded and nothing is left out")
    func bounded() throws {
        let many = (0..<100).map { file in
            let start = String(0x1000 * (2 * file + 1), radix: 16)
            return (range: "\(start)-\(start)", permissions: "r--p", name: "/file\(file)", kilobytes: file)
        }
        let found = try groups(many)
        #expect(found.count == MappingUsage.limit + 1 && found.last?.name == "others")
        #expect(found.reduce(0) { $0 + $1.rssBytes } == UInt64(100 * 99 / 2) * 1024)
        #expect(found.reduce(0) { $0 + $1.count } == 100)
    }
}
