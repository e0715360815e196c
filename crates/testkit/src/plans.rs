//! Judges recorded statements by the plan that each engine would use at a million rows.
//!
//! A statement that must read all rows of a commune (figures, exports) says so with the remark `/* all rows */`.

use platform::db::{Engine, Recorded};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use serde_json::Value;

/// Tables that stay small, so a scan of them costs nothing: units and accounts of a commune are a few hundred.
const SMALL: [&str; 14] = [
    "commune",
    "schema_migration",
    "unit",
    "unit_version",
    "unit_fact",
    "number_book",
    "account",
    "account_grant",
    "session",
    "api_token",
    "audit_head",
    "audit_check",
    "sqlite_stat1",
    "u",
];
/// The remark by which a statement owns up to reading everything.
pub const ALL_ROWS: &str = "/* all rows */";

/// What is wrong with the plan of one statement; `None` when nothing.
pub async fn problem(db: &DatabaseConnection, statement: &Recorded) -> Option<String> {
    let text = statement.sql.trim();
    let word = text.split_whitespace().next().unwrap_or_default().to_uppercase();
    if text.contains(ALL_ROWS) || !matches!(word.as_str(), "SELECT" | "WITH" | "UPDATE" | "DELETE" | "INSERT")
    {
        return None;
    }
    if statement.engine == Engine::Sqlite.name() { sqlite(db, text).await } else { postgres(db, text).await }
}

/// Tells SQLite that every index leads to a million rows, a thousand for each leading value.
pub async fn plant_statistics(db: &DatabaseConnection) {
    let run = async |text: String| db.execute_unprepared(&text).await.expect("statistics");
    run("ANALYZE".into()).await;
    let indexes = Statement::from_string(
        sea_orm::DbBackend::Sqlite,
        "SELECT m.name, m.tbl_name, (SELECT COUNT(*) FROM pragma_index_info(m.name)) AS width, \
         (SELECT l.\"unique\" FROM pragma_index_list(m.tbl_name) l WHERE l.name = m.name) AS is_unique \
         FROM sqlite_master m WHERE m.type = 'index'",
    );
    for row in db.query_all_raw(indexes).await.expect("indexes") {
        let (name, table): (String, String) =
            (row.try_get("", "name").expect("name"), row.try_get("", "tbl_name").expect("table"));
        let width: i64 = row.try_get("", "width").expect("width");
        // One commune holds all rows; each further column of an index divides by a hundred.
        let mut steps: Vec<i64> = (0..width).map(|n| (1_000_000 / 100_i64.pow(n as u32)).max(1)).collect();
        let unique: i64 = row.try_get("", "is_unique").expect("unique");
        if let Some(last) = steps.last_mut().filter(|_| unique == 1) {
            *last = 1;
        }
        let steps: Vec<String> = steps.iter().map(i64::to_string).collect();
        run(format!("DELETE FROM sqlite_stat1 WHERE idx = '{name}'")).await;
        run(format!("INSERT INTO sqlite_stat1 VALUES ('{table}', '{name}', '1000000 {}')", steps.join(" ")))
            .await;
    }
    run("ANALYZE sqlite_master".into()).await;
}

async fn sqlite(db: &DatabaseConnection, text: &str) -> Option<String> {
    let explain = Statement::from_string(sea_orm::DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {text}"));
    let rows = match db.query_all_raw(explain).await {
        Ok(rows) => rows,
        Err(error) => return Some(format!("no plan: {error}")),
    };
    let details: Vec<String> = rows.iter().filter_map(|row| row.try_get("", "detail").ok()).collect();
    let sorted = details.iter().any(|d| d.contains("TEMP B-TREE"));
    let bounded = text.contains("LIMIT") && !sorted;
    let made = made_on_the_way(&details);
    details
        .iter()
        .find(|detail| !made.iter().any(|scan| scan == *detail) && reads_all(detail, bounded))
        .map(|detail| format!("{detail} ({})", details.join(" | ")))
}

/// `SCAN s` of what the statement itself has made from other rows, whose own steps stand in the plan too.
fn made_on_the_way(details: &[String]) -> Vec<String> {
    let name = |detail: &String| {
        let made = detail.strip_prefix("CO-ROUTINE ").or_else(|| detail.strip_prefix("MATERIALIZE "))?;
        Some(format!("SCAN {made}"))
    };
    details.iter().filter_map(name).collect()
}

/// `SCAN person` reads the table; `SEARCH person USING INDEX x (commune_id=?)` reads the whole commune.
fn reads_all(detail: &str, bounded: bool) -> bool {
    let mut words = detail.split_whitespace();
    let (verb, table) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let small_index = SMALL.iter().any(|name| detail.contains(&format!("autoindex_{name}_")));
    if SMALL.contains(&table)
        || small_index
        || detail.contains("VIRTUAL TABLE")
        || detail.contains("CONSTANT ROW")
        || detail.contains("VALUES CLAUSE")
    {
        return false;
    }
    match verb {
        "SCAN" => !table.starts_with('(') && !detail.contains("SUBQUERY") && !bounded,
        "SEARCH" => detail.ends_with("(commune_id=?)") && !bounded,
        _ => false,
    }
}

async fn postgres(db: &DatabaseConnection, text: &str) -> Option<String> {
    match postgres_plan(db, text).await {
        Ok(plan) => seq_scan(&plan[0]["Plan"]).map(|table| format!("Seq Scan on {table}")),
        Err(error) => Some(format!("no plan: {error}")),
    }
}

async fn postgres_plan(db: &DatabaseConnection, text: &str) -> Result<Value, sea_orm::DbErr> {
    let count = (1..=200).rev().find(|n| text.contains(&format!("${n}"))).unwrap_or(0);
    let nulls = vec!["NULL"; count].join(", ");
    let call = if count == 0 { "judged".to_owned() } else { format!("judged({nulls})") };
    db.execute_unprepared("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan").await?;
    db.execute_unprepared(&format!("PREPARE judged AS {text}")).await?;
    let explain =
        Statement::from_string(sea_orm::DbBackend::Postgres, format!("EXPLAIN (FORMAT JSON) EXECUTE {call}"));
    let row = db.query_one_raw(explain).await;
    db.execute_unprepared("DEALLOCATE judged").await?;
    row?.ok_or_else(|| sea_orm::DbErr::Custom("no plan".into()))?.try_get_by_index(0)
}

fn seq_scan(plan: &Value) -> Option<String> {
    let table = plan["Relation Name"].as_str().unwrap_or_default();
    if plan["Node Type"] == "Seq Scan" && !SMALL.contains(&table) {
        return Some(table.to_owned());
    }
    plan["Plans"].as_array().into_iter().flatten().find_map(seq_scan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_a_whole_table_or_commune_is_noticed() {
        assert!(reads_all("SCAN person", false));
        assert!(reads_all("SEARCH person USING INDEX person_sort (commune_id=?)", false));
        assert!(!reads_all("SEARCH person USING INDEX person_sort (commune_id=?)", true));
        assert!(!reads_all("SEARCH p USING INDEX person_sort (commune_id=? AND village_id=?)", false));
        assert!(!reads_all("SCAN search_index VIRTUAL TABLE INDEX 0:M1", false));
        let plan = ["CO-ROUTINE s", "SEARCH g USING INDEX place (commune_id=? AND kind=?)", "SCAN s"];
        assert_eq!(made_on_the_way(&plan.map(str::to_owned)), ["SCAN s"]);
    }
}
