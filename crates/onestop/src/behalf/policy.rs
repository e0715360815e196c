//! `data/filing-for`: the law of filing for somebody of the own household.

use platform::{Ctx, Result, choice};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

choice! {
    /// Why somebody may fill in a form for a person.
    Ground, "onestop-behalf",
    {
        Own = "own",
        /// The legal representative of a minor.
        Parent = "parent",
        /// Of age, of the same household, and agreed.
        Agreed = "agreed",
        /// Of the same village, and agreed.
        Team = "team",
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    filer_from: u32,
    in_person: Vec<String>,
    ground: Vec<Rule>,
    #[allow(dead_code, reason = "said to whoever reads the file")]
    #[serde(default)]
    unverified: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    code: Ground,
    #[serde(default)]
    from: u32,
    under: Option<u32>,
    relations: Option<BTreeMap<String, Vec<String>>>,
    consent: bool,
}

/// What of a member of the household is decided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing<'a> {
    pub relation: &'a str,
    pub age: u32,
}

impl Policy {
    pub fn load(ctx: &Ctx) -> Result<Arc<Policy>> {
        Ok(ctx.app.law.in_force("filing-for", ctx.today())?.content)
    }

    /// Nobody files this procedure for another.
    pub fn in_person(&self, procedure: &str) -> bool {
        self.in_person.iter().any(|code| code == procedure)
    }

    /// On what ground one files for the other of the same household, and whether the other has to agree.
    pub fn ground(&self, filer: Standing<'_>, other: Standing<'_>) -> Option<(Ground, bool)> {
        if filer.age < self.filer_from {
            return None;
        }
        let fits = |rule: &&Rule| {
            let related = rule.relations.as_ref().is_none_or(|pairs| {
                pairs.get(filer.relation).is_some_and(|all| all.iter().any(|one| one == other.relation))
            });
            related && other.age >= rule.from && rule.under.is_none_or(|under| other.age < under)
        };
        self.ground.iter().find(fits).map(|rule| (rule.code, rule.consent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(relation: &str, age: u32) -> Standing<'_> {
        Standing { relation, age }
    }

    #[test]
    fn a_parent_files_for_a_minor_and_adults_agree() {
        let text = include_str!("../../../../data/filing-for/2017-01-01.toml");
        let policy: Policy = toml::from_str(text).unwrap();
        let parent = Some((Ground::Parent, false));
        let agreed = Some((Ground::Agreed, true));
        assert_eq!(policy.ground(at("head", 35), at("child", 17)), parent);
        assert_eq!(policy.ground(at("spouse", 35), at("child", 0)), parent);
        assert_eq!(policy.ground(at("head", 45), at("child", 18)), agreed);
        assert_eq!(policy.ground(at("child", 30), at("parent", 70)), agreed);
        assert_eq!(policy.ground(at("spouse", 30), at("head", 30)), agreed);
        // Whose child a grandchild or a brother is, the registry does not say.
        assert_eq!(policy.ground(at("head", 60), at("grandchild", 8)), None);
        assert_eq!(policy.ground(at("child", 20), at("child", 12)), None);
        assert_eq!(policy.ground(at("child", 17), at("parent", 45)), None);
        assert!(policy.in_person("1.000894") && !policy.in_person("1.014027"));
    }
}
