//! The secrecy of a ballot, looked for where it could leak: tables, order, the record, the idempotency keys, files.

use crate::world::World;
use platform::db::Engine;
use platform::{Ctx, sql};
use std::path::{Path, PathBuf};

impl World {
    fn ctx(&self) -> Ctx {
        self.app.ctx(&self.cast.home)
    }

    async fn texts(&self, query: &str) -> Vec<String> {
        sql(format!("{query} /* all rows */")).bind(self.cast.home.id).column(&self.app.app.db).await.unwrap()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn holds(bytes: &[u8], what: &str) -> bool {
    bytes.windows(what.len()).any(|window| window == what.as_bytes())
}

#[tokio::test]
async fn while_it_runs_nothing_that_is_kept_holds_a_code_or_a_choice() {
    let world = World::start().await;
    let (_, round) = world.round(0).await;
    let (answer, code) = world.vote(&world.who("head-0").await, &round, &["1", "3"]).await;
    answer.ok();
    let (other, second) = world.vote(&world.who("head-1").await, &round, &["2"]).await;
    // Two answers of different choices differ in the code alone.
    let main = |page: &str, code: &str| page.split("<main").nth(1).unwrap().replace(code, "");
    assert_eq!(main(&answer.text(), &code), main(&other.ok().text(), &second));
    // Not a file of the installation, the database with its log of changes among them.
    let all = files(world.app.data());
    assert!(all.iter().any(|file| file.extension().is_some_and(|end| end == "key")), "{all:?}");
    for file in all {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!holds(&bytes, &code) && !holds(&bytes, &second), "{} knows a code", file.display());
    }
    // The box is one row, and as long whatever was chosen.
    let sealed = world.texts("SELECT sealed FROM ask_box WHERE commune_id = $1").await;
    assert_eq!(sealed.len(), 1);
    let (_, again) = world.round(0).await;
    world.vote(&world.who("head-2").await, &again, &["3"]).await.0.ok();
    world.vote(&world.who("head-3").await, &again, &["1", "2"]).await.0.ok();
    let lengths: Vec<usize> = world
        .texts("SELECT sealed FROM ask_box WHERE commune_id = $1")
        .await
        .iter()
        .map(String::len)
        .collect();
    assert_eq!(lengths, [sealed[0].len(); 2]);
    // No table of ballots yet, and what the keys and the record hold is the same for everybody.
    assert!(world.texts("SELECT code FROM ask_ballot WHERE commune_id = $1").await.is_empty());
    let outcomes = "SELECT DISTINCT outcome FROM idempotency WHERE commune_id = $1 AND action = 'ask.vote'";
    let mut paths = vec![round.clone(), again.clone()];
    paths.sort();
    let mut led = world.texts(outcomes).await;
    led.sort();
    assert_eq!(led, paths);
    let details = "SELECT DISTINCT detail FROM audit_entry WHERE commune_id = $1 AND action = 'ask.vote'";
    assert_eq!(world.texts(details).await, ["{}"]);
    let ways = "SELECT way FROM ask_roll WHERE commune_id = $1 AND way <> 'not'";
    assert_eq!(world.texts(ways).await, ["online"; 4]);
    world.app.end().await;
}

#[tokio::test]
async fn after_the_count_neither_order_nor_version_leads_from_a_ballot_to_a_household() {
    let world = World::start().await;
    let (_, round) = world.round(0).await;
    let mut cast = Vec::new();
    for n in [2, 0, 3, 1] {
        let (answer, code) = world.vote(&world.who(&format!("head-{n}")).await, &round, &["1"]).await;
        answer.ok();
        cast.push(code);
    }
    world.later(8).await;
    let mut sorted = cast.clone();
    sorted.sort();
    let db = &world.app.app.db;
    match db.engine() {
        Engine::Sqlite => {
            // The place in the table is that of the code, not of the vote.
            let kept = world.texts("SELECT code FROM ask_ballot WHERE commune_id = $1 ORDER BY rowid").await;
            assert_eq!(kept, sorted);
            let roll = "SELECT hex(household_id) FROM ask_roll WHERE commune_id = $1 ORDER BY rowid";
            let roll = world.texts(roll).await;
            assert!(roll.is_sorted(), "{roll:?}");
        }
        Engine::Postgres => {
            let kept = world.texts("SELECT code FROM ask_ballot WHERE commune_id = $1 ORDER BY ctid").await;
            assert_eq!(kept, sorted);
            let versions = "SELECT DISTINCT CAST(xmin AS TEXT) FROM ask_ballot WHERE commune_id = $1";
            let ballots = world.texts(versions).await;
            assert_eq!(ballots.len(), 1);
            let roll =
                world.texts("SELECT DISTINCT CAST(xmin AS TEXT) FROM ask_roll WHERE commune_id = $1").await;
            assert!(!roll.contains(&ballots[0]));
        }
    }
    assert!(world.texts("SELECT sealed FROM ask_box WHERE commune_id = $1").await.is_empty());
    // The tables have no column in which a time or a household could stand beside a ballot.
    let row = sql("SELECT * FROM ask_ballot WHERE commune_id = $1 LIMIT 1")
        .bind(world.cast.home.id)
        .rows(db)
        .await
        .unwrap();
    assert_eq!(row[0].column_names(), ["commune_id", "matter_id", "code", "picks"]);
    let row = sql("SELECT * FROM ask_roll WHERE commune_id = $1 LIMIT 1")
        .bind(world.cast.home.id)
        .rows(db)
        .await
        .unwrap();
    assert_eq!(row[0].column_names(), ["commune_id", "matter_id", "household_id", "way"]);
    // The record knows the sum, no code; and its chain holds.
    let details = world.texts("SELECT detail FROM audit_entry WHERE commune_id = $1").await;
    let page = world.visitor().get(&round).await;
    let seal = page.ok().text().split("ask-seal\">").nth(1).unwrap()[..64].to_owned();
    assert_eq!(details.iter().filter(|detail| detail.contains(&seal)).count(), 1);
    assert!(cast.iter().all(|code| details.iter().all(|detail| !detail.contains(code))));
    let checked = audit::verify(&world.ctx()).await.unwrap();
    assert_eq!(checked.broken_at, None, "{checked:?}");
    world.app.end().await;
}

/// A box from another installation does not open, so nobody counts a stolen database.
#[tokio::test]
async fn a_dump_without_the_key_counts_nothing() {
    let world = World::start().await;
    let (_, round) = world.round(0).await;
    world.vote(&world.who("head-0").await, &round, &["1"]).await.0.ok();
    let sealed = world.texts("SELECT sealed FROM ask_box WHERE commune_id = $1").await;
    let id: platform::Uuid = round.rsplit('/').next().unwrap().parse().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(audit::keys::open(elsewhere.path(), "ask-box", id, &sealed[0]).is_err());
    let here = audit::keys::open(world.app.data(), "ask-box", id, &sealed[0]).unwrap();
    assert!(String::from_utf8(here).unwrap().contains(" 1"));
    world.app.end().await;
}
