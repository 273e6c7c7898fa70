//! Turns the learned weights, kept as text, into tables that the program reads where they lie.

#[path = "src/events/weight_file.rs"]
mod weight_file;
#[path = "src/events/weight_table.rs"]
mod weight_table;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new("../../codebook/weights");
    println!("cargo::rerun-if-changed={}", folder.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let (Some(stage), Some("tsv")) = (path.file_stem(), path.extension().and_then(|ending| ending.to_str())) else {
            continue;
        };
        let text = fs::read_to_string(&path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        match weight_file::read(&text) {
            Ok((classes, rows)) => {
                fs::write(out.join(stage).with_extension("table"), weight_table::table(&classes, rows))?;
            }
            Err((line, what)) => {
                println!("cargo::error={}:{line}: {what}; make the weights anew with maydani-train", path.display());
            }
        }
    }
    Ok(())
}
