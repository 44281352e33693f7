/// A piece of an HTML document that is written, not read: a text, an element with what stands in it, or several pieces.
///
/// What is written is at once well-formed XML and valid HTML, so that a reader of either can check it.
indirect enum HTML: Sendable {
    /// A text that means itself.
    case text(String)
    /// An element: its name, its attributes in order, and what stands in it.
    case element(String, [(name: String, value: String)], [HTML])
    /// Pieces one after the other.
    case group([HTML])

    /// Nothing.
    static let nothing = HTML.group([])

    /// An element; its name and those of its attributes are the caller's choice from what HTML and SVG know.
    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: HTML...) -> HTML {
        .element(name, attributes.map { (name: $0.key, value: $0.value) }, content)
    }

    /// An element with pieces that were made before.
    static func tag(_ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ content: [HTML]) -> HTML {
        .element(name, attributes.map { (name: $0.key, value: $0.value) }, content)
    }

    /// A text for people, in which a number and its unit stay in one line.
    static func prose(_ text: String) -> HTML {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let pieces = words.indices.map { index -> String in
            guard index > 0 else { return String(words[index]) }
            let unit = words[index].prefix { $0.isLetter || $0 == "%" }
            let isUnit = words[index - 1].last?.isNumber == true && (1...3).contains(unit.count)
            return (isUnit ? "\u{A0}" : " ") + words[index]
        }
        return .text(pieces.joined())
    }

    /// A clause as the beginning of a sentence, for people.
    static func sentence(_ clause: String) -> HTML { .prose(clause.prefix(1).uppercased() + clause.dropFirst()) }

    /// A name made of parts, such as `flush_latency.p95`, that may go on in the next line between them.
    static func name(_ name: String) -> HTML {
        var pieces: [HTML] = []
        var part = ""
        for character in name {
            part.append(character)
            guard character == "_" || character == "." else { continue }
            pieces += [.text(part), .tag("wbr")]
            part = ""
        }
        return .group(pieces + [.text(part)])
    }

    /// Whether nothing is written.
    var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .element: false
        case .group(let pieces): pieces.allSatisfy(\.isEmpty)
        }
    }

    /// The piece as HTML; elements that begin a block begin a line.
    var markup: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to target: inout String) {
        switch self {
        case .text(let text): target += XMLElement.escaped(text, isAttribute: false)
        case .group(let pieces): for piece in pieces { piece.write(to: &target) }
        case .element(let name, let attributes, let content):
            if Self.blocks.contains(name) { target += "\n" }
            target += "<" + name
            for (name, value) in attributes { target += " \(name)=\"\(XMLElement.escaped(value))\"" }
            if content.isEmpty, !Self.needsEnd(name) {
                target += "/>"
                return
            }
            target += ">"
            for piece in content { piece.write(to: &target) }
            target += "</\(name)>"
        }
    }

    /// Of the elements that are used here, those that HTML closes by name even when nothing stands in them.
    private static func needsEnd(_ name: String) -> Bool {
        !["meta", "wbr", "path", "line", "rect", "circle"].contains(name)
    }

    private static let blocks: Set<String> = [
        "head", "meta", "title", "style", "body", "header", "main", "footer", "nav", "section", "article", "figure",
        "figcaption", "details", "div", "h1", "h2", "h3", "p", "ul", "ol", "li", "dl", "dt", "table", "caption",
        "thead",
        "tbody", "tr", "pre", "svg", "g", "path", "text",
    ]
}

extension HTML: ExpressibleByStringInterpolation {
    init(stringLiteral text: String) {
        self = .text(text)
    }
}
