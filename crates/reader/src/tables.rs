//! What the reader knows: the files of the codebook that it reads, an analyst's own over the built-in ones.

use std::sync::{Arc, LazyLock};

use maydani_core::codebook::Fault;
use maydani_core::furniture::Furniture;

use crate::columns::Names;
use crate::page::parts::{self, Parts};
use crate::section::Sections;

/// Section words, selectors of page parts, names of table columns, words of furniture.
#[derive(Debug, Clone)]
pub struct Tables {
    pub(crate) sections: Sections,
    pub(crate) parts: Parts,
    pub(crate) names: Names,
    pub(crate) furniture: Furniture,
}

impl Tables {
    /// The built-in ones.
    #[must_use]
    pub fn built_in() -> Arc<Self> {
        // The tests of each module make sure that there is no fault.
        static BUILT_IN: LazyLock<Arc<Tables>> = LazyLock::new(|| Arc::new(Tables::checked(&[]).0));
        Arc::clone(&BUILT_IN)
    }

    /// An analyst's own files, `(path, text)`, over the built-in ones, and every fault found; what can
    /// be read is read.
    #[must_use]
    pub fn checked(own: &[(String, String)]) -> (Self, Vec<Fault>) {
        let (furniture, mut faults) = Furniture::checked(own);
        let sections = Sections::read(own, &mut faults);
        let parts = Parts::read(own, &mut faults);
        let names = Names::read(own, &mut faults);
        (Self { sections, parts, names, furniture }, faults)
    }

    /// The names of the files that only the reader reads.
    pub fn file_names() -> impl Iterator<Item = &'static str> {
        [crate::section::NAME, parts::NAME, crate::columns::NAME].into_iter()
    }
}
