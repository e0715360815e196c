//! Sending back, ending and opening again.

use super::rules;
use axum::extract::Path;
use axum::response::Response;
use platform::http::{Form, Note, Start, settle, start};
use platform::{Ctx, Result, Uuid};

macro_rules! act {
    ($(#[$about:meta])* $name:ident, $field:literal, $note:literal) => {
        $(#[$about])*
        pub(super) async fn $name(ctx: Ctx, Path(id): Path<Uuid>, sent: Form) -> Result<Response> {
            let (key, tx) = match start(&ctx, &sent).await? {
                Start::Again(answer) => return Ok(answer),
                Start::First(key, tx) => (key, tx),
            };
            let done = rules::$name(&ctx, &tx, id, sent.text($field)).await;
            let done = done.map(|one| (one.path(), Note::new($note)));
            match settle(&ctx, key, tx, done).await? {
                Ok(answer) => Ok(answer),
                Err(error) => super::show::again(&ctx, id, &sent, error).await,
            }
        }
    };
}

act!(refuse, "ly-do", "office-incoming-refused");
act!(finish, "ghi-chu", "office-incoming-finished");
act!(reopen, "ly-do", "office-incoming-reopened");
