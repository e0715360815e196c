//! The report of a month, the plan on paper, and what goes to a vendor's system and comes back.

use crate::world::{WORK, World};
use http::Method;
use serde_json::json;
use std::io::Read;
use testkit::in_both_languages;

const VENDOR: &str = "/lam-viec/truyen-thanh/loa/he-thong-khac";

impl World {
    async fn vendor_cluster(&self, name: &str, village: usize, code: &str) -> String {
        let typed = [
            ("ten", name),
            ("thon", &self.village(village)),
            ("loai", "vendor"),
            ("so-loa", "2"),
            ("ma-hang", code),
        ];
        let path = self.send(&self.officer, &format!("{WORK}/loa/moi"), &typed).await.is(303).location();
        path.rsplit('/').next().unwrap().to_owned()
    }

    /// What the station's log would hold of a programme, without waiting for the hour.
    async fn aired(&self, village: usize, kind: &str, from: &str, to: &str) {
        let ctx = self.app.ctx(&self.cast.home);
        let tx = ctx.begin().await.unwrap();
        for mount in ["xa".to_owned(), self.village(village)] {
            platform::sql("INSERT INTO broadcast_air (commune_id, id, mount, what, title, kind, origin, from_at, to_at, why) VALUES ($1, $2, $3, 'aired', $4, $4, 'commune', $5, $6, '')")
                .bind(ctx.commune)
                .bind(ctx.new_id())
                .bind(mount)
                .bind(kind)
                .bind(at(from))
                .bind(at(to))
                .run(&tx)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
    }
}

fn at(text: &str) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::parse_from_rfc3339(&format!("{text}+07:00")).unwrap().to_utc()
}

#[tokio::test]
async fn the_vendors_log_comes_back_and_the_report_says_what_each_cluster_played() {
    let world = World::start().await;
    world.vendor_cluster("Loa của hãng", 0, "ICS-01").await;
    world.aired(0, "news", "2026-03-09T05:30:00", "2026-03-09T05:40:00").await;
    world.aired(0, "digital", "2026-03-09T17:00:00", "2026-03-09T17:20:00").await;
    world.aired(0, "news", "2026-02-09T05:30:00", "2026-02-09T05:40:00").await;

    let take = async |text: &str| {
        let key = world.officer.get(VENDOR).await.ok().field("khoa");
        world.officer.upload(VENDOR, &[("khoa", &key)], "tep", "nhat-ky.csv", text.as_bytes()).await
    };
    take("không có bảng").await.is(422).shows("Không thấy bảng nhật ký");
    let head = "Mã cụm loa;Bắt đầu;Kết thúc\n";
    let wrong = take(&format!("{head}ICS-01;09/03/2026 05:30;09/03/2026 05:40\nLA-99;09/03/2026 05:30;09/03/2026 05:40\nICS-01;sáng;trưa\n")).await;
    wrong.is(422).shows("Chưa ghi dòng nào").shows("LA-99");
    let log = format!(
        "{head}ics-01;09/03/2026 05:30:00;09/03/2026 05:35:00\nICS-01;09/03/2026 16:59:00;09/03/2026 17:20:30\n"
    );
    take(&log).await.is(303);
    take(&log).await.is(303); // the same once more is the same

    let page = world.officer.get(&format!("{WORK}/bao-cao?thang=2026-03")).await;
    // Thirty minutes on air; twenty-five of them were played.
    page.ok().shows("30:00").shows("25:00").shows("83,3 %").shows("Loa của hãng");
    page.hides("1:00:00");
    world.officer.get(&format!("{WORK}/bao-cao?thang=2026-02")).await.ok().shows("10:00");
    world
        .officer
        .get(&format!("{WORK}/bao-cao?thang=2025-01"))
        .await
        .ok()
        .shows("chưa phát chương trình nào");
    let sheet = world.officer.get(&format!("{WORK}/bao-cao?thang=2026-03&dinh-dang=csv")).await;
    sheet.ok().shows("1800").shows("1500");
    for path in ["bao-cao?thang=2026-03&dinh-dang=pdf", "lich/to-in"] {
        let pdf = world.officer.get(&format!("{WORK}/{path}")).await;
        assert!(pdf.ok().bytes.starts_with(b"%PDF"), "{path}");
    }
    in_both_languages(async |lang| {
        for path in ["bao-cao", "loa", "loa/moi", "loa/he-thong-khac", "lich"] {
            world.officer.get(&format!("{WORK}/{path}?lang={}", lang.code())).await.ok();
        }
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn the_week_goes_out_with_its_sound() {
    let world = World::start().await;
    world.officer.get(&format!("{VENDOR}?tuan=2026-03-10")).await.is(422).shows("chưa có cụm loa nào");
    world.vendor_cluster("Loa của hãng", 0, "ICS-01").await;
    world.vendor_cluster("Loa kia", 1, "ICS-02").await;
    let programme = world.approved("Tin sáng", 440.0, 2.0).await;
    world.app.run_jobs().await;
    world.planned(&programme, "17:00", &[world.village(0)]).await.ok();
    let answer = world.officer.get(&format!("{VENDOR}?tuan=2026-03-10")).await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(answer.ok().bytes.clone())).unwrap();
    let mut table = String::new();
    zip.by_name("lich-phat.csv").unwrap().read_to_string(&mut table).unwrap();
    let row = table.lines().nth(1).unwrap();
    assert!(
        row.starts_with("ICS-01;Loa của hãng;10/03/2026;17:00;17:00:02;Tin sáng;am-thanh/tin-sang-"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 2, "only where it is heard: {table}");
    let name = row.rsplit(';').next().unwrap().to_owned();
    let mut sound = Vec::new();
    zip.by_name(&name).unwrap().read_to_end(&mut sound).unwrap();
    assert!(sound.len() > 10_000, "MP3 of two seconds");
    // What no leader has approved goes nowhere.
    let body = json!({ "title": "Chưa duyệt", "kind": "news", "origin": "commune", "language": "vi", "form": "text", "words": "Thử." });
    world.keyed(&world.officer).json(Method::POST, "/api/v1/radio/programmes", &body).await.ok();
    world.app.end().await;
}
