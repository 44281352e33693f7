import FoundationEssentials
import Platform
import TestSupport
import Testing

/// `.ci/gate` with programs that only pretend to measure.
struct GateScriptTests {
    /// A `bench` whose runs of the profile `noisy` are invalid so many times, and those of `broken` end with status 5.
    private func tools(invalidRuns: Int) throws -> TemporaryDirectory {
        let folder = try TemporaryDirectory()
        _ = try folder.writeExecutable(
            """
            #!/bin/bash
            profile=$2 out=$4
            runs=$(cat "$0.$profile" 2>/dev/null || echo 0)
            echo $((runs + 1)) >"$0.$profile"
            [[ $profile == broken ]] && { echo "the worker died"; exit 5; }
            echo "{}" >"$out/$profile-$runs.json"
            if [[ $profile == noisy ]] && ((runs < \(invalidRuns))); then
                printf 'INVALID  noisy: the figures cannot be trusted\\n  ! others took 93 %%\\n\\nLOAD\\n'
                exit 3
            fi
            [[ $profile == unjudged ]] && { echo "NO VERDICT  unjudged"; exit 3; }
            echo "PASS  $profile: run $((runs + 1))"
            """,
            to: "bench"
        )
        _ = try folder.writeExecutable("#!/bin/bash\necho \"compared: ${@##*/}\"\nexit 3\n", to: "bench-compare")
        return folder
    }

    private func gate(_ tools: TemporaryDirectory, _ profiles: [String]) throws -> ToolRun.Result {
        try ToolRun(
            command: ["bash", ".ci/gate", tools.path + "/results"] + profiles,
            environment: ["RELEASE": tools.path]
        ).finish()
    }

    @Test("An invalid run is repeated, and each attempt is shown")
    func repeats() throws {
        let tools = try tools(invalidRuns: 2)
        let run = try gate(tools, ["noisy", "calm"])
        #expect(
            run.output == """
                INVALID  noisy: the figures cannot be trusted
                  ! others took 93 %
                gate: noisy is repeated (1 of 3)
                INVALID  noisy: the figures cannot be trusted
                  ! others took 93 %
                gate: noisy is repeated (2 of 3)
                PASS  noisy: run 3
                PASS  calm: run 1
                compared: noisy-2.json calm-0.json --thresholds thresholds.json
                """
        )
        #expect(run.exit == .status(3), "as bench-compare ended: \(run.errors)")
        let kept = try FileManager.default.contentsOfDirectory(atPath: tools.path + "/results/noisy/1").sorted()
        #expect(kept == ["noisy-0.json", "summary.txt"])
    }

    @Test("After three repetitions it gives up, and the last result is judged")
    func givesUp() throws {
        let run = try gate(try tools(invalidRuns: 100), ["noisy"])
        #expect(run.output.components(separatedBy: "INVALID").count == 5)
        #expect(run.output.hasSuffix("compared: noisy-3.json --thresholds thresholds.json"))
        #expect(run.errors == "gate: noisy was invalid 4 times; giving up")
        #expect(run.exit == .status(3))
    }

    @Test("Nothing to judge is not repeated, and without a result there is nothing to go on with")
    func otherStatuses() throws {
        let tools = try tools(invalidRuns: 0)
        let unjudged = try gate(tools, ["unjudged"])
        #expect(unjudged.output.hasPrefix("NO VERDICT  unjudged\ncompared: unjudged-0.json"))
        let broken = try gate(tools, ["broken", "calm"])
        #expect(broken.exit == .status(5) && broken.output.isEmpty)
        #expect(broken.errors.contains("the worker died\ngate: bench --profile broken ended with status 5"))
    }
}
