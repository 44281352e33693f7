import Measurement
import Testing

struct CounterTests {
    @Test func countsItsSteps() {
        let counter = Counter()
        #expect(counter.value == 0)
        counter.add(3)
        counter.add(4)
        #expect(counter.value == 7)
    }
}
