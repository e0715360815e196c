//! Funds, contributions that were set, and the entries of the book. Money is whole đồng.

use crate::place::Home;
use chrono::{DateTime, NaiveDate, Utc};
use platform::{T, Uuid, choice};
use sea_orm::FromQueryResult;
use std::collections::HashMap;

choice! {
    Kind, "village-entry-kind", { Income = "income", Expense = "expense" }
}

choice! {
    Per, "village-due-per", { Household = "household", Person = "person" }
}

/// A fund of a village.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Fund {
    pub id: Uuid,
    pub village_id: Uuid,
    pub name: String,
    pub purpose: String,
    pub opened_on: NaiveDate,
    pub balance: i64,
}

/// A contribution that was set.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Due {
    pub id: Uuid,
    pub fund_id: Uuid,
    pub title: String,
    pub per: Per,
    pub amount: i64,
    pub due_on: NaiveDate,
    pub why: String,
}

/// A line of the book. Income has a positive amount, expense a negative one; what reverses it has the opposite sign.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Entry {
    pub id: Uuid,
    pub fund_id: Uuid,
    pub due_id: Option<Uuid>,
    pub household_id: Option<Uuid>,
    pub kind: Kind,
    pub code: String,
    pub payer: String,
    pub words: String,
    pub amount: i64,
    pub day: NaiveDate,
    pub approver: String,
    pub below: String,
    pub file_id: Option<Uuid>,
    pub reverses_id: Option<Uuid>,
    pub reversed: bool,
    pub by_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// How one household stands with a contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub household: Uuid,
    pub owed: i64,
    pub paid: i64,
    /// Why it need not pay; `None`: it must.
    pub exempt: Option<String>,
}

impl Standing {
    pub fn left(&self) -> i64 {
        if self.exempt.is_some() { 0 } else { (self.owed - self.paid).max(0) }
    }

    pub fn settled(&self) -> bool {
        self.left() == 0
    }
}

impl Due {
    pub fn of(&self, home: &Home) -> i64 {
        match self.per {
            Per::Household => self.amount,
            Per::Person => self.amount.saturating_mul(home.size),
        }
    }

    pub fn standings(
        &self,
        homes: &[Home],
        paid: &HashMap<Uuid, i64>,
        exempt: &HashMap<Uuid, String>,
    ) -> Vec<Standing> {
        let standing = |home: &Home| Standing {
            household: home.id,
            owed: self.of(home),
            paid: paid.get(&home.id).copied().unwrap_or(0),
            exempt: exempt.get(&home.id).cloned(),
        };
        homes.iter().map(standing).collect()
    }
}

/// `1.250.000 đ`
pub fn money(t: T, dong: i64) -> String {
    format!("{} đ", t.number(dong))
}

/// What came in and went out, by month of a year, and over the whole of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub income: i64,
    pub expense: i64,
    /// By month, 1 to 12: income and expense; months without entries are left out.
    pub months: Vec<(u32, i64, i64)>,
}

impl Sums {
    pub fn of(entries: &[Entry]) -> Sums {
        use chrono::Datelike;
        let mut by = [(0i64, 0i64); 12];
        for one in entries {
            let month = &mut by[one.day.month0() as usize];
            match one.kind {
                Kind::Income => month.0 += one.amount,
                Kind::Expense => month.1 -= one.amount,
            }
        }
        let months = (1..).zip(by).filter(|(_, sums)| *sums != (0, 0)).map(|(n, (i, e))| (n, i, e));
        Sums {
            income: by.iter().map(|(income, _)| income).sum(),
            expense: by.iter().map(|(_, expense)| expense).sum(),
            months: months.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(size: i64) -> Home {
        Home { id: Uuid::from_u128(1), name: "Sùng A Thử".into(), address: String::new(), size }
    }

    fn due(per: Per) -> Due {
        Due {
            id: Uuid::nil(),
            fund_id: Uuid::nil(),
            title: "Làm đường".into(),
            per,
            amount: 50_000,
            due_on: NaiveDate::from_ymd_opt(2026, 6, 1).unwrap(),
            why: String::new(),
        }
    }

    #[test]
    fn a_contribution_is_by_household_or_by_person() {
        assert_eq!(due(Per::Household).of(&home(5)), 50_000);
        assert_eq!(due(Per::Person).of(&home(5)), 250_000);
    }

    #[test]
    fn who_is_exempt_owes_nothing_and_who_paid_more_owes_nothing_either() {
        let id = home(1).id;
        let stand = |paid: i64, exempt: Option<&str>| {
            let paid = HashMap::from([(id, paid)]);
            let exempt = exempt.map(|why| (id, why.to_owned())).into_iter().collect();
            due(Per::Household).standings(&[home(1)], &paid, &exempt).remove(0)
        };
        assert_eq!(stand(20_000, None).left(), 30_000);
        assert!(stand(60_000, None).settled() && !stand(49_999, None).settled());
        assert!(stand(0, Some("Hộ nghèo")).settled());
    }
}
