//! A commune with two villages side by side, and those who write and read.

use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use testkit::{Answer, Cast, Client, TestApp};

pub const WORK: &str = "/lam-viec/du-lich";
/// In the middle of the first village.
pub const HERE: (&str, &str) = ("22.205", "104.105");

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub clerk: Client,
    pub head: Client,
    pub leader: Client,
}

fn square(west: f64) -> String {
    let (east, south, north) = (west + 0.01, 22.2, 22.21);
    serde_json::json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
        .to_string()
}

impl World {
    pub async fn start() -> World {
        let (app, cast) = TestApp::start().await;
        let ctx = app.ctx(&cast.home);
        let tx = ctx.begin().await.unwrap();
        for (village, west) in cast.home.villages.iter().zip([104.10, 104.11]) {
            units::boundary_set(&ctx, &tx, *village, &square(west)).await.unwrap();
        }
        tx.commit().await.unwrap();
        World {
            clerk: app.sign_in(&cast.home, "clerk").await,
            head: app.sign_in(&cast.home, "village_head").await,
            leader: app.sign_in(&cast.home, "vice_chairman").await,
            app,
            cast,
        }
    }

    pub fn visitor(&self) -> Client {
        self.app.visitor().header("host", "giaphu.example")
    }

    pub fn village(&self, number: usize) -> String {
        self.cast.home.villages[number].to_string()
    }

    pub fn fresh(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    pub async fn send(&self, who: &Client, path: &str, typed: &[(&str, &str)]) -> Answer {
        let key = self.fresh();
        let mut fields = vec![("khoa", key.as_str())];
        fields.extend(typed);
        who.post(path, &fields).await
    }

    /// Begins a place; the path of its page on the work side.
    pub async fn begin(&self, who: &Client, kind: &str, name: &str) -> String {
        let village = self.village(0);
        let typed = [("ten", name), ("loai", kind), ("thon", village.as_str())];
        let to = self.send(who, &format!("{WORK}/moi"), &typed).await.is(303).location();
        to.trim_end_matches("/soan").to_owned()
    }

    /// Sends the form of a place with these fields; the others are empty.
    pub async fn save(&self, who: &Client, path: &str, typed: &[(&str, &str)]) -> Answer {
        let form = who.get(&format!("{path}/soan")).await;
        let revision = form.ok().field_of(&format!("{path}/soan"), "phien-ban");
        let village = self.village(0);
        let mut fields = vec![("phien-ban", revision.as_str())];
        if typed.iter().all(|(name, _)| *name != "thon") {
            fields.push(("thon", village.as_str()));
        }
        fields.extend(typed);
        self.send(who, &format!("{path}/soan"), &fields).await
    }

    /// What is done from the page of a place.
    pub async fn act(&self, who: &Client, path: &str, verb: &str, typed: &[(&str, &str)]) -> Answer {
        let revision = self.revision(path).await;
        let mut fields = vec![("phien-ban", revision.as_str())];
        fields.extend(typed);
        self.send(who, &format!("{path}/{verb}"), &fields).await
    }

    pub async fn revision(&self, path: &str) -> String {
        let ctx = self.app.ctx(&self.cast.home);
        let id = path.rsplit('/').next().unwrap().parse().unwrap();
        let tx = ctx.begin().await.unwrap();
        let one = tourism::place::within(&ctx, &tx, id).await.unwrap();
        tx.rollback().await.unwrap();
        one.revision.to_string()
    }

    /// A place that everybody reads.
    pub async fn published(&self, kind: &str, name: &str, more: &[(&str, &str)]) -> String {
        let path = self.begin(&self.clerk, kind, name).await;
        let mut typed = vec![
            ("ten", name),
            ("loai", kind),
            ("gioi-thieu", "Giới thiệu ngắn."),
            ("noi-dung", "Đoạn một.\n\n- điểm"),
        ];
        typed.extend(more);
        self.save(&self.clerk, &path, &typed).await.is(303);
        self.act(&self.clerk, &path, "trinh", &[]).await.is(303);
        self.act(&self.leader, &path, "duyet", &[]).await.is(303);
        path
    }

    /// A festival by the lunar calendar.
    pub async fn festival(&self, name: &str) -> String {
        let rule = [("le-lich", "lunar"), ("le-ngay", "8"), ("le-thang", "1"), ("le-keo-dai", "2")];
        self.published("festival", name, &rule).await
    }

    /// Sends a picture to a place.
    pub async fn picture(&self, path: &str, name: &str, bytes: Vec<u8>) -> Answer {
        let key = self.fresh();
        self.clerk.upload(&format!("{path}/anh"), &[("khoa", key.as_str())], "anh", name, &bytes).await
    }
}

/// A photograph of one colour.
pub fn photo(wide: u32, high: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    RgbImage::from_pixel(wide, high, Rgb([90, 120, 60])).write_to(&mut out, ImageFormat::Jpeg).unwrap();
    out.into_inner()
}
