//! Scores coded reports against annotated ones.
//!
//! The figures and their rules are those of the project's reference scorer (`score.py`), to the
//! decimal; see [`Figures`]. Events marked as background are not asked for; finding one is neither
//! rewarded nor punished.

mod names;
mod pairs;
mod read;
mod score;
pub mod specs;

pub use read::{EvaluateError, Row, rows};
pub use score::{Figures, KindCounts, score};
