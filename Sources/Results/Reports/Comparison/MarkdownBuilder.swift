/// A part of a Markdown text: lines of one kind, of which any number may be left out for want of room.
struct MarkdownSection {
    /// The title of a part that is folded away, in HTML; nil for one that is open.
    var folded: String?
    /// A sentence above; nil for none.
    var heading: String?
    /// Lines that the items make no sense without, such as the head of a table.
    var header: [String] = []
    /// The lines.
    var items: [String]
    /// What one of them is called where they are counted.
    var noun: String
}

/// Puts parts one below the other as long as there is room.
struct MarkdownBuilder {
    /// What was put together.
    private(set) var text = ""
    private var room: Int

    /// Makes a builder for at most `limit` bytes of UTF-8.
    init(limit: Int) {
        room = limit
    }

    /// Adds a part, or as much of it as there is room for with a line that counts the rest; an empty one adds nothing.
    mutating func add(_ section: MarkdownSection) {
        guard !section.items.isEmpty else { return }
        var start = text.isEmpty ? "" : "\n"
        if let folded = section.folded { start += "<details><summary>\(folded)</summary>\n\n" }
        if let heading = section.heading { start += heading + "\n\n" }
        start += section.header.map { $0 + "\n" }.joined()
        let end = section.folded == nil ? "" : "\n</details>\n"
        let more = { (count: Int) in "\nand \(count) more \(section.noun)\(count == 1 ? "" : "s")\n" }
        // Room for the longest such line is set aside before the first item.
        var left = room - start.utf8.count - end.utf8.count - more(section.items.count).utf8.count
        let taken = section.items.prefix { item in
            left -= item.utf8.count + 1
            return left >= 0
        }
        var body = taken.map { $0 + "\n" }.joined()
        let rest = section.items.count - taken.count
        if rest > 0 { body += more(rest) }
        let part =
            (taken.isEmpty ? Self.withoutHeader(section, text.isEmpty) : start) + body + (taken.isEmpty ? "" : end)
        // Where not even the count fits there is nothing to be said.
        guard part.utf8.count <= room else { return }
        text += part
        room -= part.utf8.count
    }

    /// What stands before the count of items of which there is room for none.
    private static func withoutHeader(_ section: MarkdownSection, _ isFirst: Bool) -> String {
        isFirst ? "" : "\n" + (section.folded ?? section.heading ?? "")
    }
}
