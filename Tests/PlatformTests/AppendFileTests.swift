import Platform
import TestSupport
import Testing

struct AppendFileTests {
    @Test func piecesFollowEachOther() throws {
        let folder = try TemporaryDirectory()
        let file = try AppendFile(creating: folder.path("a"))
        try file.append(Array("one\n".utf8))
        try file.append([])
        try file.append(Array("two\n".utf8))
        try file.synchronize()
        #expect(file.size == 8)
        #expect(String(decoding: try folder.read("a"), as: UTF8.self) == "one\ntwo\n")
    }

    @Test func aFileThatIsThereStaysAsItIs() throws {
        let folder = try TemporaryDirectory()
        let path = try folder.write("mine".utf8, to: "a")
        let error = #expect(throws: SystemError.self) { try AppendFile(creating: path) }
        #expect(error?.isAlreadyThere == true)
        #expect(try folder.read("a") == Array("mine".utf8))
    }

    @Test func aRemovedFileIsGone() throws {
        let folder = try TemporaryDirectory()
        let file = try AppendFile(creating: folder.path("a"))
        file.remove()
        file.remove()
        #expect(throws: (any Error).self) { try folder.read("a") }
    }
}
