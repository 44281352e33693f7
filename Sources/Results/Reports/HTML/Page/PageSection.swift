/// A part of a page with a heading that links lead to.
struct PageSection {
    /// A short name for links: lower-case letters and hyphens.
    var id: String
    /// The heading.
    var title: String
    /// What stands below it.
    var content: [HTML]

    /// Makes a part.
    init(_ id: String, _ title: String, _ content: [HTML]) {
        self.id = id
        self.title = title
        self.content = content
    }

    /// Whether there is nothing to show.
    var isEmpty: Bool { content.allSatisfy(\.isEmpty) }

    /// The part.
    var html: HTML {
        .tag(
            "section",
            ["id": id, "aria-labelledby": "\(id)-heading"],
            [.tag("h2", ["id": "\(id)-heading"], .text(title))] + content
        )
    }
}
