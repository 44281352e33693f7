import Foundation
import FoundationXML

/// Looks at a page as a reader would who trusts nobody: is it whole, needs it nothing else, and do its links lead somewhere.
///
/// libxml2, which is behind `XMLDocument`, is an independent reader: what we write is well-formed XML as well as HTML.
enum PageCheck {
    /// What is wrong with a page, each in a few words; empty when nothing is.
    static func problems(of page: String) -> [String] {
        guard page.hasPrefix("<!DOCTYPE html>") else { return ["it is no HTML"] }
        // libxml2 mends what it can, and says so only on standard error.
        guard isBalanced(page), let document = try? XMLDocument(data: Data(page.utf8)) else {
            return ["it is not well-formed"]
        }
        var problems: [String] = []
        var ids: Set<String> = []
        var references: [String] = []
        visit(document.rootElement()) { element in
            let attribute = { (name: String) in element.attribute(forName: name)?.stringValue }
            let name = element.name ?? ""
            if name == "script" || name == "img" || name == "link" || name == "iframe" {
                problems.append("has a <\(name)>")
            }
            if let id = attribute("id"), !ids.insert(id).inserted { problems.append("the id \(id) is there twice") }
            for key in ["href", "src"] {
                guard let target = attribute(key) else { continue }
                if target.hasPrefix("#") {
                    references.append(String(target.dropFirst()))
                } else {
                    problems.append("\(key)=\(target)")
                }
            }
            references += ["aria-labelledby", "aria-describedby"].compactMap(attribute).flatMap {
                $0.split(separator: " ").map(String.init)
            }
            problems += (element.attributes ?? []).compactMap(\.name).filter { $0.hasPrefix("on") }.map { "has \($0)" }
            // Text that nobody drew: a picture needs a name.
            if name == "svg", attribute("role") == "img", attribute("aria-labelledby") == nil {
                problems.append("a picture has no name")
            }
        }
        problems += references.filter { !ids.contains($0) }.map { "nothing is #\($0)" }
        for foreign in ["url(", "@import", "NaN", "inf,"] where page.contains(foreign) {
            problems.append("has \(foreign)")
        }
        return problems
    }

    /// Whether every element ends, in the order in which they began.
    private static func isBalanced(_ page: String) -> Bool {
        var open: [Substring] = []
        for part in page.split(separator: "<").dropFirst() {
            let tag = part.prefix { $0 != ">" }
            let name = tag.prefix { !$0.isWhitespace && $0 != "/" }
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { return false }
            } else if !tag.hasSuffix("/") {
                open.append(name)
            }
        }
        return open.isEmpty
    }

    /// The texts of all elements of a name, in order.
    static func texts(_ name: String, in page: String) throws -> [String] {
        var texts: [String] = []
        visit(try XMLDocument(data: Data(page.utf8)).rootElement()) { element in
            if element.name == name { texts.append(element.stringValue ?? "") }
        }
        return texts
    }

    private static func visit(_ element: XMLElement?, _ body: (XMLElement) -> Void) {
        guard let element else { return }
        body(element)
        for child in element.children ?? [] { visit(child as? XMLElement, body) }
    }
}
