//! The desk at which an officer imports.

use crate::world::{COMMUNE, OFFICER, day};
use futures_util::future::BoxFuture;
use http::HeaderMap;
use platform::access::{Actor, Grant, Place, Via};
use platform::app::Authenticator;
use platform::{App, Ctx, Result, Uuid, sql};
use std::sync::Arc;
use testkit::{Answer, Client, TestApp};
use units::{Kind, NewUnit};

struct Officer;

impl Authenticator for Officer {
    fn actor<'a>(&'a self, _: &'a App, headers: &'a HeaderMap) -> BoxFuture<'a, Result<Option<Arc<Actor>>>> {
        let role = platform::http::cookie(headers, "vai").unwrap_or_else(|| "registry_officer".to_owned());
        let actor = Actor {
            account_id: OFFICER,
            commune_id: COMMUNE,
            name: "Thử".into(),
            grants: vec![Grant { role, place: Place::new("commune", COMMUNE) }],
            second_factor: true,
            via: Via::Session(Uuid::nil()),
        };
        Box::pin(async move { Ok(Some(Arc::new(actor))) })
    }

    fn commune<'a>(&'a self, _: &'a App, _: &'a HeaderMap) -> BoxFuture<'a, Result<Uuid>> {
        Box::pin(async { Ok(COMMUNE) })
    }
}

/// A commune of two villages with an officer in the browser.
pub struct Commune {
    pub test: TestApp,
    pub officer: Client,
}

impl Commune {
    pub async fn start() -> Commune {
        let areas = vec![
            platform::area(),
            ui::area(),
            audit::area(),
            units::area(),
            identity::area(),
            messages::area(),
            registry::area(),
        ];
        let test = TestApp::with(areas, Box::new(Officer)).await;
        let ctx = Ctx::system(&test.app, COMMUNE, "test");
        let tx = ctx.begin().await.unwrap();
        sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, 'Xã Thử', NULL, $2)")
            .bind(COMMUNE)
            .bind(ctx.now)
            .run(&tx)
            .await
            .unwrap();
        let unit = |kind, name: &str, parent_id| NewUnit {
            kind,
            code: String::new(),
            name: name.into(),
            parent_id,
            valid_from: day("2020-01-01"),
            note: String::new(),
            source: "thử".into(),
        };
        let province = units::insert(&ctx, &tx, unit(Kind::Province, "Tỉnh Thử", None)).await.unwrap();
        let commune =
            units::insert(&ctx, &tx, unit(Kind::Commune, "Xã Thử", Some(province.id))).await.unwrap();
        for name in ["Thôn Đông Căm", "Thôn Soi Cờ"] {
            units::insert(&ctx, &tx, unit(Kind::Village, name, Some(commune.id))).await.unwrap();
        }
        tx.commit().await.unwrap();
        Commune { officer: test.visitor(), test }
    }

    pub async fn upload(&self, bytes: &[u8]) -> Answer {
        let key = self.officer.get("/lam-viec/nhap").await.ok().field("khoa");
        self.officer.upload("/lam-viec/nhap", &[("khoa", &key)], "tep", "Danh sách thôn.xlsx", bytes).await
    }

    /// Uploads, takes the columns as they are proposed, has them checked; the page of the batch.
    pub async fn checked(&self, bytes: &[u8]) -> String {
        let columns = self.upload(bytes).await.leads_to("/lam-viec/nhap/").location();
        let batch = self.take_columns(&columns).await;
        self.test.run_jobs().await;
        batch
    }

    pub async fn take_columns(&self, columns: &str) -> String {
        let page = self.officer.get(columns).await;
        page.ok().shows("Họ và tên");
        let key = page.field("khoa");
        let answer = self
            .officer
            .post(columns, &[("khoa", &key), ("tu-ngay", "01/01/2026"), ("nguon", "Rà soát")])
            .await;
        answer.leads_to("/lam-viec/nhap/").location()
    }

    pub async fn press(&self, page: &str, act: &str, fields: &[(&str, &str)]) -> Answer {
        let key = self.officer.get(page).await.ok().field("khoa");
        let mut all = vec![("khoa", key.as_str())];
        all.extend(fields);
        self.officer.post(&format!("{page}/{act}"), &all).await
    }

    pub async fn write(&self, batch: &str, mode: &str) {
        self.press(batch, "ghi", &[("cach", mode)]).await.leads_to(batch);
        self.test.run_jobs().await;
    }

    pub async fn count(&self, table: &str, state: &str) -> i64 {
        let counted = "WHERE commune_id = $1 AND state = $2 /* all rows */";
        sql(format!("SELECT COUNT(*) FROM {table} {counted}"))
            .bind(COMMUNE)
            .bind(state)
            .count(&self.test.app.db)
            .await
            .unwrap()
    }

    pub async fn people(&self) -> i64 {
        self.count("person", "present").await
    }
}
