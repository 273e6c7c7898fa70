//! The text of a page, block by block, as a reader sees it.

use dom_query::{NodeId, NodeRef};

/// A paragraph, heading, list item or table cell.
#[derive(Debug)]
pub(super) struct Block {
    /// Its text, blanks folded as a browser does; a line break stands for one `<br>`.
    pub(super) text: String,
    /// All of it is a link.
    pub(super) is_link: bool,
    /// The element that holds this block beside others.
    pub(super) within: NodeId,
    /// The element around that one.
    pub(super) around: Option<NodeId>,
}

/// The blocks below a node, in order. Walks without recursion, since a page may nest deeply.
pub(super) fn blocks(root: &NodeRef) -> Vec<Block> {
    let mut open = Open::below(root.id);
    let mut node = root.first_child();
    while let Some(here) = node {
        open.enter(&here);
        node = if is_unseen(&here) { None } else { here.first_child() };
        if node.is_some() {
            continue;
        }
        let mut at = Some(here);
        while let Some(left) = at {
            open.leave(&left);
            node = left.next_sibling();
            if node.is_some() {
                break;
            }
            at = left.parent().filter(|parent| parent.id != root.id);
        }
    }
    open.close();
    open.done
}

struct Open {
    root: NodeId,
    done: Vec<Block>,
    text: String,
    /// Links around the place that is read, and the characters read in and outside of links.
    links: usize,
    linked: usize,
    plain: usize,
    /// Where the block's first text stands.
    first: Option<(NodeId, Option<NodeId>)>,
}

impl Open {
    fn below(root: NodeId) -> Self {
        Self { root, done: Vec::new(), text: String::new(), links: 0, linked: 0, plain: 0, first: None }
    }

    fn enter(&mut self, node: &NodeRef) {
        if node.is_text() {
            self.push(node);
        } else if node.has_name("br") {
            self.text.truncate(self.text.trim_end_matches(' ').len());
            self.text.push('\n');
        } else if is_block(node) {
            self.close();
        }
        self.links += usize::from(node.has_name("a"));
    }

    fn leave(&mut self, node: &NodeRef) {
        self.links -= usize::from(node.has_name("a"));
        if is_block(node) {
            self.close();
        }
    }

    fn push(&mut self, node: &NodeRef) {
        let text = node.text();
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        *(if self.links > 0 { &mut self.linked } else { &mut self.plain }) += count;
        if self.first.is_none() && count > 0 {
            self.first = Some(self.holders(node));
        }
        // A no-break space is a character of the text, other blanks are the page's layout.
        for (number, word) in text.split(|c: char| c.is_whitespace() && c != '\u{a0}').enumerate() {
            if number > 0 && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Ends the block. Two line breaks end a paragraph as an element does.
    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        let is_link = self.plain == 0 && self.linked > 0;
        if let Some((within, around)) = self.first.take() {
            for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
                self.done.push(Block { text: part.to_owned(), is_link, within, around });
            }
        }
        (self.linked, self.plain) = (0, 0);
    }

    /// The element that holds the text's block beside others, and the one around it.
    fn holders(&self, text: &NodeRef) -> (NodeId, Option<NodeId>) {
        let mut at = text.parent();
        while let Some(element) = at.filter(|element| element.id != self.root && is_piece(element)) {
            at = element.parent();
        }
        let within = at.map_or(self.root, |element| element.id);
        let around = at.filter(|element| element.id != self.root).and_then(|element| element.parent());
        (within, around.map(|element| element.id))
    }
}

/// A paragraph or smaller: an element that holds no blocks. A table cell may hold a whole page.
fn is_piece(element: &NodeRef) -> bool {
    const PIECES: [&str; 12] = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "pre"];
    let is_named = PIECES.iter().any(|name| element.has_name(name));
    let holds_no_block = || element.children_it(false).all(|child| !is_block(&child));
    is_named || !is_block(element) || (!element.has_name("td") && holds_no_block())
}

fn is_block(node: &NodeRef) -> bool {
    const INLINE: [&str; 27] = [
        "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
        "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr", "time",
    ];
    node.is_element() && !INLINE.iter().any(|name| node.has_name(name))
}

fn is_unseen(node: &NodeRef) -> bool {
    const UNSEEN: [&str; 14] = [
        "script", "style", "noscript", "template", "iframe", "svg", "select", "button", "textarea", "object", "video",
        "audio", "head", "math",
    ];
    UNSEEN.iter().any(|name| node.has_name(name))
}
