import HarnessCore
import Testing

struct ExitStatusTests {
    @Test("The numbers are those of DESIGN.md")
    func numbers() {
        let numbers = HarnessCore.ExitStatus.allCases.map(\.rawValue)
        #expect(numbers == [0, 1, 2, 3, 4, 5, 130])
    }

    @Test(
        "The most urgent status wins: 130, 5, 2, 1, 4, 3, 0",
        arguments: [
            ([], .pass),
            ([.pass, .noVerdict], .noVerdict),
            ([.noVerdict, .notComparable], .notComparable),
            ([.notComparable, .gateFailed], .gateFailed),
            ([.gateFailed, .usage], .usage),
            ([.usage, .internalError, .gateFailed], .internalError),
            ([.internalError, .interrupted], .interrupted),
        ] as [([HarnessCore.ExitStatus], HarnessCore.ExitStatus)]
    )
    func precedence(statuses: [HarnessCore.ExitStatus], expected: HarnessCore.ExitStatus) {
        #expect(HarnessCore.ExitStatus.mostUrgent(of: statuses) == expected)
    }

    @Test func everyStatusIsExplained() {
        for status in HarnessCore.ExitStatus.allCases {
            #expect(!status.explanation.isEmpty)
        }
    }
}
