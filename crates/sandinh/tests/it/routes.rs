//! What stands behind the parameters of each route.

use platform::Uuid;
use testkit::{TestApp, TestCommune};

/// One object of each kind in one village, made through the rules.
pub struct Objects {
    pub village_slug: String,
    pub account: Uuid,
}

impl Objects {
    pub async fn make(test: &TestApp, commune: &TestCommune) -> Objects {
        Objects::make_in(test, commune, 0).await
    }

    /// In the village with this number.
    pub async fn make_in(test: &TestApp, commune: &TestCommune, village: usize) -> Objects {
        let ctx = test.ctx(commune);
        let unit = units::find(&ctx, commune.villages[village]).await.expect("a village");
        Objects { village_slug: unit.slug, account: commune.accounts["clerk"] }
    }

    /// True for routes whose parameter names an object that belongs to a place.
    pub fn is_placed(path: &str) -> bool {
        path.starts_with("/lam-viec/tai-khoan/{id}")
    }

    fn value(&self, path: &str, name: &str) -> String {
        match (path, name) {
            ("/assets/{*path}", _) => "no-such-file.css".into(),
            ("/thon/{slug}", _) => self.village_slug.clone(),
            ("/demo/vao/{login}", _) => "chu-tich".into(),
            (path, "id") if path.starts_with("/lam-viec/tai-khoan/{id}") => self.account.to_string(),
            // Rows of the reader's own: nobody else's id helps.
            (path, "id")
                if path.starts_with("/lam-viec/hop-thu") || path.starts_with("/lam-viec/cong-viec") =>
            {
                Uuid::from_u128(7).to_string()
            }
            _ => panic!("say in tests/it/routes.rs what {{{name}}} of {path} is"),
        }
    }
}

/// The address of a route with these objects.
pub fn address(path: &str, objects: &Objects) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}').expect("a closed parameter");
        out.push_str(before);
        out.push_str(&objects.value(path, name.trim_start_matches('*')));
        rest = tail;
    }
    out + rest
}
