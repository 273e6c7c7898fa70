//! The page is built by npm into `ui/dist`; without it the program still compiles, and says so when asked.

fn main() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/dist");
    println!("cargo::rerun-if-changed={}", page.display());
    if let Err(error) = std::fs::create_dir_all(&page) {
        println!("cargo::error={}: {error}", page.display());
    }
}
