//! How a row of weights is written: small.

/// A weight of less, in hundredths, is none.
const LEAST: i32 = 2;
/// Of more classes than these, so small a difference between two decides nothing either.
const FEW: usize = 3;

/// The cells `class=weight` of a row, in hundredths (of two classes the weight of the second alone), measured from the weight that most classes have: what
/// all classes have in common changes no probability, so most of them need not be written.
pub(crate) fn cells(weights: &[f32]) -> Vec<String> {
    let hundredths = weights.iter().map(|weight| (weight * 100.0).round() as i32);
    let rounded: Vec<i32> = hundredths.map(|weight| if weight.abs() < LEAST { 0 } else { weight }).collect();
    let count = |wanted: i32| rounded.iter().filter(|&&weight| weight == wanted).count();
    // Of weights that as many classes have, the first one's.
    let most = rounded.iter().map(|&weight| count(weight)).max().unwrap_or(0);
    let common = rounded.iter().copied().find(|&weight| count(weight) == most).unwrap_or(0);
    let least = if weights.len() > FEW { LEAST } else { 1 };
    let differs = rounded.iter().map(|weight| weight - common).enumerate().filter(|(_, by)| by.abs() >= least);
    let cell = |(class, by)| if weights.len() == 2 { format!("{by}") } else { format!("{class}={by}") };
    differs.map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn what_all_classes_share_is_not_written() {
        assert_eq!(cells(&[-0.04, -0.041, 0.5, -0.05, -0.1]), ["2=54", "4=-6"]);
        assert_eq!(cells(&[-0.2, 0.2]), ["40"]);
        assert_eq!(cells(&[-0.05, 0.02, 0.01]), ["1=7", "2=5"]);
        assert_eq!(cells(&[0.1, 0.1]), [""; 0]);
    }
}
