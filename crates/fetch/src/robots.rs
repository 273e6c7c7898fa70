//! robots.txt (RFC 9309): what a site's keepers ask programs not to fetch.

use std::time::Duration;

/// The name under which robots.txt may speak to us.
pub(crate) const PRODUCT: &str = "maydani";
/// Bytes of a robots.txt that are read; RFC 9309 asks for 500 KiB at least.
pub(crate) const MOST_BYTES: u64 = 1 << 20;
/// A site that asks for more between two requests is asked at this pace.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// What a robots.txt says to us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Robots {
    rules: Vec<Rule>,
    /// Time between two requests.
    pub(crate) delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allows: bool,
    pattern: String,
}

impl Robots {
    /// The rules for us; without any, those for all.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (mut ours, mut all) = (None, Self::default());
        let (mut for_us, mut for_all, mut in_rules) = (false, false, true);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            let key = key.trim().to_ascii_lowercase();
            if key == "user-agent" {
                if in_rules {
                    (for_us, for_all, in_rules) = (false, false, false);
                }
                // «Maydani/1.0» means us too.
                let product = value.split(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_').next();
                for_us |= product.is_some_and(|product| product.eq_ignore_ascii_case(PRODUCT));
                for_all |= value == "*";
                if for_us {
                    ours.get_or_insert_with(Self::default);
                }
                continue;
            }
            let delay = value.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
            let allows = key == "allow";
            let is_rule = allows || key == "disallow";
            if !is_rule && key != "crawl-delay" {
                continue;
            }
            in_rules = true;
            let groups = [ours.as_mut().filter(|_| for_us), Some(&mut all).filter(|_| for_all)];
            for group in groups.into_iter().flatten() {
                if !is_rule {
                    group.delay = delay.map(|delay| delay.min(LONGEST_DELAY));
                } else if !value.is_empty() {
                    group.rules.push(Rule { allows, pattern: normal(value) });
                }
            }
        }
        ours.unwrap_or(all)
    }

    /// Whether a path (with its query) may be fetched: the longest rule decides, of equally long ones
    /// that which allows.
    pub(crate) fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        let deciding = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        deciding.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// Escapes in one spelling, so that rules and addresses compare: Arabic letters stand in either as they
/// are or as `%D8%B3`.
fn normal(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = bytes.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(|digits| {
            digits.iter().try_fold(0, |value, &digit| Some(value * 16 + (digit as char).to_digit(16)?))
        });
        let (plain, taken) = escaped.map_or((u32::from(byte), 1), |value| (value, 3));
        match char::from_u32(plain) {
            Some(c)
                if c.is_ascii_alphanumeric() || (taken == 1 && c.is_ascii()) || matches!(c, '-' | '.' | '_' | '~') =>
            {
                out.push(c);
            }
            _ => out += &format!("%{plain:02X}"),
        }
        at += taken;
    }
    out
}

/// `*` stands for anything, `$` at the end for the end.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, to_the_end) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if to_the_end && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Robots::parse(text.as_bytes()).allows(path)
    }

    #[test]
    fn the_longest_rule_decides() {
        let text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /p\nDisallow: /p\n";
        assert!(allows(text, "/"));
        assert!(!allows(text, "/a"));
        assert!(!allows(text, "/axle"));
        assert!(allows(text, "/a/b/x"));
        assert!(!allows(text, "/a/b/c/d"));
        assert!(allows(text, "/p"), "of equally long rules the one that allows");
        assert!(allows("", "/anything"));
        assert!(allows("User-agent: *\nDisallow:\n", "/anything"), "an empty rule forbids nothing");
        assert!(!allows("User-agent: *\r\nDisallow: / # all of it\r\n", "/anything"));
    }

    #[test]
    fn our_own_group_counts_before_that_for_all() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: otherbot\nUser-Agent: Maydani/1.0\nDisallow: /private\n\n\
                    Sitemap: https://example.org/s.xml\nUser-agent: maydani\nDisallow: /more\n";
        assert!(allows(text, "/news"));
        assert!(!allows(text, "/private/x"));
        assert!(!allows(text, "/more"), "groups for the same program are one");
        assert!(allows("User-agent: maydanibot\nDisallow: /\n", "/"), "another program's name begins like ours");
        assert!(allows("User-agent: maydani\n\nUser-agent: *\nDisallow:\n", "/x"));
    }

    #[test]
    fn stars_and_ends() {
        let text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*/print/\nDisallow: /*?*utm=\nDisallow: /exact$\n";
        assert!(!allows(text, "/a/b.pdf"));
        assert!(allows(text, "/a/b.pdf?x=1"));
        assert!(!allows(text, "/2026/print/7"));
        assert!(!allows(text, "/x?a=1&utm=2"));
        assert!(!allows(text, "/exact"));
        assert!(allows(text, "/exactly"));
    }

    #[test]
    fn arabic_paths_compare_however_they_are_written() {
        for rule in ["/سوريا/", "/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7/", "/%d8%b3%d9%88%d8%b1%d9%8a%d8%a7/"] {
            let text = format!("User-agent: *\nDisallow: {rule}\n");
            assert!(!allows(&text, "/%D8%B3%D9%88%D8%B1%D9%8A%D8%A7/1"), "{rule}");
            assert!(!allows(&text, "/سوريا/1"), "{rule}");
            assert!(allows(&text, "/%D8%B9/1"), "{rule}");
        }
        assert!(!allows("User-agent: *\nDisallow: /%7Ejoe\n", "/~joe"));
        assert!(allows("User-agent: *\nDisallow: /a/b\n", "/a%2Fb"), "an escaped divider divides nothing");
        assert!(!allows("User-agent: *\nDisallow: /%\n", "/%zz"), "no escape at all");
    }

    #[test]
    fn a_delay_is_bounded() {
        let delay = |text: &str| Robots::parse(text.as_bytes()).delay;
        assert_eq!(delay("User-agent: *\nCrawl-delay: 2.5\n"), Some(Duration::from_millis(2500)));
        assert_eq!(delay("User-agent: *\nCrawl-delay: 86400\n"), Some(LONGEST_DELAY));
        assert_eq!(delay("User-agent: *\nCrawl-delay: -1\n"), None);
        assert_eq!(delay("User-agent: *\nCrawl-delay: inf\n"), None);
    }
}
