//! One value out of several claims, by a rule that is stated.

use serde::{Deserialize, Serialize};

/// How a summary value is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The lowest number (ACLED's rule for fatalities).
    Lowest,
    /// The highest number.
    Highest,
    /// What was published last.
    Latest,
    /// What most independent sources say; of equals, the one said first.
    MostIndependent,
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The value, as text.
    pub value: String,
    /// The value, where it is a number.
    pub number: Option<u32>,
    /// Day of publication, if known.
    pub published: Option<i32>,
    /// The group of claims that go back to one source.
    pub source: usize,
}

/// The place in `claims` of the claim whose value the rule takes; `None` where it takes none.
#[must_use]
pub fn choose(rule: Rule, claims: &[Said]) -> Option<usize> {
    let numbers = || claims.iter().enumerate().filter_map(|(i, said)| said.number.map(|number| (number, i)));
    match rule {
        Rule::Lowest => numbers().min().map(|(_, i)| i),
        Rule::Highest => numbers().max_by_key(|(number, i)| (*number, std::cmp::Reverse(*i))).map(|(_, i)| i),
        Rule::Latest => {
            claims.iter().enumerate().max_by_key(|(i, said)| (said.published, std::cmp::Reverse(*i))).map(|(i, _)| i)
        }
        Rule::MostIndependent => {
            let voices = |value: &str| {
                let mut sources: Vec<usize> =
                    claims.iter().filter(|said| said.value == value).map(|said| said.source).collect();
                sources.sort_unstable();
                sources.dedup();
                sources.len()
            };
            claims
                .iter()
                .enumerate()
                .max_by_key(|(i, said)| (voices(&said.value), std::cmp::Reverse(*i)))
                .map(|(i, _)| i)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rule, Said, choose};

    #[test]
    fn each_rule_takes_its_value() {
        let said =
            |value: u32, published, source| Said { value: value.to_string(), number: Some(value), published, source };
        let claims =
            [said(3, Some(10), 0), said(5, Some(11), 1), said(5, Some(11), 2), said(9, Some(12), 2), said(2, None, 0)];
        let taken = |rule| choose(rule, &claims).map(|i| claims[i].value.as_str());
        assert_eq!(taken(Rule::Lowest), Some("2"));
        assert_eq!(taken(Rule::Highest), Some("9"));
        assert_eq!(taken(Rule::Latest), Some("9"));
        assert_eq!(taken(Rule::MostIndependent), Some("5"));
        assert_eq!(choose(Rule::Latest, &[]), None);
    }
}
