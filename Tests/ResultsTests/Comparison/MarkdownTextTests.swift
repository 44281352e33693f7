import Testing

@testable import Results

/// Text of others in Markdown.
struct MarkdownTextTests {
    @Test(
        "Nothing in a text becomes markup",
        arguments: [
            ("a|b", #"a\|b"#), ("`x`", #"\`x\`"#), ("<img src=x>", "&lt;img src=x&gt;"), ("a & b", "a &amp; b"),
            ("*bold* _it_ ~no~", #"\*bold\* \_it\_ \~no\~"#), ("[a](http://x)", #"\[a\](http<!-- -->://x)"#),
            ("@everyone", "@<!-- -->everyone"), ("mail @ noon", "mail @ noon"), ("see #12", ##"see \#<!-- -->12"##),
            ("# title", ##"\#<!-- --> title"##), ("- item", #"\- item"#), ("12. item", #"12\. item"#),
            ("2.5 ms", "2.5 ms"),
            ("two\nlines\r\nhere", "two lines here"), (#"back\slash"#, #"back\\slash"#), ("+12.3 %", "+12.3 %"),
            ("+ 1", #"\+ 1"#), ("---", #"\---"#),
        ]
    )
    func escapes(_ text: String, _ expected: String) {
        #expect(MarkdownText.escaped(text) == expected)
    }

    @Test(
        "Code keeps its text, whatever backticks and pipes are in it",
        arguments: [
            ("flush_latency.p95", "`flush_latency.p95`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a|b", #"`a\|b`"#),
            ("a\nb", "`a b`"), ("", ""), ("<b>", "`<b>`"),
        ]
    )
    func codes(_ text: String, _ expected: String) {
        #expect(MarkdownText.code(text) == expected)
    }

    @Test func titlesOfFoldedPartsAreHTML() {
        #expect(MarkdownText.html("a_b <p>\n@x & |") == "a_b &lt;p&gt; @<!-- -->x &amp; |")
    }

    @Test func aBlockCannotBeClosedFromWithin() {
        #expect(MarkdownText.block("a\n```\nb", language: "sh") == "````sh\na\n```\nb\n````\n")
    }
}
