//! `sandinh init`: a real, empty commune with its first administrator.

use super::place::{config, open};
use super::say;
use crate::cli::Place;
use identity::{NewAccount, NewGrant};
use platform::access::Place as Where;
use platform::{Ctx, Error, Message, Result, Tx, sql};
use std::process::ExitCode;
use units::{Kind, NewUnit};

pub async fn init(place: &Place, name: &str, code: &str, login: &str) -> Result<ExitCode> {
    let app = open(config(place)?).await?;
    if !demo::write::is_empty(&app).await? {
        return Err(Error::conflict("cli-init-not-empty"));
    }
    if code.len() != 5 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return Err(Error::invalid("cli-init-code"));
    }
    let commune = platform::ids::new_id(app.clock.now());
    let ctx = Ctx::system(&app, commune, "commune.init");
    let tx = app.db.begin().await?;
    let link = write(&ctx, &tx, name, code, login).await?;
    tx.commit().await?;
    let address = format!("{}/dat-mat-khau/{link}", app.config.base_url());
    say(Message::new("cli-init-done").with("name", name).with("login", login).with("address", address));
    app.db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The commune, its unit, the administrator; returns the last part of the link that sets the password.
async fn write(ctx: &Ctx, tx: &Tx, name: &str, code: &str, login: &str) -> Result<String> {
    sql("INSERT INTO commune (id, name, host, created_at) VALUES ($1, $2, NULL, $3)")
        .bind(ctx.commune)
        .bind(vntext::clean(name))
        .bind(ctx.now)
        .run(tx)
        .await?;
    let unit = NewUnit {
        kind: Kind::Commune,
        code: code.to_owned(),
        name: name.to_owned(),
        parent_id: None,
        valid_from: ctx.today(),
        note: String::new(),
        source: "sandinh init".to_owned(),
    };
    units::insert(ctx, tx, unit).await?;
    let new =
        NewAccount {
            login: login.to_owned(), display_name: "Quản trị".to_owned(), ..NewAccount::default()
        };
    let account = identity::account_insert(ctx, tx, new, None).await?;
    let grant = NewGrant {
        account_id: account.id,
        role: "admin".to_owned(),
        place: Where::new("commune", ctx.commune),
        valid_from: ctx.today(),
        valid_to: None,
    };
    identity::grant_insert(ctx, tx, grant).await?;
    identity::reset_link_make(ctx, tx, account.id).await
}
