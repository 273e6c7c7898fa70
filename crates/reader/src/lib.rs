//! Reads pages, texts, JSON Lines and compressed files into reports.
