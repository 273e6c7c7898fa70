//! The weights of `codebook/linking.tsv`.

use rustc_hash::{FxHashMap, FxHashSet};
use thiserror::Error;

use maydani_core::SubEventType;

/// The weights that the program carries.
pub const BUILT_IN: &str = include_str!("../../../codebook/linking.tsv");

macro_rules! weights {
    ($($name:ident),* $(,)?) => {
        /// Points by which two events are held to be one occurrence; `codebook/linking.tsv` says
        /// what each stands for.
        #[derive(Debug, Clone, PartialEq)]
        #[expect(missing_docs, reason = "the meaning of each stands beside its number in linking.tsv")]
        pub struct Weights {
            $(pub $name: f64,)*
            near: FxHashSet<(SubEventType, SubEventType)>,
        }

        impl Weights {
            const KEYS: &'static [&'static str] = &[$(stringify!($name)),*];

            fn from_parts(points: &FxHashMap<&str, f64>, near: FxHashSet<(SubEventType, SubEventType)>) -> Result<Self, WeightsError> {
                let get = |key: &'static str| points.get(key).copied().ok_or(WeightsError::Missing(key));
                Ok(Self { $($name: get(stringify!($name))?,)* near })
            }
        }
    };
}

weights!(
    link,
    keep,
    stranger,
    same_report,
    place_same,
    place_same_seat,
    place_same_wide,
    place_same_province,
    place_same_country,
    place_name,
    place_namesake,
    place_2km,
    place_5km,
    place_15km,
    place_40km,
    place_far,
    place_inside,
    place_differs,
    place_unknown,
    place_list,
    report_places_same,
    report_places_some,
    report_places_other,
    day_same,
    day_next,
    day_overlap,
    day_2,
    day_3,
    day_far,
    day_published,
    day_published_both,
    day_published_far,
    day_weekday,
    day_weekday_next,
    day_weekday_differs,
    day_news,
    day_news_next,
    day_news_differs,
    day_month_same,
    day_month_next,
    day_month_differs,
    day_unknown,
    type_same,
    type_group,
    type_near,
    type_differs,
    side_same,
    side_allied,
    side_differs,
    side_swapped,
    target_same,
    target_differs,
    toll_equal_one,
    toll_equal,
    toll_equal_high,
    toll_near,
    toll_near_low,
    toll_vague,
    toll_differs,
    text_copy,
    text_own_copy,
    text_like,
    text_some,
    text_other,
    denial,
    recalled,
    aside,
);

/// A fault in the weights file.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum WeightsError {
    /// A line that is no entry.
    #[error("linking.tsv:{line}: {what}; write `key<TAB>points<TAB>meaning` or `near<TAB>type<TAB>type`")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A weight that no line gives.
    #[error("linking.tsv: no line gives `{0}`; add it with its points")]
    Missing(&'static str),
}

impl Weights {
    /// Reads the layout of `codebook/linking.tsv`.
    ///
    /// # Errors
    /// A line that is no entry, or a weight that is missing.
    pub fn parse(tsv: &str) -> Result<Self, WeightsError> {
        let mut points = FxHashMap::default();
        let mut near = FxHashSet::default();
        for (at, text) in tsv.lines().enumerate() {
            if text.trim().is_empty() || text.starts_with('#') {
                continue;
            }
            let fault = |what: String| WeightsError::Line { line: at + 1, what };
            let cells: Vec<&str> = text.split('\t').collect();
            let &[key, value, third] = cells.as_slice() else {
                return Err(fault(format!("{} columns instead of 3", cells.len())));
            };
            if key == "near" {
                let kind = |code: &str| {
                    SubEventType::from_code(code).ok_or_else(|| fault(format!("`{code}` is no sub-event type")))
                };
                let (a, b) = (kind(value)?, kind(third)?);
                near.insert((a.min(b), a.max(b)));
            } else if Self::KEYS.contains(&key) {
                let number: f64 = value.parse().map_err(|_| fault(format!("`{value}` is no number")))?;
                if points.insert(key, number).is_some() {
                    return Err(fault(format!("`{key}` is given twice")));
                }
            } else {
                return Err(fault(format!("`{key}` is no weight")));
            }
        }
        Self::from_parts(&points, near)
    }

    /// The weights that the program carries.
    ///
    /// # Errors
    /// None in a released program: a test reads the same file.
    pub fn built_in() -> Result<Self, WeightsError> {
        Self::parse(BUILT_IN)
    }

    /// Whether reports of one occurrence often mix the two types up.
    #[must_use]
    pub fn near(&self, a: SubEventType, b: SubEventType) -> bool {
        self.near.contains(&(a.min(b), a.max(b)))
    }
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, Weights, WeightsError};

    #[test]
    fn the_built_in_weights_read() {
        let weights = Weights::built_in().unwrap();
        assert!(weights.keep < weights.link);
    }

    #[test]
    fn faults_name_their_line() {
        let twice = format!("{BUILT_IN}link\t3\tagain\n");
        let lines = twice.lines().count();
        assert_eq!(
            Weights::parse(&twice),
            Err(WeightsError::Line { line: lines, what: "`link` is given twice".into() })
        );
        assert_eq!(Weights::parse("link\t4\tx\n"), Err(WeightsError::Missing("keep")));
        assert_eq!(
            Weights::parse("near\tbombs\tattack").unwrap_err().to_string().lines().next(),
            Some(
                "linking.tsv:1: `bombs` is no sub-event type; write `key<TAB>points<TAB>meaning` or `near<TAB>type<TAB>type`"
            )
        );
    }
}
