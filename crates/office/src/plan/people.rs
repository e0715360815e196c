//! Whom a plan's table means: a person by name, whoever holds an office, all village heads at once.

use crate::task::Candidate;
use platform::{Result, Uuid};

/// Everybody who may be charged, as a table may call them.
pub(super) struct People(Vec<Candidate>);

impl People {
    pub async fn load(ctx: &platform::Ctx) -> Result<People> {
        Ok(People(crate::task::candidates(ctx).await?))
    }

    /// One or several people; none when nobody is called so.
    fn meant(&self, text: &str) -> Vec<Uuid> {
        let wanted = vntext::fold(text);
        let heads = ["cac thon", "truong cac thon", "cac truong thon", "truong thon"];
        if heads.contains(&wanted.as_str())
            || (wanted.ends_with(" thon") && wanted.starts_with(|c: char| c.is_ascii_digit()))
        {
            return self.0.iter().filter(|one| one.of_village).map(|one| one.id).collect();
        }
        let exact = |one: &&Candidate| vntext::fold(&one.name) == wanted;
        // A role with its village: "Trưởng thôn, Đông Căm" is written without the comma as well.
        let role = |one: &&Candidate| vntext::fold(&one.role.replace(',', " ")) == wanted;
        let first = self.0.iter().find(exact).or_else(|| self.0.iter().find(role));
        first.map(|one| one.id).into_iter().collect()
    }

    /// The main doer; the first where several are meant.
    pub fn main(&self, text: &str) -> Option<Uuid> {
        self.meant(text).first().copied()
    }

    /// Everybody named, parted by commas or semicolons; the name that means nobody.
    pub fn all(&self, text: &str) -> std::result::Result<Vec<Uuid>, String> {
        let mut ids = Vec::new();
        for name in text.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()) {
            let meant = self.meant(name);
            if meant.is_empty() {
                return Err(name.to_owned());
            }
            ids.extend(meant);
        }
        Ok(ids)
    }

    /// How each may be called, for help on the page.
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(|one| format!("{} ({})", one.name, one.role)).collect()
    }
}
