import Foundation
import HarnessCore
import Testing

@testable import Results

struct ResultFileTests {
    @Test func aResultSurvivesItsFile() throws {
        let folder = try Folder()
        let writer = try ResultWriter(directory: folder.path)
        let result = try SampleResult.sustained()
        let path = writer.path(profile: result.profile, startedAt: result.startedAt)
        #expect(path == "\(folder.path)/sustained-20261120T224855Z.json")
        try writer.write(result, to: path)
        #expect(try ResultReader.read(path) == result)
        #expect(try folder.names() == ["sustained-20261120T224855Z.json"])
    }

    @Test func namesAreMadeSafeAndNeverTakenTwice() throws {
        let folder = try Folder()
        let writer = try ResultWriter(directory: folder.path + "/new/deep")
        let first = writer.path(profile: "../a b/ü", startedAt: "2026-11-20T22:48:55.123Z")
        #expect(first == "\(folder.path)/new/deep/..-a-b---20261120T224855Z.json")
        try writer.write(try SampleResult.sustained(), to: first)
        let second = writer.path(profile: "../a b/ü", startedAt: "2026-11-20T22:48:55.123Z")
        #expect(second == "\(folder.path)/new/deep/..-a-b---20261120T224855Z-2.json")
    }

    @Test("Names in JSON are snake_case with units, and what was not measured is absent")
    func theForm() throws {
        let data = try ResultFile.encode(try SampleResult.sustained(), "x")
        let value = try StrictJSON.parse(utf8: Array(data))
        #expect(value["schema_version"] == .string("1.0.0"))
        #expect(value["exit_status"] == .integer(0))
        #expect(value["verdict"] == .string("pass"))
        #expect(value["environment"]?["load_average_1m"] == .number(0.12))
        #expect(value["environment"]?["memory_limit_bytes"] == nil)
        #expect(value["summary"]?["lost"] == .integer(0))
        guard case .array(let repetitions) = value["repetitions"], case .array(let phases) = repetitions[0]["phases"]
        else {
            Issue.record("no phases")
            return
        }
        #expect(repetitions[0]["worker_pid"] == .integer(4711))
        #expect(phases[1]["report"] == .bool(true))
        #expect(phases[1]["latency"]?["service_time"]?["p99_9_ns"] == .integer(400))
        #expect(phases[1]["latency"]?["flush_latency"]?["p50_ns"] == nil)
        #expect(phases[1]["memory"]?["held_rss_growth_bytes"] == nil)
        var keys: Set<String> = []
        collectKeys(of: value, into: &keys)
        for key in keys {
            #expect(key.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" || $0 == "." }, "\(key)")
        }
    }

    private func collectKeys(of value: JSONValue, into keys: inout Set<String>) {
        switch value {
        case .object(let object):
            for member in object.members {
                keys.insert(member.key)
                collectKeys(of: member.value, into: &keys)
            }
        case .array(let values): for value in values { collectKeys(of: value, into: &keys) }
        default: break
        }
    }

    // MARK: - Mistakes

    @Test func aMissingFile() throws {
        expect("/nowhere/x.json cannot be read: no such file or folder") {
            _ = try ResultReader.read("/nowhere/x.json")
        }
    }

    @Test("A file too large for a result is refused without reading it")
    func aHugeFile() throws {
        let folder = try Folder()
        let path = folder.path + "/huge.json"
        try Data().write(to: URL(filePath: path))
        let handle = try #require(FileHandle(forWritingAtPath: path))
        // A hole: it takes no room on the disk.
        try handle.truncate(atOffset: UInt64(FileAccess.maximumBytes) + 1)
        try handle.close()
        expect("\(path) is larger than 512 MiB") { _ = try ResultReader.read(path) }
    }

    @Test func aFolder() throws {
        let folder = try Folder()
        expect("\(folder.path) is a folder; name a file in it") { _ = try ResultReader.read(folder.path) }
    }

    @Test(
        arguments: [
            ("", "x is not JSON: line 1, column 1: the document ends where a value should follow"),
            ("{\n  \"a\": }", "x is not JSON: line 2, column 8: \"}\" stands where a value should"),
            ("[1]", "x is not a result: the document is not of type object"),
            ("null", "x is not a result: the document is null"),
            (
                "{} // comment",
                "x is not a result: it has comments, trailing commas or other forms that profiles may have and results may not"
            ),
            (#"{"schema_version": 1}"#, "x is not a result: schema_version is not of type string"),
            (#"{"schema_version": "1.0.0", "tool": 3}"#, "x is not a valid result: tool is not of type object"),
            ("{}", "x is not a result: it has no \"schema_version\""),
            ("{\"schema_version\": \"one\"}", "x has the schema version \"one\", which is none"),
            (
                "{\"schema_version\": \"2.0.0\"}",
                "x has the schema version 2.0.0, and this tool reads 1.0.0; compare with the tool that wrote it, or measure again"
            ),
            ("{\"schema_version\": \"1.7.3\"}", "x is not a valid result: the result has no \"tool\""),
        ]
    )
    func notAResult(text: String, message: String) {
        expect(message) { _ = try ResultReader.decode(Array(text.utf8), path: "x") }
    }

    @Test("A field of the wrong type is named by its path")
    func wrongType() throws {
        let data = try ResultFile.encode(try SampleResult.sustained(), "x")
        let text = String(decoding: data, as: UTF8.self)
            .replacingOccurrences(of: "\"duration_s\" : 10", with: "\"duration_s\" : \"ten\"")
        let error = #expect(throws: ResultFileError.self) { try ResultReader.decode(Array(text.utf8), path: "x") }
        #expect(try #require(error).description.hasPrefix("x is not a valid result: plan.phases[1].duration_s is not"))
    }

    @Test("A newer minor version may have more fields")
    func moreFields() throws {
        let data = try ResultFile.encode(try SampleResult.sustained(), "x")
        let text = String(decoding: data, as: UTF8.self)
            .replacingOccurrences(of: "\"1.0.0\"", with: "\"1.4.0\"")
            .replacingOccurrences(of: "\"partial\" :", with: "\"novelty\" : {\"a\": 1},\n \"partial\" :")
        #expect(try ResultReader.decode(Array(text.utf8), path: "x").profile == "sustained")
    }

    @Test("A folder that takes no files is refused before the run")
    func unwritableFolder() {
        let error = #expect(throws: ResultFileError.self) { try ResultWriter(directory: "/proc/nowhere") }
        #expect(error?.path == "/proc/nowhere")
        #expect(error?.reason.hasPrefix("does not take results: cannot be created") == true)
        #expect(error?.hint == "choose another with --out")
    }

    @Test("A file in the way of the folder is refused too")
    func fileInTheWay() throws {
        let folder = try Folder()
        let file = folder.path + "/file"
        try Data().write(to: URL(filePath: file))
        let error = #expect(throws: ResultFileError.self) { try ResultWriter(directory: file) }
        #expect(error?.reason.hasPrefix("does not take results: ") == true)
    }

    @Test("Figures that JSON cannot hold are an error and leave an earlier file as it was")
    func notANumber() throws {
        let folder = try Folder()
        let writer = try ResultWriter(directory: folder.path)
        let path = folder.path + "/x.json"
        var result = try SampleResult.sustained()
        try writer.write(result, to: path)
        result.summary["delivered_per_s"] = .nan
        #expect(throws: ResultFileError.self) { try writer.write(result, to: path) }
        #expect(try ResultReader.read(path).summary["delivered_per_s"]?.isNaN == false)
        #expect(try folder.names() == ["x.json"])
    }

    private func expect(
        _ message: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: ResultFileError.self, sourceLocation: sourceLocation) { try body() }
        #expect(error?.description == message, sourceLocation: sourceLocation)
    }
}
