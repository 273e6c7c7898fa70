//! Words of texts and queries as the full-text index knows them, the article and clitics forgiven.

use maydani_text::{Text, WordKind, clitics, normalise};

use crate::store::Dialect;

/// Reports whose text matches parameter `at`.
pub(crate) fn text_matches(dialect: Dialect, at: usize) -> String {
    match dialect {
        Dialect::Sqlite => {
            format!("SELECT rowid AS report FROM report_text WHERE report_text MATCH ?{at}")
        }
        Dialect::Postgres => {
            format!("SELECT report FROM report_text WHERE words @@ to_tsquery('simple', ?{at}::text)")
        }
    }
}

/// The words of a text for the index: each normalised, without conjunction and article where these are
/// sure; and beside them what a word may be once its clitics are peeled.
pub(crate) fn index_words(text: &str) -> (String, String) {
    let text = Text::new(text);
    let (mut words, mut others) = (String::new(), String::new());
    let mut buffer = String::new();
    for i in 0..text.words().len() {
        let norm = text.norm(i);
        let bare = without_article(norm);
        words.push_str(bare);
        words.push(' ');
        if text.words()[i].kind == WordKind::Arabic {
            clitics::readings(norm, &mut buffer, |_, reading| {
                let reading = without_article(reading);
                if reading != bare && reading.chars().count() > 1 {
                    others.push_str(reading);
                    others.push(' ');
                }
            });
        }
    }
    (words, others)
}

/// A word as the index holds it: without the article and what is written on it.
pub(crate) fn without_article(word: &str) -> &str {
    for prefix in ["وال", "فال", "بال", "كال", "ال"] {
        if let Some(rest) = word.strip_prefix(prefix)
            && rest.chars().count() > 2
        {
            return rest;
        }
    }
    word
}

/// Under which words a query's word is looked up.
pub(crate) fn term_readings(word: &str) -> Vec<String> {
    let norm = normalise(word);
    let mut found = vec![without_article(&norm).to_owned()];
    if let Some(rest) = norm.strip_prefix("لل").filter(|rest| rest.chars().count() > 2) {
        found.push(rest.to_owned());
    }
    found.dedup();
    found
}

/// All words of a query as they are looked up.
pub(crate) fn stems(query: &str) -> Vec<String> {
    let text = Text::new(query);
    (0..text.words().len()).flat_map(|i| term_readings(text.norm(i))).collect()
}

/// A query in the language of the index; `None` where it holds no word.
pub(crate) fn match_expression(query: &str, dialect: Dialect) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for (at, piece) in query.split(['"', '«', '»', '“', '”']).enumerate() {
        let text = Text::new(piece);
        let words: Vec<&str> = (0..text.words().len()).map(|i| text.norm(i)).collect();
        if words.is_empty() {
            continue;
        }
        if at % 2 == 1 {
            let bare: Vec<&str> = words.iter().map(|word| without_article(word)).collect();
            parts.push(match dialect {
                Dialect::Sqlite => format!("words : \"{}\"", bare.join(" ")),
                Dialect::Postgres => {
                    format!("({})", bare.iter().map(|word| format!("'{word}':A")).collect::<Vec<_>>().join(" <-> "))
                }
            });
        } else {
            for word in words {
                let any = term_readings(word);
                parts.push(match dialect {
                    Dialect::Sqlite => {
                        format!("({})", any.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" OR "))
                    }
                    Dialect::Postgres => {
                        format!("({})", any.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" | "))
                    }
                });
            }
        }
    }
    let and = match dialect {
        Dialect::Sqlite => " AND ",
        Dialect::Postgres => " & ",
    };
    (!parts.is_empty()).then(|| parts.join(and))
}

#[cfg(test)]
mod tests {
    use super::{Dialect, index_words, match_expression};

    #[test]
    fn article_and_clitics_are_forgiven() {
        let (words, others) = index_words("والبلدة وبدمشق للجيش");
        assert_eq!(words, "بلده وبدمشق للجيش ");
        assert_eq!(others.split_whitespace().collect::<Vec<_>>(), ["بدمشق", "دمشق", "جيش", "لجيش"]);
    }

    #[test]
    fn queries_of_both_stores() {
        assert_eq!(match_expression("قصف البلدة", Dialect::Sqlite).as_deref(), Some("(\"قصف\") AND (\"بلده\")"));
        assert_eq!(match_expression("«معرة النعمان»", Dialect::Sqlite).as_deref(), Some("words : \"معره نعمان\""));
        assert_eq!(
            match_expression("«معرة النعمان» قصف", Dialect::Postgres).as_deref(),
            Some("('معره':A <-> 'نعمان':A) & ('قصف')")
        );
        assert_eq!(match_expression("!?*", Dialect::Sqlite), None);
        assert_eq!(match_expression("a' OR 1", Dialect::Postgres).as_deref(), Some("('a') & ('or') & ('1')"));
    }
}
