import FoundationEssentials
import Platform
import Results

extension WorkerIdentity {
    /// The identity of a program on disk.
    ///
    /// The digest is `sha256sum`'s, so that anybody can compare it; without that program it stays absent.
    ///
    /// - Parameter path: the program.
    init(file path: String) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let line = ExecutablePath.search("sha256sum").flatMap { ProgramOutput.read($0, ["--binary", path]) }
        let digest = line?.split(separator: " ").first.map(String.init)
        self.init(
            path: path,
            sizeBytes: attributes?[.size] as? UInt64,
            sha256: digest.flatMap { $0.count == 64 && $0.allSatisfy(\.isHexDigit) ? $0 : nil }
        )
    }
}
