/// What is needed to measure again: the command, the commit that was built, and what to compare with.
struct ReproductionBlock {
    private let subjects: [RunReport.Subject]

    /// Takes the results.
    init(_ subjects: [RunReport.Subject]) {
        self.subjects = subjects
    }

    /// A card for all of them; results that were measured by the same command share it.
    var html: HTML {
        .tag("div", ["class": "card"], entries)
    }

    private var entries: [HTML] {
        var seen: [String] = []
        return subjects.flatMap { subject -> [HTML] in
            let result = subject.result
            let command = result.reproduction ?? "bench --profile \(result.profile)"
            let commit = result.environment.gitCommit
            let build = (commit ?? "") + command
            guard !seen.contains(build) else { return [] }
            seen.append(build)
            let checkout =
                commit.map { "git checkout \($0)\nswift build -c \(result.environment.buildConfiguration)\n" } ?? ""
            let isDirty = result.environment.gitDirty == true
            return [
                subjects.count > 1 ? .tag("h3", [:], .text(subject.name)) : .nothing,
                .tag("pre", [:], .text(checkout + command)),
                .tag(
                    "p",
                    ["class": "remark"],
                    .text(
                        "Seed \(result.plan.seed), plan \(result.plan.identity), run \(result.runID), \(subject.path)."
                    ),
                    .text(isDirty ? " The working copy had changes that are in no commit." : "")
                ),
            ]
        }
    }
}
