use crate::support::{commune, start};
use audit::{Entry, Filter, Verified, list, record, verify, verify_all};
use platform::db::Value;
use platform::{Ctx, Uuid, sql};
use serde_json::json;

async fn write(ctx: &Ctx, action: &'static str, n: i64) {
    let tx = ctx.begin().await.unwrap();
    let detail = json!({ "n": n, "fields": ["name", "birth"] });
    record(ctx, &tx, Entry { action, kind: "household", id: Uuid::from_u128(7), detail }).await.unwrap();
    tx.commit().await.unwrap();
}

async fn set(ctx: &Ctx, seq: i64, column: &str, value: Value) {
    let tx = ctx.begin().await.unwrap();
    let text = format!("UPDATE audit_entry SET {column} = $3 WHERE commune_id = $1 AND seq = $2");
    assert_eq!(sql(text).bind(ctx.commune).bind(seq).bind(value).run(&tx).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_whole_chain_holds() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    assert_eq!(verify(&ctx).await.unwrap(), Verified { entries: 0, broken_at: None });
    for n in 0..3 {
        write(&ctx, "household.update", n).await;
    }
    let other = commune(&test, "Xuân Giao").await;
    write(&other, "household.insert", 0).await;
    assert_eq!(verify(&ctx).await.unwrap(), Verified { entries: 3, broken_at: None });
    let all = verify_all(&test.app).await.unwrap();
    let counts: Vec<i64> = all.iter().map(|(_, _, found)| found.entries).collect();
    assert_eq!(counts, [3, 1]);
    assert_eq!(audit::last_check(&other).await.unwrap().unwrap().entries, 1);
    test.end().await;
}

/// Every byte of every text column of every row, then the other columns.
#[tokio::test]
async fn a_change_of_any_byte_is_found() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    for n in 0..3 {
        write(&ctx, "household.update", n).await;
    }
    for seq in 1..=3 {
        for column in ["action", "kind", "detail", "prev_hash", "hash"] {
            let text = format!("SELECT {column} FROM audit_entry WHERE commune_id = $1 AND seq = $2");
            let old: String =
                sql(text).bind(ctx.commune).bind(seq).scalar(&ctx.app.db).await.unwrap().unwrap();
            for at in 0..old.len() {
                let mut bytes = old.clone().into_bytes();
                bytes[at] = if bytes[at] == b'a' { b'b' } else { b'a' };
                set(&ctx, seq, column, String::from_utf8(bytes).unwrap().into()).await;
                assert_eq!(verify(&ctx).await.unwrap().broken_at, Some(seq), "{column} of {seq}, byte {at}");
                if at > 3 && column.ends_with("hash") {
                    break; // a hash is compared whole
                }
                set(&ctx, seq, column, old.clone().into()).await;
            }
            set(&ctx, seq, column, old.into()).await;
        }
        let others: [(&str, Value); 3] = [
            ("at", (ctx.now + chrono::Duration::microseconds(1)).into()),
            ("account_id", Uuid::from_u128(1).into()),
            ("object_id", Uuid::from_u128(8).into()),
        ];
        for (column, wrong) in others {
            set(&ctx, seq, column, wrong).await;
            assert_eq!(verify(&ctx).await.unwrap().broken_at, Some(seq), "{column} of {seq}");
            let right: Value = match column {
                "at" => ctx.now.into(),
                "account_id" => None::<Uuid>.into(),
                _ => Uuid::from_u128(7).into(),
            };
            set(&ctx, seq, column, right).await;
        }
    }
    assert_eq!(verify(&ctx).await.unwrap(), Verified { entries: 3, broken_at: None });
    test.end().await;
}

#[tokio::test]
async fn a_row_taken_out_is_found() {
    for (gone, found) in [(1, 1), (2, 2), (3, 3)] {
        let test = start().await;
        let ctx = commune(&test, "Gia Phú").await;
        for n in 0..3 {
            write(&ctx, "household.update", n).await;
        }
        let tx = ctx.begin().await.unwrap();
        let delete =
            sql("DELETE FROM audit_entry WHERE commune_id = $1 AND seq = $2").bind(ctx.commune).bind(gone);
        delete.run(&tx).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(verify(&ctx).await.unwrap().broken_at, Some(found));
        test.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_side_by_side_keep_one_chain() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    let mut tasks = tokio::task::JoinSet::new();
    for writer in 0..4 {
        let ctx = ctx.clone();
        tasks.spawn(async move {
            for n in 0..15 {
                write(&ctx, "household.update", writer * 100 + n).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    assert_eq!(verify(&ctx).await.unwrap(), Verified { entries: 60, broken_at: None });
    test.end().await;
}

#[tokio::test]
async fn a_transaction_given_up_leaves_no_gap() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    write(&ctx, "household.insert", 1).await;
    let tx = ctx.begin().await.unwrap();
    let entry = Entry { action: "household.update", kind: "household", id: Uuid::nil(), detail: json!({}) };
    record(&ctx, &tx, entry).await.unwrap();
    tx.rollback().await.unwrap();
    write(&ctx, "household.update", 2).await;
    assert_eq!(verify(&ctx).await.unwrap(), Verified { entries: 2, broken_at: None });
    test.end().await;
}

#[tokio::test]
async fn the_list_narrows_and_pages() {
    let test = start().await;
    let ctx = commune(&test, "Gia Phú").await;
    for n in 0..5 {
        write(&ctx, if n % 2 == 0 { "household.update" } else { "household.insert" }, n).await;
    }
    let numbers = async |filter: Filter, limit| -> Vec<i64> {
        list(&ctx, &filter, limit).await.unwrap().iter().map(|entry| entry.seq).collect()
    };
    assert_eq!(numbers(Filter::default(), 2).await, [5, 4]);
    assert_eq!(numbers(Filter { before: Some(4), ..Filter::default() }, 2).await, [3, 2]);
    let updates = Filter { action: Some("household.update".into()), ..Filter::default() };
    assert_eq!(numbers(updates, 10).await, [5, 3, 1]);
    let today = Some(ctx.today());
    assert_eq!(numbers(Filter { from: today, to: today, ..Filter::default() }, 10).await.len(), 5);
    assert_eq!(numbers(Filter { to: ctx.today().pred_opt(), ..Filter::default() }, 10).await.len(), 0);
    assert_eq!(numbers(Filter { account_id: Some(Uuid::nil()), ..Filter::default() }, 10).await.len(), 0);
    test.end().await;
}
