/// A plot as data: what is drawn, without how.
///
/// SVG and text are made from the same value.
package struct Plot: Equatable, Sendable {
    /// How values become places on an axis.
    package enum Scale: Equatable, Sendable {
        /// In proportion.
        case linear
        /// By their logarithm; values of zero and less have no place.
        case logarithmic
        /// Of shares below 1: by the number of nines, −log₁₀(1 − x), as HdrHistogram's plots have it.
        case logNines
        /// Of ratios: by their logarithm, with 1 in the middle, so that twice and half are as far from it.
        case ratio
    }

    /// An axis.
    package struct Axis: Equatable, Sendable {
        /// What stands beside it, without the unit.
        package var label: String
        /// What its values are.
        package var unit: MetricUnit
        /// How they become places.
        package var scale: Scale
        /// Whether it begins at zero; only of a linear one.
        package var startsAtZero: Bool

        /// Makes the value.
        package init(_ label: String, _ unit: MetricUnit, scale: Scale = .linear, startsAtZero: Bool = false) {
            self.label = label
            self.unit = unit
            self.scale = scale
            self.startsAtZero = startsAtZero
        }
    }

    /// A value at a place, with the extent that it stands for.
    package struct Point: Equatable, Sendable {
        /// The place on the horizontal axis.
        package var x: Double
        /// The value; nil interrupts the line.
        package var y: Double?
        /// The lower end of a band around it.
        package var low: Double?
        /// The upper end of a band around it.
        package var high: Double?

        /// Makes the value.
        package init(x: Double, y: Double?, low: Double? = nil, high: Double? = nil) {
            self.x = x
            self.y = y
            self.low = low
            self.high = high
        }
    }

    /// How a series is drawn.
    package enum Style: Equatable, Sendable {
        /// A line, and a band where points have one.
        case line
        /// A line that keeps its value to the next point.
        case step
        /// A line that is not measured but computed: dashed.
        case computed
        /// Marks without a line.
        case marks
    }

    /// One thing that is drawn.
    package struct Series: Equatable, Sendable {
        /// Its name in the legend.
        package var name: String
        /// How it is drawn.
        package var style: Style
        /// What is drawn, by ascending ``Point/x``.
        package var points: [Point]
        /// Which of the results that are shown together it is of, from 0; nil where there is but one.
        package var side: Int?

        /// Makes the value.
        package init(_ name: String, _ style: Style = .line, side: Int? = nil, _ points: [Point]) {
            self.name = name
            self.style = style
            self.points = points
            self.side = side
        }
    }

    /// A stretch of the horizontal axis that has a name.
    package struct Span: Equatable, Sendable {
        /// What it is.
        package enum Kind: Equatable, Sendable {
            /// A phase whose figures count.
            case phase
            /// A phase whose figures do not count.
            case unreported
            /// A fault of the receiver.
            case fault
        }

        /// Its name.
        package var name: String
        /// Where it begins and ends.
        package var range: ClosedRange<Double>
        /// What it is.
        package var kind: Kind

        /// Makes the value.
        package init(_ name: String, _ range: ClosedRange<Double>, _ kind: Kind) {
            self.name = name
            self.range = range
            self.kind = kind
        }
    }

    /// A short name for links and files: lower-case letters and hyphens.
    package var id: String
    /// The title.
    package var title: String
    /// What it shows, with figures, in a sentence or two: for those who cannot see it, and those who will not look.
    package var summary: String
    /// The horizontal axis.
    package var x: Axis
    /// The vertical axis.
    package var y: Axis
    /// What is drawn.
    package var series: [Series]
    /// What is marked along the horizontal axis.
    package var spans: [Span]

    /// Makes the value.
    package init(
        id: String,
        title: String,
        summary: String,
        x: Axis,
        y: Axis,
        series: [Series],
        spans: [Span] = []
    ) {
        self.id = id
        self.title = title
        self.summary = summary
        self.x = x
        self.y = y
        self.series = series
        self.spans = spans
    }
}
