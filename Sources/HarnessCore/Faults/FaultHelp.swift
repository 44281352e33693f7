/// The grammar of faults in the words of a help text.
package enum FaultHelp {
    /// Forms and their meanings, in the order in which a reader needs them.
    package static let entries: [(label: String, text: String)] = [
        ("KEY=VALUE,…;…", "faults, separated by semicolons; the same keys and values as in JSON"),
        ("delay=TIME", "5ms, uniform:1ms..5ms or exponential:5ms; delays add up"),
        ("status=CODE", "an error, with retry_after=2s and retry_after_form=date if wanted"),
        ("partial=N", "the last N items of a request are rejected"),
        ("close | reset[=SIZE]", "no answer: the end of the connection, or a reset within the body"),
        ("hang | garbage", "no answer at all, or bytes that are none"),
        ("lost", "everything is taken, and the connection closed without an answer"),
        ("slow_read=SIZE", "so many bytes of the request a second; drip=SIZE of the answer"),
        ("half_close", "after the answer nothing is sent on the connection any more"),
        ("refuse", "nobody listens; restart=TIME: for a moment, then on the same port"),
        ("p=0.3, next=5", "of the requests a part (seed=N), or the next ones"),
        ("at=5s, for=10s", "from when it was set, and for how long"),
        ("path=/v1/logs", "of one signal only"),
    ]
}
