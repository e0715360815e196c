//! The villages by id and by name, read once for a rule or an import.

use platform::{Ctx, Error, Result, Uuid};
use std::collections::HashMap;
use units::Unit;

pub struct Villages {
    by_id: HashMap<Uuid, Unit>,
    by_name: HashMap<String, Uuid>,
}

impl Villages {
    /// The villages of today.
    pub async fn load(ctx: &Ctx) -> Result<Villages> {
        Ok(Villages::of(units::village_list(ctx, ctx.today()).await?))
    }

    /// These villages, for whoever has read them already.
    pub fn of(list: Vec<Unit>) -> Villages {
        let mut by_name = HashMap::new();
        for unit in &list {
            by_name.insert(short_name(&unit.name), unit.id);
        }
        Villages { by_id: list.into_iter().map(|unit| (unit.id, unit)).collect(), by_name }
    }

    /// # Errors
    /// At the field `thon` when it is no village of today.
    pub fn find(&self, id: Uuid) -> Result<&Unit> {
        self.by_id.get(&id).ok_or_else(|| Error::field("thon", "registry-village-unknown"))
    }

    /// The village that a text means: "Thôn Đông Căm", "đông căm", "Thôn 6", "06".
    pub fn by_name(&self, text: &str) -> Option<&Unit> {
        self.by_name.get(&short_name(text)).and_then(|id| self.by_id.get(id))
    }

    pub fn all(&self) -> impl Iterator<Item = &Unit> {
        self.by_id.values()
    }
}

/// Without the level, marks and leading zeros.
fn short_name(name: &str) -> String {
    let folded = vntext::fold(name);
    let short =
        ["thon ", "ban ", "xom ", "ap ", "to dan pho "].iter().find_map(|level| folded.strip_prefix(level));
    let words = short.unwrap_or(&folded).split(' ').map(|word| match word.trim_start_matches('0') {
        "" => word,
        bare => bare,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn names_are_compared_without_level_and_zeros() {
        assert_eq!(short_name("Thôn Đông Căm"), short_name("ĐÔNG CĂM"));
        assert_eq!(short_name("Thôn 06"), short_name("6"));
        assert_ne!(short_name("Thôn 06"), short_name("Thôn 16"));
    }
}
