//! A commune with two villages side by side, and its people.

use platform::Uuid;
use std::io::Cursor;
use testkit::{Answer, Cast, Client, TestApp};

/// In the middle of the first village, and of the second.
pub const FIRST: (f64, f64) = (22.205, 104.105);
pub const SECOND: (f64, f64) = (22.205, 104.115);

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub resident: Client,
    pub officer: Client,
    pub clerk: Client,
    pub desk: Client,
    pub head: Client,
    pub chairman: Client,
}

fn square(west: f64) -> String {
    let (east, south, north) = (west + 0.01, 22.2, 22.21);
    serde_json::json!({ "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] })
        .to_string()
}

impl World {
    pub async fn start() -> World {
        World::posting(None).await
    }

    /// With a mail server.
    pub async fn posting(mail: Option<platform::config::Mail>) -> World {
        let (app, cast) = TestApp::start_posting(mail).await;
        let ctx = app.ctx(&cast.home);
        let tx = ctx.begin().await.unwrap();
        for (village, west) in cast.home.villages.iter().zip([104.10, 104.11]) {
            units::boundary_set(&ctx, &tx, *village, &square(west)).await.unwrap();
        }
        tx.commit().await.unwrap();
        World {
            resident: app.sign_in(&cast.home, "resident").await,
            officer: app.sign_in(&cast.home, "registry_officer").await,
            clerk: app.sign_in(&cast.home, "clerk").await,
            desk: app.sign_in(&cast.home, "onestop_officer").await,
            head: app.sign_in(&cast.home, "village_head").await,
            chairman: app.sign_in(&cast.home, "chairman").await,
            app,
            cast,
        }
    }

    pub fn village(&self, number: usize) -> String {
        self.cast.home.villages[number].to_string()
    }

    /// A key that no form has used.
    pub fn fresh(&self) -> String {
        platform::ids::new_id(self.app.clock.now()).to_string()
    }

    /// Some days pass; sessions are opened anew.
    pub async fn later(&mut self, by: chrono::Duration) {
        self.app.clock.advance(by);
        for (client, who) in [
            (&mut self.resident, "resident"),
            (&mut self.officer, "registry_officer"),
            (&mut self.clerk, "clerk"),
            (&mut self.desk, "onestop_officer"),
            (&mut self.head, "village_head"),
            (&mut self.chairman, "chairman"),
        ] {
            *client = self.app.sign_in(&self.cast.home, who).await;
        }
    }

    /// Fills in the form and sends it.
    pub async fn send(&self, who: &Client, typed: &[(&str, &str)]) -> Answer {
        let key = who.get("/phan-anh/moi").await.ok().field("khoa");
        let mut fields = vec![("khoa", key.as_str())];
        fields.extend(typed);
        who.post("/phan-anh/moi", &fields).await
    }

    /// A pothole in the first village, sent by the resident; the address of its page.
    pub async fn pothole(&self) -> String {
        let (lat, lon) = (FIRST.0.to_string(), FIRST.1.to_string());
        let typed = [
            ("loai", "road-damage"),
            ("noi-dung", "Ổ gà to trước cổng trường"),
            ("vi-do", &*lat),
            ("kinh-do", &*lon),
        ];
        self.send(&self.resident, &typed).await.is(303).location()
    }

    /// The officer's page of the report with this address.
    pub async fn work_page(&self, page: &str) -> (Uuid, String) {
        let id = self.find(page).await.id;
        (id, format!("/lam-viec/phan-anh/{id}"))
    }

    pub async fn find(&self, page: &str) -> feedback::Report {
        let code = page.trim_start_matches("/phan-anh/").split('?').next().unwrap();
        feedback::by_code(&self.app.ctx(&self.cast.home), code).await.unwrap()
    }

    /// What an officer does from the page of a report.
    pub async fn act(&self, who: &Client, page: &str, verb: &str, typed: &[(&str, &str)]) -> Answer {
        let revision = self.find(page).await.revision.to_string();
        let (_, work) = self.work_page(page).await;
        let key = self.fresh();
        let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
        fields.extend(typed);
        who.post(&format!("{work}/{verb}"), &fields).await
    }

    /// What a sender does from the own page.
    pub async fn own(&self, who: &Client, page: &str, verb: &str, typed: &[(&str, &str)]) -> Answer {
        let (path, code) = page.split_once("?ma=").unwrap_or((page, ""));
        let key = self.fresh();
        let mut fields = vec![("khoa", key.as_str()), ("ma", code)];
        fields.extend(typed);
        who.post(&format!("{path}/{verb}"), &fields).await
    }
}

/// A photograph of one colour.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([90, 120, 60]))
        .write_to(&mut out, image::ImageFormat::Jpeg)
        .unwrap();
    out.into_inner()
}
