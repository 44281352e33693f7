/// What made the memory of a worker grow between two quiet checkpoints, in a word and in a sentence.
package struct MemoryClassification: Codable, Equatable, Sendable {
    /// What grew most.
    package enum Growth: String, Codable, Sendable, CaseIterable {
        /// Nothing grew beyond noise.
        case steady
        /// Memory that the program uses, and resident memory with it: a leak, or something that fills up.
        case liveHeap = "live-heap"
        /// Memory that the program uses, in space that the allocator had free: resident memory does not show it.
        case hiddenLiveHeap = "hidden-live-heap"
        /// Memory that the program gave back to the allocator and the allocator kept: fragmentation, arenas, bursts.
        case retainedHeap = "retained-heap"
        /// Memory that is not the allocator's: stacks of threads, direct mappings.
        case stacksOrMappings = "stacks-or-mappings"
        /// Pages of files: code that ran for the first time, mapped files.
        case filePages = "file-pages"
        /// Memory was moved out: what is resident means nothing.
        case swapped
    }

    /// What grew most.
    package var growth: Growth
    /// The same in words with figures, and what follows.
    package var sentence: String
    /// The repetition that it is of, from 0; absent where there is but one series of checkpoints.
    package var repetition: Int?
    /// How much more was resident, in bytes.
    package var rssGrowthBytes: Int64
    /// How much more was in use, in bytes.
    package var liveGrowthBytes: Int64
    /// How much more the allocator held free, in bytes, resident or not.
    package var freeGrowthBytes: Int64
    /// How much more of the heap and the stacks was resident, in bytes.
    package var anonymousGrowthBytes: Int64
    /// How many more pages of files were resident, in bytes.
    package var fileGrowthBytes: Int64

    private enum CodingKeys: String, CodingKey {
        case growth = "class"
        case sentence
        case repetition
        case rssGrowthBytes = "rss_growth_bytes"
        case liveGrowthBytes = "live_growth_bytes"
        case freeGrowthBytes = "free_growth_bytes"
        case anonymousGrowthBytes = "anonymous_growth_bytes"
        case fileGrowthBytes = "file_growth_bytes"
    }
}

extension MemoryClassification {
    /// Whether there is something to tell.
    package var isNoteworthy: Bool { growth != .steady }
}
