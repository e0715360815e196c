use crate::table::{TableProblem, rows};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The leading digits that telephone numbers of Vietnam can have.
#[derive(Clone, Debug, Default)]
pub struct PhonePlan {
    mobile: BTreeSet<String>,
    short: BTreeSet<String>,
    hotline: BTreeSet<String>,
    old: BTreeMap<String, String>,
}

static BUILT_IN: LazyLock<PhonePlan> = LazyLock::new(|| {
    // The text is part of this crate and a test reads it, so the empty plan is never seen.
    PhonePlan::from_csv(include_str!("../data/phone_prefixes.csv")).unwrap_or_default()
});

impl PhonePlan {
    /// The plan that comes with this crate; its file says that it is not verified.
    pub fn built_in() -> &'static PhonePlan {
        &BUILT_IN
    }

    /// Reads a plan with the columns `kind,prefix,now`; lines that start with `#` are remarks.
    pub fn from_csv(csv: &str) -> Result<PhonePlan, TableProblem> {
        let mut plan = PhonePlan::default();
        for (line, [kind, prefix, now]) in rows(csv, "kind,prefix,now")? {
            if prefix.is_empty() || !crate::all_digits(prefix) || !crate::all_digits(now) {
                return Err(TableProblem { line, what: "a prefix is not made of digits" });
            }
            match kind {
                "mobile" if prefix.len() == 3 => plan.mobile.insert(prefix.to_owned()),
                "short" => plan.short.insert(prefix.to_owned()),
                "hotline" if prefix.len() == 4 => plan.hotline.insert(prefix.to_owned()),
                "old" if prefix.len() == 4 && now.len() == 3 => {
                    plan.old.insert(prefix.to_owned(), now.to_owned()).is_none()
                }
                _ => {
                    return Err(TableProblem { line, what: "unknown kind, or a prefix of the wrong length" });
                }
            };
        }
        Ok(plan)
    }

    pub(crate) fn is_mobile(&self, digits: &str) -> bool {
        digits.get(..3).is_some_and(|prefix| self.mobile.contains(prefix))
    }

    pub(crate) fn is_short(&self, digits: &str) -> bool {
        self.short.contains(digits)
    }

    pub(crate) fn is_hotline(&self, digits: &str) -> bool {
        matches!(digits.len(), 8 | 10) && self.hotline.contains(&digits[..4])
    }

    /// The ten digits that replaced an old mobile number of eleven.
    pub(crate) fn renewed(&self, digits: &str) -> Option<String> {
        if digits.len() != 11 {
            return None;
        }
        self.old.get(&digits[..4]).map(|now| format!("{now}{}", &digits[4..]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_plan_is_whole() {
        let plan = PhonePlan::built_in();
        assert_eq!((plan.mobile.len(), plan.old.len(), plan.short.len()), (36, 21, 5));
        assert!(plan.old.values().all(|now| plan.mobile.contains(now)));
        let distinct: BTreeSet<_> = plan.old.values().collect();
        assert_eq!(distinct.len(), 21);
    }

    #[test]
    fn a_faulty_plan_names_the_line() {
        assert_eq!(PhonePlan::from_csv("kind,prefix,now\nmobile,9,\n").unwrap_err().line, 2);
        assert_eq!(PhonePlan::from_csv("kind,prefix,now\nx,032,\n").unwrap_err().line, 2);
    }
}
