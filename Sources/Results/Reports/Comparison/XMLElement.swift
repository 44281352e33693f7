/// An element of an XML document that is written, not read: a name, attributes in order, and either text or elements.
///
/// `FoundationXML` would do this too, and is a library of its own that nobody else here needs.
struct XMLElement {
    /// Its name, which the caller chooses from what a schema knows.
    let name: String
    /// Its attributes, in order.
    var attributes: [(name: String, value: String)] = []
    /// What stands in it before ``children``.
    var text = ""
    /// The elements in it.
    var children: [XMLElement] = []

    /// Makes an element.
    init(_ name: String, _ attributes: [(name: String, value: String)] = [], text: String = "") {
        self.name = name
        self.attributes = attributes
        self.text = text
    }

    /// The element as a document, indented by two spaces a level, with a line break at its end.
    var document: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + markup(indentation: "") }

    private func markup(indentation: String) -> String {
        let start = indentation + "<" + name + attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
        guard !children.isEmpty else {
            return text.isEmpty ? start + "/>\n" : start + ">" + Self.escaped(text, isAttribute: false) + "</\(name)>\n"
        }
        let content = children.map { $0.markup(indentation: indentation + "  ") }.joined()
        return start + ">\n" + content + indentation + "</\(name)>\n"
    }

    /// Text that means itself; characters that XML 1.0 does not have (section 2.2, "Char") become `�`.
    ///
    /// In attributes line breaks and tabs are written as references, or a reader would take them for spaces
    /// (section 3.3.3, "Attribute-Value Normalization").
    static func escaped(_ text: String, isAttribute: Bool = true) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: result += "&amp;"
            case 0x3C: result += "&lt;"
            case 0x3E: result += "&gt;"
            case 0x22 where isAttribute: result += "&quot;"
            case 0x9 where isAttribute: result += "&#9;"
            case 0xA where isAttribute: result += "&#10;"
            case 0xD: result += "&#13;"
            // A scalar is no surrogate, so that the range needs no gap.
            case 0x9, 0xA, 0x20...0xFFFD, 0x1_0000...0x10_FFFF:
                result.unicodeScalars.append(scalar)
            default: result += "\u{FFFD}"
            }
        }
        return result
    }
}
