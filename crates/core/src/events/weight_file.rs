//! A stage's weights as they are kept, `codebook/weights/*.tsv`. Read when the program is built.
//!
//! The first line names the classes; every further line holds a feature's hash and, in hundredths, `class=weight`
//! pairs, or the weight of the second class alone where there are two. Made by `maydani-train` from annotated reports.

use super::weight_table::Cell;

/// Classes, and the weights of each feature.
type Weights = (Vec<String>, Vec<(u64, Vec<Cell>)>);

/// Reads the text of a file.
///
/// # Errors
/// The number of the first line that is not as it should be, and what is wrong with it.
pub(crate) fn read(text: &str) -> Result<Weights, (usize, &'static str)> {
    let mut lines = text.lines().zip(1..);
    let classes: Vec<String> = match lines.next() {
        Some((header, _)) if !header.is_empty() => header.split('\t').map(str::to_owned).collect(),
        _ => return Err((1, "no classes")),
    };
    let mut rows = Vec::new();
    for (line, number) in lines {
        let mut cells = line.split('\t');
        let hash = cells.next().and_then(|hash| u64::from_str_radix(hash, 16).ok()).filter(|hash| hash >> 48 == 0);
        let cell = |cell: &str| {
            let (class, weight) =
                if classes.len() == 2 { ("1", cell) } else { cell.split_once('=').ok_or((number, "no class"))? };
            let class: u8 = class.parse().map_err(|_| (number, "no class"))?;
            let weight: i16 = weight.parse().map_err(|_| (number, "no weight"))?;
            if usize::from(class) >= classes.len() {
                return Err((number, "no such class"));
            }
            Ok((class, f32::from(weight) / 100.0))
        };
        rows.push((hash.ok_or((number, "no hash of 48 bits"))?, cells.map(cell).collect::<Result<_, _>>()?));
    }
    Ok((classes, rows))
}
