//! A dump brings back exactly what was there, on either engine, or says what is wrong with it.

use chrono::{DateTime, Utc};
use platform::db::{Db, Location, Migration, Value, dump, insert_many, migrate};
use platform::{Error, Kind, Uuid, files, sql};
use serde_json::json;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use testkit::TestDatabase;

/// Every type that migrations use, a key of several columns, a foreign key, and two tables written together.
const TYPES: Migration = Migration {
    version: 9002,
    name: "types",
    text: "CREATE TABLE each_type (commune_id UUID NOT NULL, name TEXT COLLATE \"C\" NOT NULL, day DATE NOT NULL, t TEXT, \
           n BIGINT, x DOUBLE PRECISION, b BOOLEAN, d DATE, at TIMESTAMPTZ, j JSONB, y BYTEA, u UUID, \
           PRIMARY KEY (commune_id, name, day));\n\
           CREATE TABLE child (commune_id UUID NOT NULL, id UUID NOT NULL, name TEXT NOT NULL, day DATE NOT NULL, \
           PRIMARY KEY (commune_id, id), FOREIGN KEY (commune_id, name, day) REFERENCES each_type (commune_id, name, day));\n\
           CREATE TABLE zz_last (commune_id UUID NOT NULL, id UUID NOT NULL, PRIMARY KEY (commune_id, id));\n",
};

const COMMUNE: Uuid = Uuid::from_u128(1);

struct Place {
    db: Db,
    database: TestDatabase,
    folder: TempDir,
}

impl Place {
    async fn empty(postgres: bool) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let database =
            if postgres { TestDatabase::postgres().await } else { TestDatabase::sqlite(folder.path()) };
        Place { db: Db::open(&database.location).await.unwrap(), database, folder }
    }

    async fn filled(postgres: bool) -> Place {
        let place = Place::empty(postgres).await;
        migrate(&place.db, &migrations(), now()).await.unwrap();
        fill(&place.db, &place.files()).await;
        place
    }

    fn files(&self) -> PathBuf {
        self.folder.path().join("files")
    }

    async fn dump(&self, name: &str) -> (PathBuf, dump::Manifest) {
        let path = self.folder.path().join(name);
        let written = dump::write(&self.db, &migrations(), &self.files(), &path, now()).await.unwrap();
        assert_eq!(written.bytes, std::fs::metadata(&path).unwrap().len());
        (path, written.manifest)
    }

    async fn restore(&self, src: &Path) -> Result<dump::Restored, Error> {
        dump::restore(&self.db, &migrations(), &self.files(), src, now()).await
    }

    async fn rows(&self, table: &str) -> i64 {
        sql(format!("SELECT COUNT(*) FROM {table} WHERE commune_id = $1"))
            .bind(COMMUNE)
            .count(&self.db)
            .await
            .unwrap()
    }

    async fn end(self) {
        self.db.close().await;
        self.database.remove().await;
    }
}

fn migrations() -> Vec<Migration> {
    platform::MIGRATIONS.iter().copied().chain([TYPES]).collect()
}

fn now() -> DateTime<Utc> {
    testkit::START.parse().unwrap()
}

/// Engines to try: PostgreSQL only where a test server is named.
fn engines() -> Vec<bool> {
    if std::env::var_os("SANDINH_TEST_PG").is_some() { vec![false, true] } else { vec![false] }
}

async fn fill(db: &Db, folder: &Path) {
    let tx = db.begin().await.unwrap();
    sql("INSERT INTO commune (id, name, created_at) VALUES ($1, 'Xã Thử', $2)")
        .bind(COMMUNE)
        .bind(now())
        .run(&tx)
        .await
        .unwrap();
    let moment: DateTime<Utc> = "2026-03-10T02:00:00.123456Z".parse().unwrap();
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let columns = ["commune_id", "name", "day", "t", "n", "x", "b", "d", "at", "j", "y", "u"];
    let numbers = [0.1, -0.0, 1e300, 5e-324, 42.24, f64::MAX, 0.1 + 0.2];
    let mut rows: Vec<Vec<Value>> = numbers
        .iter()
        .enumerate()
        .map(|(n, x)| {
            let json =
                json!({ "z": [n, null, "Ộ\"\n"], "a": x, "large": 1e16, "nested": { "b": 1, "a": true } });
            vec![
                COMMUNE.into(),
                format!("Đặng «{n}» \"'\n\t").into(),
                day("9999-12-31").into(),
                "".into(),
                [i64::MIN, i64::MAX, 0, 9_007_199_254_740_993][n % 4].into(),
                (*x).into(),
                (n % 2 == 0).into(),
                day("1900-02-28").into(),
                moment.into(),
                json.into(),
                vec![0u8, 255, 10, 13].into(),
                Uuid::from_u128(u128::MAX - n as u128).into(),
            ]
        })
        .collect();
    rows.push(vec![
        COMMUNE.into(),
        "nothing".into(),
        day("0001-01-01").into(),
        None::<String>.into(),
        None::<i64>.into(),
        None::<f64>.into(),
        None::<bool>.into(),
        None::<chrono::NaiveDate>.into(),
        None::<DateTime<Utc>>.into(),
        serde_json::Value::Null.into(),
        None::<Vec<u8>>.into(),
        None::<Uuid>.into(),
    ]);
    insert_many(&tx, "each_type", &columns, rows, "").await.unwrap();
    let children = (0..5000u128)
        .map(|n| vec![COMMUNE.into(), Uuid::from_u128(n).into(), "nothing".into(), day("0001-01-01").into()]);
    insert_many(&tx, "child", &["commune_id", "id", "name", "day"], children, "").await.unwrap();
    let digest = files::write_bytes(folder, b"the bytes of a paper").unwrap();
    let file = |id: u128, digest: String| {
        sql("INSERT INTO file (commune_id, id, digest, name, media_type, byte_count, owner_kind, owner_id, created_at) \
             VALUES ($1, $2, $3, 'a.pdf', 'application/pdf', 20, 'note', $1, $4)")
        .bind(COMMUNE)
        .bind(Uuid::from_u128(id))
        .bind(digest)
        .bind(now())
    };
    file(1, digest.clone()).run(&tx).await.unwrap();
    file(2, digest).run(&tx).await.unwrap();
    file(3, "ab".repeat(32)).run(&tx).await.unwrap();
    sql("INSERT INTO search_entry (commune_id, id, kind, title, title_folded, subtitle, url, words) \
         VALUES ($1, $1, 'note', 'Hộ khẩu', 'ho khau', '', '/x', 'ho khau knote')")
    .bind(COMMUNE)
    .run(&tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_dump_moves_everything_between_the_engines_and_back() {
    for from in engines() {
        for to in engines() {
            let (first, second, third) =
                (Place::filled(from).await, Place::empty(to).await, Place::empty(from).await);
            let (path, manifest) = first.dump("one.sandinh").await;
            assert_eq!(dump::verify(&path).unwrap(), manifest);
            assert_eq!((manifest.files.len(), manifest.lost_files.len()), (1, 1));
            let restored = second.restore(&path).await.unwrap();
            assert!(restored.upgraded.is_empty());
            let different = dump::compare(&first.db, &second.db, &migrations()).await.unwrap();
            assert_eq!(different, [], "postgres: {from} to {to}");
            let (path, again) = second.dump("two.sandinh").await;
            third.restore(&path).await.unwrap();
            assert_eq!(dump::compare(&first.db, &third.db, &migrations()).await.unwrap(), []);
            let sums = |m: &dump::Manifest| {
                m.tables.iter().map(|t| (t.name.clone(), t.rows, t.sum.clone())).collect::<Vec<_>>()
            };
            assert_eq!(sums(&manifest), sums(&again));
            let digest = &manifest.files[0].digest;
            assert_eq!(
                std::fs::read(files::path_of(&third.files(), digest)).unwrap(),
                b"the bytes of a paper"
            );
            found_by_words(&second).await;
            for place in [first, second, third] {
                place.end().await;
            }
        }
    }
}

/// The text index is made anew.
async fn found_by_words(place: &Place) {
    let text = match place.database.location {
        Location::File(_) => "SELECT COUNT(*) FROM search_index WHERE search_index MATCH 'khau'",
        Location::Url(_) => {
            "SELECT COUNT(*) FROM search_entry WHERE commune_id = commune_id AND tokens @@ to_tsquery('simple', 'khau')"
        }
    };
    assert_eq!(sql(text).count(&place.db).await.unwrap(), 1);
}

#[tokio::test]
async fn one_changed_value_is_seen_by_comparing() {
    let (first, second) = (Place::filled(false).await, Place::empty(false).await);
    let (path, _) = first.dump("a").await;
    second.restore(&path).await.unwrap();
    let tx = second.db.begin().await.unwrap();
    sql("UPDATE each_type SET x = 0.1000000000000001 WHERE commune_id = $1 AND x = 0.1")
        .bind(COMMUNE)
        .run(&tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let differences = dump::compare(&first.db, &second.db, &migrations()).await.unwrap();
    assert_eq!(differences.iter().map(|d| d.table.as_str()).collect::<Vec<_>>(), ["each_type"]);
    first.end().await;
    second.end().await;
}

#[tokio::test]
async fn a_cut_or_altered_dump_is_always_recognised_and_nothing_is_written() {
    let (first, second) = (Place::filled(false).await, Place::empty(false).await);
    let (path, _) = first.dump("a").await;
    let whole = std::fs::read(&path).unwrap();
    let bad = first.folder.path().join("bad");
    let step = (whole.len() / 300).max(1);
    let positions = (0..whole.len()).step_by(step).chain(whole.len() - 200..whole.len());
    for at in positions {
        std::fs::write(&bad, &whole[..at]).unwrap();
        let cut = dump::verify(&bad).unwrap_err();
        assert_eq!(cut.kind, Kind::Invalid, "cut at {at}");
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        std::fs::write(&bad, &flipped).unwrap();
        let altered = dump::verify(&bad).unwrap_err();
        assert_eq!(altered.kind, Kind::Invalid, "flipped at {at}");
    }
    // Something appended, and a dump in which one part was exchanged, each with its word.
    std::fs::write(&bad, [whole.as_slice(), b"x"].concat()).unwrap();
    assert_eq!(dump::verify(&bad).unwrap_err().message.key, "dump-cut-off");
    std::fs::write(&bad, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(second.restore(&bad).await.unwrap_err().message.key, "dump-cut-off");
    let at = whole.windows(10).position(|w| w == b"the bytes ").unwrap();
    let mut altered = whole.clone();
    altered[at] = b'T';
    std::fs::write(&bad, &altered).unwrap();
    let error = second.restore(&bad).await.unwrap_err();
    assert_eq!(error.message.key, "dump-altered");
    assert!(format!("{:?}", error.message.args).contains("files/"), "{error:?}");
    assert!(!second.files().exists() && sql("SELECT 1 FROM commune").rows(&second.db).await.is_err());
    first.end().await;
    second.end().await;
}

#[tokio::test]
async fn a_place_with_rows_is_left_alone() {
    for engine in engines() {
        let place = Place::filled(engine).await;
        let (path, _) = place.dump("a").await;
        let before = dump::sums(&place.db, &migrations()).await.unwrap();
        assert_eq!(place.restore(&path).await.unwrap_err().message.key, "dump-place-not-empty");
        assert_eq!(dump::sums(&place.db, &migrations()).await.unwrap(), before);
        let again = dump::write(&place.db, &migrations(), &place.files(), &path, now()).await;
        assert_eq!(again.unwrap_err().message.key, "dump-dest-exists");
        place.end().await;
    }
}

#[tokio::test]
async fn an_older_dump_is_brought_up_to_date_and_a_newer_one_is_refused() {
    let more = Migration {
        version: 9003,
        name: "more",
        text: "ALTER TABLE child ADD COLUMN note TEXT NOT NULL DEFAULT 'x';\n",
    };
    let (first, second, third) =
        (Place::filled(false).await, Place::empty(false).await, Place::empty(false).await);
    let (path, _) = first.dump("a").await;
    let newer: Vec<Migration> = migrations().into_iter().chain([more]).collect();
    let restored = dump::restore(&second.db, &newer, &second.files(), &path, now()).await.unwrap();
    assert_eq!(restored.upgraded, ["more"]);
    assert_eq!(second.rows("child").await, 5000);
    let later = second.folder.path().join("b");
    dump::write(&second.db, &newer, &second.files(), &later, now()).await.unwrap();
    assert_eq!(third.restore(&later).await.unwrap_err().message.key, "dump-newer-program");
    for place in [first, second, third] {
        place.end().await;
    }
}

#[tokio::test]
async fn a_dump_made_while_others_write_is_of_one_moment() {
    for engine in engines() {
        let place = Place::filled(engine).await;
        let path = place.folder.path().join("busy");
        let done = std::sync::atomic::AtomicBool::new(false);
        let writes = async {
            let mut written = 0u128;
            // Each transaction writes an early and a late table: any other moment in between would show.
            while !done.load(std::sync::atomic::Ordering::SeqCst) || written < 3 {
                let tx = place.db.begin().await.unwrap();
                let id = || Value::from(Uuid::from_u128(1_000_000 + written));
                let day: chrono::NaiveDate = "0001-01-01".parse().unwrap();
                let child = vec![COMMUNE.into(), id(), "nothing".into(), day.into()];
                insert_many(&tx, "child", &["commune_id", "id", "name", "day"], [child], "").await.unwrap();
                insert_many(&tx, "zz_last", &["commune_id", "id"], [vec![COMMUNE.into(), id()]], "")
                    .await
                    .unwrap();
                tx.commit().await.unwrap();
                written += 1;
            }
            written
        };
        let migrations = migrations();
        let files = place.files();
        let dumping = async {
            let written = dump::write(&place.db, &migrations, &files, &path, now()).await.unwrap();
            done.store(true, std::sync::atomic::Ordering::SeqCst);
            written.manifest
        };
        let (written, manifest) = tokio::join!(writes, dumping);
        let rows = |name: &str| manifest.tables.iter().find(|table| table.name == name).unwrap().rows;
        assert_eq!(rows("child"), rows("zz_last") + 5000);
        assert!(u128::from(rows("zz_last")) <= written);
        assert_eq!(dump::verify(&path).unwrap(), manifest);
        place.end().await;
    }
}
