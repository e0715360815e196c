//! A commune whose channels lead to a stand-in of the firms.

use crate::stand_in::StandIn;
use http::Method;
use serde_json::json;
use testkit::{Answer, Cast, Client, TestApp};

pub const NEW: &str = "/lam-viec/thong-bao/moi";
pub const KEEP: &str = "/lam-viec/kenh";

pub struct World {
    pub app: TestApp,
    pub cast: Cast,
    pub clerk: Client,
    pub head: Client,
    pub admin: Client,
    pub firm: StandIn,
}

impl World {
    pub async fn start() -> World {
        World::with(15).await
    }

    /// All channels of other firms lead to the stand-in.
    pub async fn with(patience: u64) -> World {
        let (app, cast) = TestApp::start().await;
        let firm = StandIn::start().await;
        let text = include_str!("../../../../data/channels/2020-01-01.toml")
            .replace("https://openapi.zalo.me", &firm.address)
            .replace("https://oauth.zaloapp.com", &firm.address)
            .replace("https://graph.facebook.com", &firm.address)
            .replace("patience = 15", &format!("patience = {patience}"));
        let folder = app.app.config.law_folder().join("channels");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("2020-01-02.toml"), text).unwrap();
        let clerk = app.sign_in(&cast.home, "clerk").await;
        let head = app.sign_in(&cast.home, "village_head").await;
        let admin = app.sign_in(&cast.home, "admin").await;
        World { app, cast, clerk, head, admin, firm }
    }

    pub async fn send(&self, fields: &[(&str, &str)]) -> Answer {
        let key = self.clerk.get(NEW).await.ok().field("khoa");
        let mut all = vec![("khoa", key.as_str())];
        all.extend(fields);
        self.clerk.post(NEW, &all).await
    }

    /// To all village heads through one channel; the page on which it is followed.
    pub async fn sent(&self, channel: &str) -> String {
        let mut fields =
            vec![("tieu-de", "Họp thôn"), ("noi-dung", "Tối nay 19 giờ."), ("nhom", "role:village_head")];
        if !channel.is_empty() {
            fields.push(("kenh", channel));
        }
        self.send(&fields).await.is(303).location()
    }

    pub async fn minutes(&self, minutes: i64) {
        self.app.clock.advance(chrono::Duration::minutes(minutes));
        self.app.run_jobs().await;
    }

    pub async fn zalo(&self) {
        let fields = [
            ("ma-ung-dung", "4512"),
            ("khoa-bi-mat", "app-secret"),
            ("ma-lam-moi", "refresh-1"),
            ("khoa-su-kien", "oa-secret"),
        ];
        self.keep("/lam-viec/kenh/zalo", &fields).await.is(303);
    }

    /// Sends a form of the page of channels, with its key.
    pub async fn keep(&self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let key = self.admin.get(KEEP).await.field_of(action, "khoa");
        let mut all = vec![("khoa", key.as_str())];
        all.extend(fields);
        let answer = self.admin.post(action, &all).await;
        if answer.status == 303 {
            // A second press of the same form leads to the same place.
            self.admin.post(action, &all).await.is(303);
        }
        answer
    }

    pub async fn facebook(&self) {
        let fields = [("ma-trang", "1000200"), ("ma-truy-cap", "page-token")];
        self.keep("/lam-viec/kenh/facebook", &fields).await.is(303);
    }

    /// The village head proves who they are in Zalo.
    pub async fn joined(&self) {
        self.head.post("/tai-khoan/thong-bao/zalo", &[]).await.is(303);
        let page = self.head.get("/tai-khoan/thong-bao").await.text();
        let code = page.split("figure-value\">").nth(1).unwrap()[..8].to_owned();
        let event = json!({ "app_id": "4512", "event_name": "user_send_text", "timestamp": "1", "sender": { "id": "z-head" },
                            "message": { "text": code, "msg_id": "in-1" } });
        self.event(&event, "oa-secret").await.is(200);
        self.head.get("/tai-khoan/thong-bao").await.shows("Đã nối Zalo");
    }

    pub async fn event(&self, event: &serde_json::Value, secret: &str) -> Answer {
        let body = event.to_string();
        let whole = format!("4512{body}{}{secret}", event["timestamp"].as_str().unwrap());
        let mac = ring::digest::digest(&ring::digest::SHA256, whole.as_bytes());
        let zalo = self.app.visitor().header("X-ZEvent-Signature", &format!("mac={}", hex::encode(mac)));
        zalo.json(Method::POST, "/api/v1/channels/zalo/events", event).await
    }
}

pub const TOKEN: &str = r#"{"access_token":"access-1","refresh_token":"refresh-2","expires_in":"90000"}"#;
pub const TOKEN_2: &str = r#"{"access_token":"access-2","refresh_token":"refresh-3","expires_in":"90000"}"#;
pub const WELL: &str = r#"{"error":0,"message":"Success","data":{"message_id":"zm-1","user_id":"z-head"}}"#;
