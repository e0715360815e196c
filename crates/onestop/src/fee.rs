//! What a dossier costs, by the answers: copies that are wanted, sums of the law or of the province.

use crate::form::model::Answers;
use crate::form::view::money;
use crate::procedure::model::{Per, Procedure};
use platform::Ctx;
use serde_json::Value;

/// A fee of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub key: String,
    pub count: i64,
    /// Đồng in all; `None` where the province sets it and nobody filled it in.
    pub sum: Option<i64>,
}

/// The fees of these answers. A fee for each copy is counted by the field of its own key (`copies`).
pub fn due(procedure: &Procedure, answers: &Answers) -> Vec<Due> {
    let count = |key: &str, per: Per| match (per, answers.get(key)) {
        (Per::Case, _) => 1,
        (_, Some(Value::Number(number))) => number.as_i64().unwrap_or(0),
        _ => 0,
    };
    let fees = procedure.fees.iter().filter(|fee| !fee.optional).map(|fee| {
        let count = count(&fee.key, fee.per);
        Due { key: fee.key.clone(), count, sum: fee.vnd.map(|vnd| vnd.saturating_mul(count)) }
    });
    fees.filter(|due| due.count > 0 && due.sum != Some(0)).collect()
}

/// The same in words: name and sum.
pub(crate) fn lines(ctx: &Ctx, procedure: &Procedure, answers: &Answers) -> Vec<(String, String)> {
    let t = ctx.t();
    let line = |due: Due| {
        let fee = procedure.fees.iter().find(|fee| fee.key == due.key);
        let name = fee.map_or("", |fee| fee.name.of(ctx.lang));
        let name = if due.count > 1 { format!("{name} × {}", due.count) } else { name.to_owned() };
        (name, due.sum.map_or_else(|| t.t("onestop-set-by-province"), |sum| money(t, sum)))
    };
    due(procedure, answers).into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_paid_by_their_number() {
        let text = include_str!("../../../data/procedures/1.000656/2026-01-01.toml");
        let death = crate::procedure::file::parse(text).unwrap();
        let mut answers = Answers::new();
        assert_eq!(due(&death, &answers), [], "a registration in time is free, and no copy was asked for");
        answers.insert("copies".into(), 3.into());
        let due = due(&death, &answers);
        let copies = due.iter().find(|due| due.key == "copies").unwrap();
        assert_eq!((copies.count, copies.sum), (3, Some(24_000)));
    }
}
