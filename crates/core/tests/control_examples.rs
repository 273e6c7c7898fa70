//! The examples that stand beside the shapes of `control.tsv`: the marked names must be read as place and
//! holder by that shape, and a text after `!` must give no statement at all.

use std::collections::BTreeSet;

use maydani_core::codebook::Table;
use maydani_core::record::ControlStatement;
use maydani_core::{Codebook, Coder, Gazetteer, Report};

const TABLE: &str = include_str!("../../../codebook/control.tsv");

fn coder() -> Coder {
    Coder::new(Codebook::built_in().unwrap(), Gazetteer::built_in().unwrap()).unwrap()
}

fn statements(coder: &Coder, text: &str) -> Vec<ControlStatement> {
    // A headline of its own, so that the example is a sentence of the body.
    let text = format!("أخبار الأحد\n\n{text}");
    coder.explain(&Report { text, published: Some("2019-03-04".to_owned()), ..Report::default() }).control
}

/// The example without its marks, and what they marked.
fn unmark(example: &str) -> (String, BTreeSet<String>) {
    let marked = example.split('«').skip(1).filter_map(|part| part.split_once('»')).map(|(name, _)| name.to_owned());
    (example.replace(['«', '»', '!'], ""), marked.collect())
}

#[test]
fn every_example_holds() {
    let coder = coder();
    let mut faults = Vec::new();
    let (mut held, mut shapes) = (0, 0);
    for row in Table::read("control.tsv", 0, TABLE, &["examples"], &mut Vec::new()).rows() {
        let place = format!("control.tsv:{}", row.at().line);
        let is_shape = matches!(row.cell("kind"), "attribute" | "clause" | "verb");
        shapes += usize::from(is_shape);
        let examples: Vec<&str> =
            row.cell("examples").split('|').map(str::trim).filter(|one| !one.is_empty()).collect();
        if is_shape && examples.iter().all(|one| one.starts_with('!')) {
            faults.push(format!("{place}: no example"));
        }
        for example in examples {
            let (text, names) = unmark(example);
            let all = statements(&coder, &text);
            let by_shape: Vec<_> = all.iter().filter(|one| one.why.iter().any(|why| why.entry == place)).collect();
            let found: BTreeSet<String> = by_shape
                .iter()
                .flat_map(|one| {
                    let holders = one.holder.iter().map(|actor| actor.passage.text.clone());
                    holders.chain([one.place.passage.text.clone()])
                })
                .collect();
            let right = if example.starts_with('!') { all.is_empty() } else { !names.is_empty() && found == names };
            if right {
                held += 1;
            } else {
                let other: Vec<_> = all.iter().flat_map(|one| &one.why).map(|why| &why.entry).collect();
                faults.push(format!("{place}: {example}\n    found {found:?}, of all shapes {other:?}"));
            }
        }
    }
    assert!(held >= shapes, "{held} examples of {shapes} shapes");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
