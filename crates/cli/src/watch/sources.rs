//! `sources.toml`: what to watch, how often.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use jiff::SignedDuration;
use maydani_fetch::{Url, address};
use serde::Deserialize;
use toml::Spanned;

/// What to watch, and how servers are treated.
#[derive(Debug)]
pub(crate) struct Sources {
    /// How keepers of a server reach who runs this.
    pub(crate) contact: Option<String>,
    /// Between two requests to one host.
    pub(crate) pause: Duration,
    pub(crate) watched: Vec<Source>,
}

/// A feed, sitemap or page to watch.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) address: Url,
    /// Of reports that name none.
    pub(crate) outlet: Option<String>,
    /// Between two polls.
    pub(crate) every: Duration,
    /// Whether the pages that a feed lists are fetched.
    pub(crate) follow: bool,
    /// Pages fetched in one poll, at most.
    pub(crate) pages: u32,
    /// Entries said to be older are passed over.
    pub(crate) since: Option<String>,
    /// Whether its own host may lie in a private network.
    pub(crate) allow_private: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: Option<Spanned<String>>,
    pause: Option<Spanned<String>>,
    every: Option<Spanned<String>>,
    follow: Option<bool>,
    source: Vec<Table>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    address: Spanned<String>,
    outlet: Option<String>,
    every: Option<Spanned<String>>,
    follow: Option<bool>,
    pages: Option<Spanned<u32>>,
    since: Option<Spanned<String>>,
    allow_private: Option<bool>,
}

const PAUSE: Duration = Duration::from_secs(2);
const EVERY: Duration = Duration::from_secs(1800);
const PAGES: u32 = 50;

impl Sources {
    /// Reads the file. Every fault is told, one a line.
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let name = path.display().to_string();
        let bytes =
            fs::read(path).map_err(|error| anyhow::anyhow!("{name}: cannot be opened ({error}); check the path"))?;
        let text = String::from_utf8(bytes)
            .map_err(|error| anyhow::anyhow!("{name}: not UTF-8 ({}); save the file as UTF-8", error.utf8_error()))?;
        Self::parse(&text, &name).map_err(|faults| anyhow::anyhow!(faults.join("\n")))
    }

    fn parse(text: &str, name: &str) -> Result<Self, Vec<String>> {
        let mut faults = Faults { text, name, found: Vec::new() };
        let file: File = toml::from_str(text).map_err(|error| {
            faults
                .tell(&error.span().unwrap_or(0..0), &format!("{}; docs/WATCH.md tells the settings", error.message()));
            std::mem::take(&mut faults.found)
        })?;
        let pause = file.pause.as_ref().map_or(PAUSE, |pause| faults.duration(pause, Duration::ZERO));
        let every = file.every.as_ref().map_or(EVERY, |every| faults.duration(every, Duration::from_secs(1)));
        let contact = file.contact.as_ref().map(|contact| faults.contact(contact));
        let mut seen = BTreeSet::new();
        let sources: Vec<Source> = file
            .source
            .iter()
            .filter_map(|table| {
                let given = faults.address(&table.address)?;
                if !seen.insert(given.clone()) {
                    faults.tell(&table.address.span(), "the address is watched already; remove one of the two");
                }
                Some(Source {
                    address: given,
                    outlet: table.outlet.clone(),
                    every: table.every.as_ref().map_or(every, |every| faults.duration(every, Duration::from_secs(1))),
                    follow: table.follow.or(file.follow).unwrap_or(false),
                    pages: table.pages.as_ref().map_or(PAGES, |pages| faults.pages(pages)),
                    since: table.since.as_ref().and_then(|since| faults.day(since)),
                    allow_private: table.allow_private.unwrap_or(false),
                })
            })
            .collect();
        if sources.is_empty() && faults.found.is_empty() {
            faults.tell(&(0..0), "names no source; add a [[source]] with its address");
        }
        if faults.found.is_empty() { Ok(Self { contact, pause, watched: sources }) } else { Err(faults.found) }
    }
}

/// Faults of a file, each with its place.
struct Faults<'t> {
    text: &'t str,
    name: &'t str,
    found: Vec<String>,
}

impl Faults<'_> {
    fn tell(&mut self, span: &Range<usize>, what: &str) {
        let before = self.text.get(..span.start).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        self.found.push(format!("{}:{line}:{column}: {what}", self.name));
    }

    fn address(&mut self, given: &Spanned<String>) -> Option<Url> {
        match address(given.as_ref()) {
            Ok(url) => Some(url),
            Err(error) => {
                self.tell(&given.span(), &format!("«{}» {}", given.as_ref(), error.fault));
                None
            }
        }
    }

    fn duration(&mut self, given: &Spanned<String>, least: Duration) -> Duration {
        let read = given.as_ref().parse::<SignedDuration>().ok().and_then(|read| Duration::try_from(read).ok());
        read.filter(|read| *read >= least && *read <= Duration::from_secs(366 * 24 * 3600)).unwrap_or_else(|| {
            let what = format!(
                "«{}» is no such time; write it as 30m, 2h or 90s, from {} s to a year",
                given.as_ref(),
                least.as_secs()
            );
            self.tell(&given.span(), &what);
            least
        })
    }

    fn pages(&mut self, given: &Spanned<u32>) -> u32 {
        let pages = *given.as_ref();
        if !(1..=10_000).contains(&pages) {
            self.tell(&given.span(), &format!("{pages} is no number of pages for one poll; write one from 1 to 10000"));
        }
        pages
    }

    fn day(&mut self, given: &Spanned<String>) -> Option<String> {
        let day = crate::shared_args::day(given.as_ref()).ok();
        if day.is_none() {
            self.tell(&given.span(), &format!("«{}» is no day; write it as 2026-11-22", given.as_ref()));
        }
        day
    }

    /// It stands in a header of each request.
    fn contact(&mut self, given: &Spanned<String>) -> String {
        let contact = given.as_ref();
        let is_plain = contact.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')'));
        if !is_plain || !(contact.contains("://") || contact.starts_with("mailto:")) {
            let what = format!("«{contact}» is no contact; write the address of a page, or mailto:you@example.org");
            self.tell(&given.span(), &what);
        }
        contact.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        Sources::parse(text, "sources.toml").expect_err("faults")
    }

    #[test]
    fn the_example_is_understood() {
        let text = include_str!("../../../../examples/sources.toml");
        let read = Sources::parse(text, "sources.toml").expect("no fault");
        assert_eq!(read.contact.as_deref(), Some("https://example.org/who-we-are"));
        assert!(read.watched.len() >= 3);
        assert!(read.watched[0].follow && read.watched[0].every == Duration::from_secs(600));
    }

    #[test]
    fn what_is_not_said_is_assumed() {
        let read = Sources::parse("every = \"2h\"\nfollow = true\n[[source]]\naddress = \"https://a.example/rss\"\n[[source]]\naddress = \"https://b.example/\"\nfollow = false\nevery = \"1h 30m\"\n", "s").expect("no fault");
        assert_eq!(read.pause, PAUSE);
        let [a, b] = &read.watched[..] else { panic!("two sources") };
        assert_eq!((a.every.as_secs(), a.follow, a.pages, a.allow_private), (7200, true, PAGES, false));
        assert_eq!((b.every.as_secs(), b.follow), (5400, false));
    }

    #[test]
    fn each_fault_has_its_place_and_what_to_do() {
        assert_eq!(
            faults(
                "[[source]]\naddress = \"news.example/rss\"\n[[source]]\naddress = \"https://b.example/\"\nevery = \"soon\"\nsince = \"Friday\"\npages = 0\n"
            ),
            [
                "sources.toml:2:11: «news.example/rss» is no address of the web (relative URL without a base); write it as https://host/path",
                "sources.toml:5:9: «soon» is no such time; write it as 30m, 2h or 90s, from 1 s to a year",
                "sources.toml:7:9: 0 is no number of pages for one poll; write one from 1 to 10000",
                "sources.toml:6:9: «Friday» is no day; write it as 2026-11-22",
            ]
        );
        assert_eq!(
            faults("[[source]]\nadress = \"https://a.example/\"\n"),
            [
                "sources.toml:2:1: unknown field `adress`, expected one of `address`, `outlet`, `every`, `follow`, `pages`, `since`, `allow_private`; docs/WATCH.md tells the settings"
            ]
        );
        assert_eq!(
            faults("[[source]]\noutlet = \"x\"\n"),
            ["sources.toml:1:1: missing field `address`; docs/WATCH.md tells the settings"]
        );
        let twice = "[[source]]\naddress = \"https://a.example/x\"\n[[source]]\naddress = \"HTTPS://A.example/x\"\n";
        assert_eq!(faults(twice), ["sources.toml:4:11: the address is watched already; remove one of the two"]);
        assert_eq!(faults("source = []\n"), ["sources.toml:1:1: names no source; add a [[source]] with its address"]);
        assert_eq!(
            faults("contact = \"me\\r\\nX: y\"\npause = \"-1s\"\nsource = []\n").len(),
            2,
            "nothing but one line stands in a header"
        );
        assert!(faults("[[source]\n")[0].starts_with("sources.toml:1:"), "{:?}", faults("[[source]\n"));
    }
}
