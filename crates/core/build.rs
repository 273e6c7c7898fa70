//! Turns the learned weights, kept as text, into tables that the program reads where they lie.

#[path = "src/events/weight_file.rs"]
mod weight_file;
#[path = "src/events/weight_table.rs"]
#[allow(dead_code)]
mod weight_table;

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../codebook/weights");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        println!("cargo::rerun-if-changed={}", path.display());
        match weight_file::read(&fs::read_to_string(&path)?) {
            Ok((classes, rows)) => {
                let name = path.with_extension("table");
                fs::write(out.join(name.file_name().unwrap_or_default()), weight_table::table(&classes, rows))?;
            }
            Err((line, what)) => {
                println!("cargo::error={}:{line}: {what}; make the weights anew with maydani-train", path.display());
            }
        }
    }
    Ok(())
}
