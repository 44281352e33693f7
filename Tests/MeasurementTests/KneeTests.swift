import Measurement
import Testing

struct KneeTests {
    /// The curve of the paper's figure 2a, y = −1/x + 5, mirrored so that it rises steeply at its end: its bend is where
    /// the slope equals that of the diagonal.
    @Test func findsTheBendOfTheExampleInThePaper() throws {
        let points = (0...100).map { step -> (x: Double, y: Double) in
            let x = Double(step) / 100 * 9.9
            return (x, 1 / (10 - x))
        }
        // Slope of 1/(10 − x) = slope of its chord: (10 − x)² = 9.9 / (10 − 0.1), so x = 9.
        let bend = try #require(Knee.index(of: points))
        #expect(abs(points[bend].x - 9) < 0.15)
    }

    @Test func aStraightLineHasNone() {
        #expect(Knee.index(of: (0..<10).map { (Double($0), Double($0)) }) == nil)
        #expect(Knee.index(of: (0..<10).map { (Double($0), 5) }) == nil)
    }

    @Test func noiseIsNoBend() {
        #expect(Knee.index(of: [(50, 84.7), (100, 56.1), (200, 59.6), (400, 74.9)]) == nil)
    }

    @Test func threePointsAreTooFew() {
        #expect(Knee.index(of: [(0, 0), (1, 0), (2, 9)]) == nil)
    }
}
