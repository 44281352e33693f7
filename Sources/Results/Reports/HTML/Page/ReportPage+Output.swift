extension ReportPage {
    /// Writes the page to a file as a whole.
    package func write(to path: String) throws(ResultFileError) {
        try FileAccess.write(Array(document.utf8), to: path)
    }
}
