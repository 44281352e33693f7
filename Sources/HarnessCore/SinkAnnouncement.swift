/// The first line that `bench-sink` writes: it listens, and where.
///
/// Whoever starts one with port 0 learns the address from it.
package enum SinkAnnouncement {
    private static let opening = "bench-sink listening on "

    /// The line, without its line feed.
    ///
    /// - Parameter url: The base address, `http://host:port`.
    /// - Returns: The line.
    package static func line(url: String) -> String { opening + url }

    /// The address that a line announces.
    ///
    /// - Parameter line: A line of the sink, without its line feed.
    /// - Returns: The base address; nil of any other line.
    package static func url(in line: String) -> String? {
        line.hasPrefix(opening) ? String(line.dropFirst(opening.count)) : nil
    }
}
