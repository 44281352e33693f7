/// Finds the word that a user probably meant.
package enum Suggestion {
    /// The candidate nearest to `word`, or `nil` when none is near.
    ///
    /// A candidate is near when it differs in case only, or when fewer than four edits, and fewer than half as many
    /// as the longer of the two has characters, turn one into the other. Of equally near candidates the first wins.
    package static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased())
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate != word {
            let other = Array(candidate.lowercased())
            let distance = editDistance(wanted, other)
            guard distance == 0 || (distance < 4 && distance * 2 < max(wanted.count, other.count)) else { continue }
            if distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// The number of insertions, deletions, substitutions and swaps of neighbours between two words.
    ///
    /// This is the "optimal string alignment" distance, in O(n·m) time: words here are short.
    package static func editDistance(_ first: [Character], _ second: [Character]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...second.count)
        for (row, left) in first.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(second.count + 1)
            for (column, right) in second.enumerated() {
                var cost = Swift.min(previous[column + 1], current[column]) + 1
                cost = Swift.min(cost, previous[column] + (left == right ? 0 : 1))
                let isSwap = row > 0 && column > 0 && left == second[column - 1] && first[row - 1] == right
                if isSwap {
                    cost = Swift.min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[second.count]
    }
}
