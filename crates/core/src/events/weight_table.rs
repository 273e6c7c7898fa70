//! Weights by feature as bytes: made once (by `build.rs`, or in training) and read where they lie, so that the program
//! has no weights to load when it starts.
//!
//! First a line: the classes, how many slots keys are spread over, how many bytes the slots take. Then the slots: a key,
//! and a value that is, of two classes, the weight of the second, and of more, where the feature's cells begin after the
//! slots. Then the cells: how many, then each class and its weight. Numbers are little-endian.

/// A class and its weight.
pub(crate) type Cell = (u8, f32);

/// Bytes of a slot: the key and the value.
pub(crate) const SLOT: usize = 8 + 4;

/// The bytes of a table: a feature's kept hash (under 2⁴⁸) with its weights, of two classes that of the second alone.
pub(crate) fn table(classes: &[String], mut rows: Vec<(u64, Vec<Cell>)>) -> Vec<u8> {
    rows.sort_unstable_by_key(|(hash, _)| *hash);
    // Half of the slots stay empty: a feature without weights is soon known for one.
    let homes = (rows.len() * 2).max(1);
    let mut slots: Vec<u8> = Vec::with_capacity((homes + 1) * SLOT);
    let mut cells: Vec<u8> = Vec::new();
    for (hash, row) in rows {
        // Homes ascend with the keys, so that a taken one sends its key to the end of what is written.
        slots.resize(slots.len().max(home(hash, homes) * SLOT), 0);
        slots.extend(key(hash).to_le_bytes());
        if classes.len() == 2 {
            slots.extend(row.first().map_or(0.0, |(_, weight)| *weight).to_le_bytes());
        } else {
            slots.extend((cells.len() as u32).to_le_bytes());
            cells.push(row.len() as u8);
            for (class, weight) in row {
                cells.push(class);
                cells.extend(weight.to_le_bytes());
            }
        }
    }
    // The last slot is empty: there ends whoever looks for a key.
    slots.resize(slots.len().max(homes * SLOT) + SLOT, 0);
    let mut bytes = format!("{}\t{homes}\t{}\n", classes.join("\t"), slots.len()).into_bytes();
    bytes.extend(slots);
    bytes.extend(cells);
    bytes
}

/// What stands in a feature's slot; 0 is an empty one.
pub(crate) const fn key(hash: u64) -> u64 {
    hash + 1
}

/// The slot from which a feature is looked for. Hashes are spread evenly over 48 bits.
pub(crate) const fn home(hash: u64, homes: usize) -> usize {
    (((hash >> 16) * homes as u64) >> 32) as usize
}
