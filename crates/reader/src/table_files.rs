//! The codebook's files that the reader reads.

use maydani_core::codebook::own_files;

/// A file of the codebook: the own ones, then the built-in one. What stands first counts.
pub(crate) fn files<'o>(
    own: &'o [(String, String)],
    name: &'static str,
    built_in: &'static str,
) -> impl Iterator<Item = (&'o str, &'o str)> {
    own_files(own, name).chain([(name, built_in)])
}
