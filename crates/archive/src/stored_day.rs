//! Days as the store holds them: a number, also for what has none.

use maydani_linking::day;

/// The day of what has none: sorts last, and lies in no range that is asked for.
pub(crate) const UNKNOWN_DAY: i32 = -1_000_000;

/// A stored day in its ISO form.
pub(crate) fn iso(stored: i64) -> Option<String> {
    i32::try_from(stored).ok().filter(|stored| *stored != UNKNOWN_DAY).map(day::iso)
}
