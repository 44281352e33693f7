import Measurement
import Testing

struct ScalabilityFitTests {
    /// X(N) of the law, written out as in Gunther 2008, equation 1.
    private static func law(_ count: Int, lambda: Double, sigma: Double, kappa: Double) -> Double {
        let n = Double(count)
        return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1))
    }

    @Test(arguments: [(0.05, 0.02), (0.0, 0.01), (0.2, 0.0), (0.0, 0.0)])
    func findsTheParametersOfExactSamples(sigma: Double, kappa: Double) throws {
        let samples = (1...8).map { ($0, Self.law($0, lambda: 1_000_000, sigma: sigma, kappa: kappa)) }
        let fit = try #require(ScalabilityFit(samples))
        #expect(abs(fit.single / 1_000_000 - 1) < 1e-6)
        #expect(abs(fit.contention - sigma) < 1e-6)
        #expect(abs(fit.coherency - kappa) < 1e-6)
        #expect(try #require(fit.determination) > 0.999999)
    }

    /// The measurements of the R package `usl`, data set `raytracer` (Gunther, Guerrilla Capacity Planning, table 5.1).
    ///
    /// Its vignette fits σ = 0.0500 and κ = 0 by non-linear least squares, which weighs samples otherwise; the fit of
    /// relative errors is near it.
    @Test func findsTheContentionOfTheRaytracer() throws {
        let samples = [
            (1, 20.0), (4, 78.0), (8, 130.0), (12, 170.0), (16, 190.0), (20, 200.0), (24, 210.0), (28, 230.0),
            (32, 260.0), (48, 280.0), (64, 310.0),
        ]
        let fit = try #require(ScalabilityFit(samples))
        #expect((0.04...0.06).contains(fit.contention))
        #expect(fit.coherency < 1e-4)
    }

    @Test func thePeakIsWhereTheLawIsHighest() throws {
        let samples = (1...12).map { ($0, Self.law($0, lambda: 10, sigma: 0.02, kappa: 0.02)) }
        let fit = try #require(ScalabilityFit(samples))
        let best = try #require((1...12).max { fit.throughput(of: $0) < fit.throughput(of: $1) })
        #expect(abs(try #require(fit.peak) - Double(best)) < 1)
    }

    @Test func neverFitsNegativeParameters() throws {
        // Faster than linear, as caches make it: the nearest law without negative parameters is the linear one.
        let fit = try #require(ScalabilityFit([(1, 10), (2, 22), (4, 48)]))
        #expect(fit.contention == 0)
        #expect(fit.coherency == 0)
        #expect(fit.peak == nil)
    }

    @Test func refusesWhatCannotBeFitted() {
        #expect(ScalabilityFit([(1, 10), (2, 18), (2, 19)]) == nil)
        #expect(ScalabilityFit([(1, 10), (2, 0), (3, 20)]) == nil)
        #expect(ScalabilityFit([]) == nil)
    }
}
