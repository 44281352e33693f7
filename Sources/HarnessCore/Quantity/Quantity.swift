/// Quantities with units, as people write them in profiles and on command lines, and as reports print them.
///
/// Parsing is exact: a decimal number is never rounded through a floating-point value, and a text that does not name
/// a whole number of the base unit is an error.
///
/// | kind | base unit | examples |
/// |---|---|---|
/// | duration | nanosecond | `250ms`, `1.5s`, `1h30m` |
/// | bytes | byte | `512`, `20MB` (10⁶), `64KiB` (2¹⁰) |
/// | rate | events and the time they take | `1000/s`, `2500`, `50k/s`, `600/m`, `100/100ms`, `max` |
/// | count | one | `10000`, `10k`, `1.5M` |
package enum Quantity {}
