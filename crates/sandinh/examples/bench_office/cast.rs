//! The demo commune and those who make its documents.

use crate::measure::people;
use platform::{App, Ctx, Uuid};
use std::path::Path;
use std::sync::Arc;
use testkit::{Answer, Client};

pub const PATH: &str = "/lam-viec/van-ban-di";

pub struct World {
    pub app: App,
    pub commune: Uuid,
    pub drafter: Client,
    pub chairman: Client,
    pub clerk: Client,
}

impl World {
    pub async fn start(folder: &Path, database_url: Option<&str>) -> Arc<World> {
        let app = crate::place::open(folder, database_url).await;
        let commune = demo::write::write(&app).await.expect("the demo");
        let roles = [demo::Role::RegistryOfficer, demo::Role::Chairman, demo::Role::Clerk];
        let [drafter, chairman, clerk] = roles.map(|role| people::official(&app, commune, role));
        let (drafter, chairman, clerk) = (drafter.await, chairman.await, clerk.await);
        Arc::new(World { app, commune, drafter, chairman, clerk })
    }

    pub fn ctx(&self) -> Ctx {
        Ctx::system(&self.app, self.commune, "bench")
    }

    /// A document in draft; its address.
    pub async fn drafted(&self, subject: &str, text: &str) -> String {
        let key = platform::ids::new_id(self.app.clock.now()).to_string();
        let fields = [
            ("khoa", key.as_str()),
            ("phien-ban", "0"),
            ("loai", "ubnd/quyet-dinh"),
            ("trich-yeu", subject),
            ("noi-dung", text),
            ("noi-nhan", "Trưởng 14 thôn\nLưu: VT"),
        ];
        let answer = self.drafter.post(&format!("{PATH}/soan"), &fields).await;
        answer.is(303).location()
    }

    /// Presses a button of the document's page.
    pub async fn press(&self, who: &Client, url: &str, act: &str) {
        let (key, revision) = form(&who.get(url).await, &format!("{url}/{act}"));
        let fields = [("khoa", key.as_str()), ("phien-ban", revision.as_str())];
        who.post(&format!("{url}/{act}"), &fields).await.is(303);
    }
}

/// Key and revision of the form that goes to `action`.
pub fn form(page: &Answer, action: &str) -> (String, String) {
    let text = page.text();
    let at = text.find(&format!("action=\"{action}\"")).unwrap_or_else(|| panic!("no form goes to {action}"));
    let form = &text[at..at + text[at..].find("</form>").expect("its end")];
    let value = |name: &str| {
        let tag = form.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")));
        let value = tag.and_then(|tag| tag.split("value=\"").nth(1)?.split('"').next());
        value.unwrap_or_default().to_owned()
    };
    (value("khoa"), value("phien-ban"))
}
