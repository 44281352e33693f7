import Foundation
import Testing

@testable import Results

/// The look of pages, as far as it can be computed.
struct StyleSheetTests {
    @Test("The rules stand in a document as they are")
    func nothingIsEscaped() {
        #expect(HTML.text(StyleSheet.css).markup == StyleSheet.css)
    }

    @Test("Text has a contrast of 4.5 with what is behind it and lines of 3, in the light, in the dark and on paper")
    func contrast() throws {
        let themes = try Self.themes()
        #expect(themes.count == 3)
        for theme in themes {
            let contrast = { (front: String, back: String) throws in
                Self.contrast(try #require(theme[front], "\(front)"), try #require(theme[back], "\(back)"))
            }
            for front in ["ink", "soft", "link", "good", "bad", "caution"] {
                for back in ["card", "page"] {
                    #expect(try contrast(front, back) >= 4.5, "\(front) on \(back)")
                }
            }
            for (front, back) in [
                ("ink", "neutral-tint"), ("soft", "neutral-tint"), ("soft", "shade"), ("bad", "fault"),
                ("ink", "bad-tint"), ("ink", "caution-tint"),
            ] {
                #expect(try contrast(front, back) >= 4.5, "\(front) on \(back)")
            }
            for line in (0..<6).map({ "c\($0)" }) + ["base"] {
                #expect(try contrast(line, "card") >= 3, "\(line)")
            }
        }
    }

    /// The colours of each theme; what it does not say it has from the first.
    private static func themes() throws -> [[String: [Double]]] {
        let blocks = StyleSheet.css.components(separatedBy: ":root{").dropFirst().map { $0.prefix { $0 != "}" } }
        return blocks.map { block in
            Dictionary(
                block.components(separatedBy: .whitespacesAndNewlines).joined().split(separator: ";").compactMap {
                    rule in
                    let parts = rule.split(separator: ":")
                    guard parts.count == 2, parts[1].hasPrefix("#") else { return nil }
                    let digits = parts[1].dropFirst().flatMap { parts[1].count == 4 ? [$0, $0] : [$0] }
                    let channels = stride(from: 0, to: 6, by: 2).compactMap {
                        Int(String(digits[$0...$0 + 1]), radix: 16)
                    }
                    return (String(parts[0].dropFirst(2)), channels.map { Double($0) / 255 })
                }
            ) { first, _ in first }
        }
    }

    /// The ratio of relative luminances (Web Content Accessibility Guidelines 2.2, "contrast ratio").
    private static func contrast(_ first: [Double], _ second: [Double]) -> Double {
        let luminances = [first, second].map { colour in
            zip([0.2126, 0.7152, 0.0722], colour).reduce(0) { sum, part in
                sum + part.0 * (part.1 <= 0.04045 ? part.1 / 12.92 : pow((part.1 + 0.055) / 1.055, 2.4))
            }
        }.sorted()
        return (luminances[1] + 0.05) / (luminances[0] + 0.05)
    }
}
