/// Text of others inside Markdown, so that nothing in it is taken for markup.
///
/// The flavour is GitHub's (https://github.github.com/gfm/): what a pull request and a step summary show.
enum MarkdownText {
    /// Text in a paragraph or a cell, on one line.
    ///
    /// Every sign that could begin markup gets a backslash ("Any ASCII punctuation character may be backslash-escaped",
    /// section 2.4 of CommonMark); what could be HTML becomes an entity. An `@` or `#` at which GitHub would mention
    /// a user or link an issue is cut off from what follows by an empty comment.
    static func escaped(_ text: String) -> String {
        var result = ""
        let characters = Array(oneLine(text))
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "|", "~", "!", "$": result += "\\\(character)"
            case "@" where next.isLetter || next.isNumber: result += "@<!-- -->"
            case "#" where next.isNumber || index == 0: result += "\\#<!-- -->"
            case "=" where index == 0: result += "\\="
            // Two of them are a line, one before a space begins a list, as a number with a dot does.
            case "-" where index == 0 && " -".contains(next), "+" where index == 0 && next == " ":
                result += "\\\(character)"
            case "." where next == " " && characters[..<index].allSatisfy(\.isNumber) && index > 0: result += "\\."
            case ")" where next == " " && characters[..<index].allSatisfy(\.isNumber) && index > 0: result += "\\)"
            default: result.append(character)
            }
        }
        return result.replacing("://", with: "<!-- -->://").replacing("www.", with: "www<!-- -->.")
    }

    /// Text in the title of a folded part, which is HTML: there Markdown means nothing (section 4.6 of CommonMark).
    static func html(_ text: String) -> String {
        oneLine(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("@", with: "@<!-- -->")
    }

    /// Text as code, on one line, that may stand in a cell of a table.
    ///
    /// The fence is longer than any run of backticks in the text (section 6.1 of CommonMark). In tables a pipe ends the
    /// cell even in code, unless it has a backslash before it (section 4.10 of GitHub's specification).
    static func code(_ text: String, inTable: Bool = true) -> String {
        let text = oneLine(text)
        var (longest, run) = (0, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        guard !text.allSatisfy({ $0 == " " }) else { return "" }
        let fence = String(repeating: "`", count: longest + 1)
        // A space before and after is taken off again; it is needed where the text begins or ends with a backtick.
        let pad = text.hasPrefix("`") || text.hasSuffix("`") || (text.hasPrefix(" ") && text.hasSuffix(" ")) ? " " : ""
        return fence + pad + (inTable ? text.replacing("|", with: "\\|") : text) + pad + fence
    }

    /// A block of code whose fence nothing in the text can close.
    static func block(_ text: String, language: String = "") -> String {
        var (longest, run) = (2, 0)
        for character in text {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        return "\(fence)\(language)\n\(text)\n\(fence)\n"
    }

    /// The text without line breaks and other control characters.
    private static func oneLine(_ text: String) -> String {
        String(
            text.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : $0 }
        )
    }
}
