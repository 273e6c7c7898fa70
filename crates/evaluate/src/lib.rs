//! Scores coded reports against annotated ones.
