import Testing

@testable import Results

/// Pieces of documents.
struct HTMLTests {
    @Test func textMeansItself() {
        let hostile = "<script>alert(\"&\")</script>]]>\u{1B}"
        let markup = HTML.tag("p", ["title": hostile], .text(hostile)).markup
        #expect(
            markup
                == "\n<p title=\"&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;]]&gt;\u{FFFD}\">"
                + "&lt;script&gt;alert(\"&amp;\")&lt;/script&gt;]]&gt;\u{FFFD}</p>"
        )
    }

    @Test("HTML names the end of every element that may have content, XML of every other")
    func ends() {
        #expect(HTML.tag("span").markup == "<span></span>")
        #expect(HTML.tag("wbr").markup == "<wbr/>")
        #expect(HTML.tag("path", ["d": "M0 0"]).markup == "\n<path d=\"M0 0\"/>")
    }

    @Test func nothingIsEmpty() {
        #expect(HTML.nothing.isEmpty && HTML.group([.nothing, ""]).isEmpty && !HTML.tag("td").isEmpty)
        #expect(HTML.nothing.markup.isEmpty)
    }

    @Test func numbersStayWithTheirUnits() {
        #expect(
            HTML.prose("99 % within 1.5 µs, 3 phases of 2 s.").markup
                == "99\u{A0}% within 1.5\u{A0}µs, 3 phases of 2\u{A0}s."
        )
        #expect(HTML.prose("").isEmpty && HTML.prose(" a  b ").markup == " a  b ")
    }

    @Test func namesMayBeBroken() {
        #expect(HTML.name("flush_latency.p99").markup == "flush_<wbr/>latency.<wbr/>p99")
    }
}
