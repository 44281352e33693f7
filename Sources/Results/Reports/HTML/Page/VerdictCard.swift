import HarnessCore

/// The first thing seen: the verdict in a word, what it rests on, and what a reader must know before any figure.
struct VerdictCard {
    /// The verdict.
    var word: String
    /// How it stands out.
    var style: TextStyle
    /// What was run, or compared.
    var title: String
    /// What the verdict rests on, in a clause.
    var statement: String
    /// What it is about, each in a clause or sentence.
    var description: [String] = []
    /// What spoils the figures, each a sentence.
    var troubles: [String] = []
    /// What a reader should know, each a sentence.
    var warnings: [String] = []
    /// What was run on what, each a few words.
    var facts: [String] = []

    /// The card.
    var html: HTML {
        let tint = style.name ?? "plain"
        return .tag(
            "section",
            ["class": "verdict \(tint)", "id": "verdict", "aria-labelledby": "title"],
            .tag(
                "p",
                ["class": "word"],
                .tag("span", ["class": "sign", "aria-hidden": "true"], .text(sign)),
                .text(word)
            ),
            .tag(
                "div",
                [:],
                .tag("h1", ["id": "title"], .text(title)),
                .tag("p", ["class": "statement"], .sentence(statement))
            ),
            .tag(
                "div",
                ["class": "more"],
                .group(description.map { .tag("p", [:], .sentence($0)) }),
                Self.notes(troubles, "note bad"),
                Self.notes(warnings, "note"),
                facts.isEmpty ? .nothing : .tag("ul", ["class": "facts"], facts.map { .tag("li", [:], .text($0)) })
            )
        )
    }

    private var sign: String {
        switch style {
        case .good: "✓"
        case .bad: "✗"
        default: "!"
        }
    }

    /// Sentences that stand out; nothing for none.
    static func notes(_ sentences: [String], _ name: String) -> HTML {
        sentences.isEmpty
            ? .nothing : .tag("div", ["class": name], sentences.map { .tag("p", [:], .sentence($0)) })
    }
}
