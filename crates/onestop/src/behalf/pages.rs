//! "Nộp cho ai?": the reader, or somebody of the household.

use super::rules::{self, Member};
use crate::procedure::catalogue;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result};
use ui::Shell;

struct Choice {
    /// Where the form begins, or goes on; `""` where the desk helps.
    url: String,
    name: String,
    line: String,
    /// Why the reader may file, or what to do.
    why: String,
}

#[derive(Template)]
#[template(path = "behalf.html")]
struct ChoosePage {
    shell: Shell,
    choices: Vec<Choice>,
    own: String,
    /// Nobody files this for another.
    in_person: bool,
    back: String,
}

pub(super) async fn choose(ctx: Ctx, Path(code): Path<String>) -> Result<Response> {
    let procedure = catalogue(&ctx).await?.get(&code)?.procedure.clone();
    if !procedure.by_phone() || !procedure.alone() {
        return Err(Error::not_found());
    }
    if ctx.scope.ids("person").is_empty() {
        return Err(Error::invalid("onestop-for-whom-unknown"));
    }
    let in_person = !rules::may_be_for(&ctx, &code)?;
    let members = rules::members(&ctx, &code).await?;
    let shown: Vec<_> = members.iter().map(|member| member.person.id).collect();
    let tx = ctx.begin().await?;
    audit::viewed(&ctx, &tx, &shown, "procedure", &["full_name", "birth_date"]).await?;
    tx.commit().await?;
    let t = ctx.t();
    let words = registry::lists::load(&ctx)?;
    let choice = |Member { person, ground }: &Member| {
        let relation = words.relation.label(&person.place.relation, ctx.lang);
        let birth = registry::person::birth_text(&person.facts);
        Choice {
            url: ground.map(|_| format!("/thu-tuc/{code}/moi/{}", person.id)).unwrap_or_default(),
            name: person.facts.full_name.clone(),
            line: t.a("onestop-behalf-line", &[("relation", relation.into()), ("birth", birth.into())]),
            why: match ground {
                Some((_, true)) => t.t("onestop-behalf-will-agree"),
                Some((ground, false)) => format!("{}.", t.t(ground.text_key())),
                None => t.t("onestop-behalf-none"),
            },
        }
    };
    let name = procedure.name.of(ctx.lang);
    let shell = Shell::public(&ctx, "onestop-behalf-whom").await?;
    let shell = shell.crumb(name, &format!("/thu-tuc/{code}")).crumb(t.t("onestop-behalf-whom"), "");
    let page = ChoosePage {
        choices: members.iter().map(choice).collect(),
        own: format!("/thu-tuc/{code}/lam"),
        back: format!("/thu-tuc/{code}"),
        in_person,
        shell,
    };
    Ok(html(ui::render(&page)?))
}
