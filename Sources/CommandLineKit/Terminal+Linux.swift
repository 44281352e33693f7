import Platform

extension Terminal {
    /// Asks the system about a descriptor: 1 is standard output, 2 standard error.
    package init(descriptor: Int32, environment: [String: String]) {
        let isTTY = StandardStreams.isTerminal(descriptor)
        let columns = isTTY ? StandardStreams.terminalColumns(descriptor) : nil
        self.init(isTTY: isTTY, columns: columns, environment: environment)
    }

    /// Writes all of `text` to a descriptor; blocks as the descriptor does.
    ///
    /// - Returns: whether everything was written. A reader that went away is the usual reason why not.
    @discardableResult
    package static func write(_ text: String, to descriptor: Int32) -> Bool {
        do {
            try StandardStreams.write(Array(text.utf8), to: descriptor)
            return true
        } catch {
            return false
        }
    }
}
