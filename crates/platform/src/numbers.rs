//! Number books: consecutive numbers without gap or repeat, because citizens and inspectors read them so.

use crate::{Error, Result, Tx, Uuid, sql};

/// The next number of a book in a period (`"2026"`, or `""` for a book that never starts again). The row stays
/// locked until the transaction ends: a rollback gives the number back, so there is no gap.
pub async fn next(tx: &Tx, commune: Uuid, book: &str, period: &str) -> Result<i64> {
    take(tx, commune, book, period, 1).await
}

/// Takes `count` numbers at once; returns the first.
pub async fn take(tx: &Tx, commune: Uuid, book: &str, period: &str, count: i64) -> Result<i64> {
    let last: Option<i64> =
        sql("INSERT INTO number_book (commune_id, book, period, last_number) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (commune_id, book, period) DO UPDATE SET last_number = number_book.last_number + $4 \
         RETURNING last_number")
        .bind(commune)
        .bind(book)
        .bind(period)
        .bind(count)
        .scalar(tx)
        .await?;
    last.map(|last| last - count + 1).ok_or_else(|| Error::internal("a number book gave no number"))
}
