package import LoadEngine

/// The environment in which bytes in use are exact: without glibc's thread caches.
///
/// What a thread has freed and keeps in its cache counts as in use. As the caches of all threads fill, that looks like
/// growth: 0.5 to 1.5 kB a cycle of nothing in a leak check, 150 kB/h in a soak. Without them the same work leaves the
/// same bytes, to the byte.
package enum ExactHeap {
    private static let name = "GLIBC_TUNABLES"

    /// Whether the verdict on a profile rests on bytes in use: leak checks and soaks.
    package static func isNeeded(by profile: Profile) -> Bool {
        profile.leak != nil || profile.phases.contains { if case .soak = $0.shape { true } else { false } }
    }

    /// Variables for the worker's environment.
    ///
    /// - Parameter environment: The variables of this process, whose own tunables stay in force.
    /// - Returns: What to add to the environment.
    package static func variables(_ environment: [String: String]) -> [String: String] {
        let own = environment[name].map { [$0] } ?? []
        return [name: (own + ["glibc.malloc.tcache_count=0"]).joined(separator: ":")]
    }
}
