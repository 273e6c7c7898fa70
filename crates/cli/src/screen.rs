//! What the terminal, if there is one, can show.

use std::io::{IsTerminal, stdout};

use crate::args::Colour;

/// Whether to use colours on standard output.
pub(crate) fn colour(when: Colour) -> bool {
    match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
                || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
            stdout().is_terminal() && !plain
        }
    }
}

/// Characters in a line; 100 where there is no terminal to ask.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}
