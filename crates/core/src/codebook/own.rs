//! An analyst's own files of the codebook, laid over the built-in ones.

/// The files of one name (`days.tsv`), whatever folder they lie in: path and text. Of what two files
/// say of one word the own file's word goes first.
pub fn own_files<'o>(own: &'o [(String, String)], name: &str) -> impl Iterator<Item = (&'o str, &'o str)> {
    let is_it = move |path: &str| path.rsplit(['/', '\\']).next() == Some(name);
    own.iter().filter(move |(path, _)| is_it(path)).map(|(path, text)| (path.as_str(), text.as_str()))
}
