import Foundation

/// What SciPy says of small samples; `Fixtures/make_statistics_fixture.py` writes it.
struct StatisticsFixture: Decodable {
    struct Paired: Decodable {
        let values: [Double]
        let statistic: Double
        let p: Double
    }

    struct PairedInterval: Decodable {
        let values: [Double]
        let confidence: Double
        let interval: [Double]?
    }

    struct Unpaired: Decodable {
        let baseline: [Double]
        let candidate: [Double]
        let statistic: Double
        let p: Double
    }

    struct UnpairedInterval: Decodable {
        let baseline: [Double]
        let candidate: [Double]
        let confidence: Double
        let interval: [Double]?
    }

    struct Rate: Decodable {
        let successes: Int
        let trials: Int
        let confidence: Double
        let interval: [Double]
    }

    struct Wasserstein: Decodable {
        let pairs: [[[UInt64]]]
        let distance: Double
        let p: Double
        let medianLogRatios: [Double]
    }

    struct Energy: Decodable {
        let values: [Double]
        let split: Int
        let energy: Double
    }

    struct Line: Decodable {
        let x: [Double]
        let y: [Double]
        let confidence: Double
        let slope: Double
        let intercept: Double
        let interval: [Double]?
        let tau: Double?
    }

    let signedRank: [Paired]
    let signedRankIntervals: [PairedInterval]
    let mannWhitney: [Unpaired]
    let mannWhitneyIntervals: [UnpairedInterval]
    let clopperPearson: [Rate]
    let normalQuantiles: [[Double]]
    let studentQuantiles: [[Double]]
    let wasserstein: Wasserstein
    let energy: [Energy]
    let theilSen: [Line]

    static func read() throws -> StatisticsFixture {
        let path = "\(Bundle.module.resourcePath ?? "")/Fixtures/statistics.json"
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
    }
}
