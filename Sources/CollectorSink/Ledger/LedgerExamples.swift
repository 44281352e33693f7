/// An example of what should not have arrived.
package struct LedgerExample: Codable, Equatable, Sendable {
    /// What is wrong with it.
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// Its content is not what its checksum says.
        case corrupted
        /// It arrived under the resource of another tenant than its producer's.
        case wrongTenant = "wrong_tenant"
        /// A planted secret was found in a body.
        case canary = "canaries_leaked"
    }

    /// What is wrong.
    package var kind: Kind
    /// Which item it was and what was found, in words.
    package var text: String

    /// Makes an example; a text that is too long is cut off.
    package init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text.count > Self.maximumLength ? String(text.prefix(Self.maximumLength - 1)) + "…" : text
    }

    /// Most characters of a text.
    private static let maximumLength = 400
    /// Most examples of a kind that are kept.
    internal static let maximumOfKind = 4
}

extension [LedgerExample] {
    /// Keeps further examples as far as there is room for their kinds: the first ones of each.
    internal mutating func keep(_ others: [LedgerExample]) {
        for other in others where count(where: { $0.kind == other.kind }) < LedgerExample.maximumOfKind {
            append(other)
        }
    }
}
