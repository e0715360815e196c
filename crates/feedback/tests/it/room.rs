//! A commune whose Facebook page and Zalo account lead to a stand-in of the firms, which signs as they do.

use crate::stand_in::StandIn;
use crate::world::World;
use http::Method;
use ring::{digest, hmac};
use serde_json::{Value, json};
use testkit::{Answer, Client};

pub const ROOM: &str = "/lam-viec/tin-mang";
const KEEP: &str = "/lam-viec/kenh";

pub struct Room {
    pub world: World,
    pub firm: StandIn,
    pub admin: Client,
}

impl Room {
    pub async fn start() -> Room {
        let world = World::start().await;
        let firm = StandIn::start().await;
        let text = include_str!("../../../../data/channels/2020-01-01.toml")
            .replace("https://openapi.zalo.me", &firm.address)
            .replace("https://oauth.zaloapp.com", &firm.address)
            .replace("https://graph.facebook.com", &firm.address)
            .replace("\"fbcdn.net\"", "\"127.0.0.1\"");
        let folder = world.app.app.config.law_folder().join("channels");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("2020-01-02.toml"), text).unwrap();
        let admin = world.app.sign_in(&world.cast.home, "admin").await;
        let room = Room { world, firm, admin };
        let facebook =
            [("ma-trang", "1000200"), ("ma-truy-cap", "page-token"), ("khoa-ung-dung", "app-secret")];
        room.keep("/lam-viec/kenh/facebook", &facebook).await;
        let zalo = [
            ("ma-ung-dung", "4512"),
            ("khoa-bi-mat", "zalo-secret"),
            ("ma-lam-moi", "refresh-1"),
            ("khoa-su-kien", "oa-secret"),
        ];
        room.keep("/lam-viec/kenh/zalo", &zalo).await;
        room
    }

    async fn keep(&self, action: &str, fields: &[(&str, &str)]) {
        let key = self.admin.get(KEEP).await.field_of(action, "khoa");
        let mut all = vec![("khoa", key.as_str())];
        all.extend(fields);
        self.admin.post(action, &all).await.is(303);
    }

    /// Facebook tells something about the page, signed with this secret.
    pub async fn facebook_by(&self, secret: &str, entry: Value) -> Answer {
        let notice = json!({ "object": "page", "entry": [entry] });
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        let mac = hex::encode(hmac::sign(&key, notice.to_string().as_bytes()));
        let facebook = self.world.app.visitor().header("X-Hub-Signature-256", &format!("sha256={mac}"));
        facebook.json(Method::POST, "/api/v1/channels/facebook/events", &notice).await
    }

    /// Something about a comment of Páo under the post 77: `add`, `edited` or `remove`.
    pub async fn comment(&self, verb: &str, id: &str, words: &str) {
        self.comment_at(verb, id, words, self.world.app.clock.now().timestamp()).await;
    }

    pub async fn comment_at(&self, verb: &str, id: &str, words: &str, at: i64) {
        let value = json!({ "item": "comment", "verb": verb, "comment_id": id, "post_id": "1000200_77", "parent_id": "1000200_77",
            "from": { "id": "f-pao", "name": "Sùng A Páo" }, "message": words, "created_time": at });
        let entry = json!({ "id": "1000200", "time": at, "changes": [{ "field": "feed", "value": value }] });
        self.facebook_by("app-secret", entry).await.is(200);
        self.world.app.run_jobs().await;
    }

    /// A message to the page.
    pub async fn messenger(&self, id: &str, message: Value) {
        let mut message = message;
        message["mid"] = json!(id);
        let at = self.world.app.clock.now().timestamp_millis();
        let entry = json!({ "id": "1000200", "time": at, "messaging": [
            { "sender": { "id": "m-may" }, "recipient": { "id": "1000200" }, "timestamp": at, "message": message }] });
        self.facebook_by("app-secret", entry).await.is(200);
        self.world.app.run_jobs().await;
    }

    /// Zalo tells of something that somebody sent.
    pub async fn zalo_by(&self, secret: &str, event: &str, message: Value) -> Answer {
        let at = self.world.app.clock.now().timestamp_millis().to_string();
        let notice = json!({ "app_id": "4512", "event_name": event, "timestamp": at, "sender": { "id": "z-lo" },
                             "recipient": { "id": "oa" }, "message": message });
        let whole = format!("4512{notice}{at}{secret}");
        let mac = digest::digest(&digest::SHA256, whole.as_bytes());
        let zalo =
            self.world.app.visitor().header("X-ZEvent-Signature", &format!("mac={}", hex::encode(mac)));
        zalo.json(Method::POST, "/api/v1/channels/zalo/events", &notice).await
    }

    pub async fn zalo(&self, event: &str, message: Value) {
        self.zalo_by("oa-secret", event, message).await.is(200);
        self.world.app.run_jobs().await;
    }

    /// The pages of the matters that wait, the longest waiting first.
    pub async fn waiting(&self, who: &Client) -> Vec<String> {
        let list = who.get(ROOM).await.ok().text();
        let mut pages: Vec<String> = Vec::new();
        for part in list.split(&format!("href=\"{ROOM}/")).skip(1) {
            let page = format!("{ROOM}/{}", &part[..36]);
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        pages
    }

    /// A form of a matter's page, with its key and revision.
    pub async fn press(&self, who: &Client, page: &str, verb: &str, typed: &[(&str, &str)]) -> Answer {
        let revision = who.get(page).await.ok().field("phien-ban");
        let key = self.world.fresh();
        let mut fields = vec![("khoa", key.as_str()), ("phien-ban", revision.as_str())];
        fields.extend(typed);
        who.post(&format!("{page}/{verb}"), &fields).await
    }

    pub async fn minutes(&self, minutes: i64) {
        self.world.app.clock.advance(chrono::Duration::minutes(minutes));
        self.world.app.run_jobs().await;
    }
}

/// What Zalo answers: a token, and that it took a message.
pub const TOKEN: &str = r#"{"access_token":"access-1","refresh_token":"refresh-2","expires_in":"90000"}"#;
pub const TAKEN: &str = r#"{"error":0,"message":"Success","data":{"message_id":"zm-1","user_id":"z-lo"}}"#;
