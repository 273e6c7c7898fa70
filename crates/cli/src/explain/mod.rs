//! A record beside its report: which passage gave which value, and why.

pub(crate) mod html;
pub(crate) mod passages;
pub(crate) mod text;
