/// The same load under several settings of the allocator: what grows under all of them is the program's.
package struct AllocatorReport: Codable, Equatable, Sendable {
    /// Whose the growth is.
    package enum Owner: String, Codable, Sendable {
        /// The program's: bytes in use grow under every setting.
        case yours
        /// The allocator's: resident memory grows, and what the program holds does not.
        case allocator
        /// Nobody's: nothing grows.
        case nobody
        /// The settings do not agree.
        case unclear
    }

    /// What one setting came to.
    package struct Setting: Codable, Equatable, Sendable {
        /// What it is called: `default`, `one-arena`, `fixed-thresholds`.
        package var name: String
        /// The variables that make it, `NAME=value`.
        package var variables: [String]
        /// Growth of bytes in use from the first to the last checkpoint that counts; absent if not measured.
        package var bytesInUseGrowth: Int64?
        /// Growth of resident memory between the same; absent if not measured.
        package var rssGrowth: Int64?
        /// The most that was resident, in bytes; absent if not measured.
        package var rssPeakBytes: UInt64?

        /// Makes a setting of which nothing is known yet.
        package init(name: String, variables: [String]) {
            self.name = name
            self.variables = variables
        }

        private enum CodingKeys: String, CodingKey {
            case name
            case variables
            case bytesInUseGrowth = "bytes_in_use_growth"
            case rssGrowth = "rss_growth_bytes"
            case rssPeakBytes = "rss_peak_bytes"
        }
    }

    /// Whose it is.
    package var owner: Owner
    /// The same in a sentence, with figures.
    package var sentence: String
    /// The growth from which on it counts, in bytes.
    package var toleranceBytes: Double
    /// What each setting came to, in the order in which they ran.
    package var settings: [Setting]

    /// Makes the report.
    package init(owner: Owner, sentence: String, toleranceBytes: Double, settings: [Setting]) {
        self.owner = owner
        self.sentence = sentence
        self.toleranceBytes = toleranceBytes
        self.settings = settings
    }

    private enum CodingKeys: String, CodingKey {
        case owner
        case sentence
        case toleranceBytes = "tolerance_bytes"
        case settings
    }
}
