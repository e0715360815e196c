//! Officials and residents of the demo commune, signed in.

use identity::{NewAccount, NewGrant};
use platform::access::Place;
use platform::{App, Ctx, Uuid, sql};
use sea_orm::FromQueryResult;
use testkit::Client;

/// Who stands in the registry.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Known {
    pub id: Uuid,
    pub full_name: String,
    pub personal_no: String,
}

/// Grown people of the registry with a number.
pub async fn grown(app: &App, commune: Uuid, limit: usize) -> Vec<Known> {
    sql("SELECT id, full_name, personal_no FROM person WHERE commune_id = $1 AND state = 'present' \
         AND personal_no IS NOT NULL AND birth_date < '1999-01-01' ORDER BY sort_key, id LIMIT $2")
    .bind(commune)
    .bind(i64::try_from(limit).expect("few"))
    .all(&app.db)
    .await
    .expect("people")
}

/// The first official of a role.
pub async fn official(app: &App, commune: Uuid, role: demo::Role) -> Client {
    let ctx = Ctx::system(app, commune, "bench");
    let staff = demo::generate(demo::DEMO_SEED).staff;
    let one = staff.iter().find(|one| one.role == role).expect("the office");
    let account = identity::account_by_login(&ctx, &one.login).await.expect("read").expect("an account");
    session(app, commune, account.id).await
}

/// An account for somebody of the registry.
pub async fn resident(app: &App, commune: Uuid, login: String, name: &str, person: Uuid) -> (Uuid, Client) {
    let ctx = Ctx::system(app, commune, "bench");
    let tx = ctx.begin().await.expect("a transaction");
    let new = NewAccount { login, display_name: name.to_owned(), ..NewAccount::default() };
    let account = identity::account_insert(&ctx, &tx, new, None).await.expect("an account").id;
    let grant = NewGrant {
        account_id: account,
        role: "resident".into(),
        place: Place::new("person", person),
        valid_from: ctx.today(),
        valid_to: None,
    };
    identity::grant_insert(&ctx, &tx, grant).await.expect("a role");
    tx.commit().await.expect("it stands");
    (account, session(app, commune, account).await)
}

async fn session(app: &App, commune: Uuid, account: Uuid) -> Client {
    let value = identity::open_session(app, commune, account, true).await.expect("a session");
    Client::of(app).cookie(&format!("{}={value}", identity::COOKIE))
}
