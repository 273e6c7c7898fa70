//! The paragraphs of a page's report.

use dom_query::{Document, NodeId, NodeRef, Selection};
use maydani_core::furniture::ends_sentence;

use super::blocks::{Block, blocks};
use super::parts::{Kind, Parts};

/// A body of fewer characters is a teaser, or the wrong element.
const SHORTEST_BODY: usize = 80;
/// A block of fewer characters is a label and says nothing about where the body stands.
const SHORTEST_BLOCK: usize = 25;

/// The paragraphs, with a blank line between them: those of the element that the codebook knows, else
/// those of the element that holds most text. Furniture within is left for the caller.
pub(super) fn body(document: &Document, host: &str, parts: &Parts) -> String {
    for matcher in parts.selectors(Kind::Cut, host) {
        remove(&document.select_matcher(matcher));
    }
    for matcher in parts.selectors(Kind::Body, host) {
        let found = document.select_matcher(matcher);
        let texts = found.nodes().iter().map(|node| text(&blocks(node)));
        let longest = texts.max_by_key(String::len).unwrap_or_default();
        if longest.chars().count() >= SHORTEST_BODY {
            return longest;
        }
    }
    let Some(body) = document.body() else { return String::new() };
    let all = blocks(&body);
    let main = densest(&all).and_then(|id| document.tree.get(&id)).map(|node| text(&blocks(&node)));
    main.filter(|main| main.chars().count() >= SHORTEST_BODY).unwrap_or_else(|| text(&all))
}

/// All text of a document.
pub(super) fn text_of(document: &Document) -> String {
    document.body().map(|body| text(&blocks(&body))).unwrap_or_default()
}

/// The blocks as text, without those that only link to another report.
fn text(blocks: &[Block]) -> String {
    let kept = blocks.iter().filter(|block| !block.is_link || ends_sentence(&block.text));
    kept.map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// The element whose blocks hold most text outside links. Half of it counts for the element around, so
/// that a body in several parts is found whole.
fn densest(blocks: &[Block]) -> Option<NodeId> {
    let mut scores: Vec<(NodeId, usize)> = Vec::new();
    let mut add = |id: NodeId, score: usize| match scores.iter_mut().find(|(known, _)| *known == id) {
        Some((_, sum)) => *sum += score,
        None => scores.push((id, score)),
    };
    for block in blocks.iter().filter(|block| !block.is_link) {
        let length = block.text.chars().count();
        if length >= SHORTEST_BLOCK {
            add(block.within, length * 2);
            if let Some(around) = block.around {
                add(around, length);
            }
        }
    }
    // The first of equals, whatever the order of a map would be.
    scores.into_iter().rev().max_by_key(|(_, score)| *score).map(|(id, _)| id)
}

/// Removes elements, but not one that holds the page's paragraphs: themes give such classes to the
/// whole page («has-sidebar», «single-comments-open»).
fn remove(found: &Selection) {
    for node in found.nodes() {
        let is_frame = ["html", "body", "main", "article"].iter().any(|name| node.has_name(name));
        if !is_frame && !holds_body(node) {
            node.remove_from_parent();
        }
    }
}

fn holds_body(node: &NodeRef) -> bool {
    let long = |p: &NodeRef| p.has_name("p") && p.text().chars().count() >= SHORTEST_BODY;
    node.has_name("div") && node.descendants_it().filter(long).take(4).count() == 4
}
