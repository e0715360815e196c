//! The database behind one interface: values come back as they went in, numbers have no gap, files are judged.

use crate::toy;
use chrono::{DateTime, NaiveDate, Utc};
use platform::db::FromQueryResult;
use platform::files::{self, PICTURES};
use platform::{Kind, Uuid, numbers, sql};
use serde_json::{Value, json};

#[derive(Debug, PartialEq, FromQueryResult)]
struct Note {
    id: Uuid,
    body: String,
    at: DateTime<Utc>,
    on_day: Option<NaiveDate>,
    extra: Option<Value>,
    good: bool,
}

#[tokio::test]
async fn values_come_back_as_they_went_in_on_either_engine() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let at = "2026-03-10T02:00:00.123456Z".parse().unwrap();
    let notes = [
        Note {
            id: ctx.new_id(),
            body: "Đặng Thị Ộ".into(),
            at,
            on_day: ctx.today().into(),
            extra: None,
            good: true,
        },
        Note {
            id: ctx.new_id(),
            body: "".into(),
            at: ctx.now,
            on_day: None,
            extra: json!({"a": [1, "ễ"]}).into(),
            good: false,
        },
    ];
    let tx = ctx.begin().await.unwrap();
    for n in &notes {
        sql("INSERT INTO note (commune_id, id, body, at, on_day, extra, good) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(ctx.commune)
            .bind(n.id)
            .bind(n.body.as_str())
            .bind(n.at)
            .bind(n.on_day)
            .bind(n.extra.clone())
            .bind(n.good)
            .run(&tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let select = "SELECT id, body, at, on_day, extra, good FROM note WHERE commune_id = $1";
    let back: Vec<Note> =
        sql(format!("{select} ORDER BY at DESC")).bind(ctx.commune).all(&test.app.db).await.unwrap();
    assert_eq!(back, notes);
    let none: Vec<Note> = sql(select)
        .push(" AND id IN (")
        .args(Vec::<Uuid>::new())
        .push(")")
        .bind(ctx.commune)
        .all(&test.app.db)
        .await
        .unwrap();
    assert!(none.is_empty());
    test.end().await;
}

#[tokio::test]
async fn a_dropped_transaction_and_a_write_outside_leave_nothing() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let insert = || {
        sql("INSERT INTO note (commune_id, id, body, at, good) VALUES ($1, $2, 'x', $3, TRUE)")
            .bind(ctx.commune)
            .bind(ctx.new_id())
            .bind(ctx.now)
    };
    drop({
        let tx = ctx.begin().await.unwrap();
        insert().run(&tx).await.unwrap();
        tx
    });
    assert!(insert().run(&test.app.db).await.is_err());
    let count =
        sql("SELECT COUNT(*) FROM note WHERE commune_id = $1").bind(ctx.commune).count(&test.app.db).await;
    assert_eq!(count.unwrap(), 0);
    test.end().await;
}

#[tokio::test]
async fn a_number_book_has_no_gap_and_no_repeat() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let mut taken = Vec::new();
    let takers = (0..24).map(|i| {
        let ctx = ctx.clone();
        async move {
            let tx = ctx.begin().await.unwrap();
            let number = numbers::next(&tx, ctx.commune, "van-ban-di", "2026").await.unwrap();
            // Every third one is given up: its number must come again.
            if i % 3 == 0 {
                tx.rollback().await.unwrap()
            } else {
                tx.commit().await.unwrap()
            }
            (i % 3 != 0).then_some(number)
        }
    });
    for number in futures_util::future::join_all(takers).await {
        taken.extend(number);
    }
    taken.sort_unstable();
    assert_eq!(taken, (1..=16).collect::<Vec<i64>>());
    let tx = ctx.begin().await.unwrap();
    assert_eq!(numbers::take(&tx, ctx.commune, "van-ban-di", "2027", 5).await.unwrap(), 1);
    assert_eq!(numbers::next(&tx, ctx.commune, "van-ban-di", "2027").await.unwrap(), 6);
    tx.rollback().await.unwrap();
    test.end().await;
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

/// A JPEG with an EXIF block that holds a place.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0\0\0\0\0GPSLatitude 22.33".to_vec();
    let mut block = vec![0xff, 0xe1];
    block.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    block.append(&mut exif);
    [&jpeg[..2], &block, &jpeg[2..]].concat()
}

#[tokio::test]
async fn pictures_are_made_small_and_lose_their_place() {
    let test = toy::start().await;
    let ctx = toy::ctx(&test);
    let photo = with_exif(&jpeg(2600, 1300));
    assert!(photo.windows(11).any(|w| w == b"GPSLatitude"));
    let file = files::prepare(&ctx, "ảnh/../nhà.jpg".into(), photo, PICTURES).await.unwrap();
    assert_eq!((file.size, file.name.as_str()), (Some((2000, 1000)), "ảnh..nhà.jpg"));
    assert!(!file.bytes.windows(11).any(|w| w == b"GPSLatitude"));
    let tx = ctx.begin().await.unwrap();
    let id = files::keep(&ctx, &tx, &file, "note", ctx.commune).await.unwrap();
    tx.commit().await.unwrap();
    let row = files::find(&ctx, &test.app.db, id).await.unwrap();
    assert_eq!(files::read(&ctx, &row).await.unwrap(), file.bytes);
    // What the phone made small keeps every pixel, and loses its place too.
    let small = jpeg(1600, 1200);
    let kept = files::prepare(&ctx, "b.jpg".into(), with_exif(&small), PICTURES).await.unwrap();
    assert!(!kept.bytes.windows(11).any(|w| w == b"GPSLatitude"));
    let pixels = |bytes: &[u8]| image::load_from_memory(bytes).unwrap().to_rgb8();
    assert_eq!((kept.size, pixels(&kept.bytes)), (Some((1600, 1200)), pixels(&small)));
    // A byte that changed on the disk is noticed.
    let path = files::path_of(&test.app.config.files_folder(), &row.digest);
    std::fs::write(path, b"other").unwrap();
    assert!(files::read(&ctx, &row).await.is_err());
    test.end().await;
}

#[tokio::test]
async fn files_that_lie_are_refused_each_with_its_word() {
    let refused = |name: &str, bytes: Vec<u8>| files::prepare_now(name, bytes, PICTURES).unwrap_err();
    assert_eq!(refused("a.jpg", vec![]).message.key, "file-empty");
    assert_eq!(refused("a.jpg", b"<script>alert(1)</script>".to_vec()).message.key, "file-wrong-type");
    assert_eq!(refused("a.jpg", jpeg(40, 40)[..200].to_vec()).message.key, "file-damaged-picture");
    let too_large = refused("a.jpg", vec![0; (25 << 20) + 1]);
    assert_eq!((too_large.kind, too_large.message.key.as_ref()), (Kind::TooLarge, "file-too-large"));
}
