//! A household as it was on a past day.

use crate::person::{Precision, Residence, Sex};
use chrono::NaiveDate;
use platform::{Ctx, Result, Uuid, sql};
use sea_orm::FromQueryResult;

/// Somebody who was counted in a household on a day, as they were recorded for that day.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct MemberThen {
    pub id: Uuid,
    pub code: String,
    pub full_name: String,
    pub sex: Sex,
    pub birth_date: NaiveDate,
    pub birth_precision: Precision,
    pub personal_no: Option<String>,
    pub relation: String,
    pub residence: Residence,
}

/// Who was counted in a household of the scope on a day: the head first, then by age.
pub async fn members_on(ctx: &Ctx, household: Uuid, day: NaiveDate) -> Result<Vec<MemberThen>> {
    super::get(ctx, household).await?;
    sql("SELECT m.id, p.code, v.full_name, v.sex, v.birth_date, v.birth_precision, v.personal_no, m.relation, m.residence \
         FROM membership_version m \
         JOIN person p ON p.commune_id = m.commune_id AND p.id = m.id \
         JOIN person_version v ON v.commune_id = m.commune_id AND v.id = m.id AND v.valid_from <= $3 AND v.valid_to >= $3 \
         WHERE m.commune_id = $1 AND m.household_id = $2 AND m.valid_from <= $3 AND m.valid_to >= $3 \
         ORDER BY CASE WHEN m.relation = 'head' THEN 0 ELSE 1 END, v.birth_date, m.id")
        .bind(ctx.commune)
        .bind(household)
        .bind(day)
        .all(&ctx.app.db)
        .await
}
