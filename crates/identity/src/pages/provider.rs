//! Services by which people sign in, as the administrator keeps and tries them.

use super::{again, page, problem, shown_in_form};
use crate::provider::talk;
use crate::{
    Provider, RawProvider, provider_find, provider_insert, provider_list, provider_set_active,
    provider_update,
};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use openidconnect::core::CoreProviderMetadata;
use platform::http::{Form, Note};
use platform::once::{self, Once};
use platform::{Ctx, Error, Result, Tx, Uuid};
use ui::{FieldErrors, Shell};

const HERE: &str = "/lam-viec/dich-vu-dang-nhap";

#[derive(Template)]
#[template(path = "providers.html")]
struct ProvidersPage {
    shell: Shell,
    providers: Vec<Provider>,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "provider.html")]
struct ProviderPage {
    shell: Shell,
    /// None while it is being added.
    provider: Option<Provider>,
    typed: RawProvider,
    /// What the service has to be told.
    back: String,
    key: Uuid,
    /// What a try brought: true and sentences.
    tried: Option<(bool, Vec<String>)>,
    problem: String,
    errors: FieldErrors,
}

impl ProviderPage {
    fn url(&self) -> String {
        self.provider.as_ref().map_or_else(|| HERE.to_owned(), |provider| format!("{HERE}/{}", provider.id))
    }
}

pub(crate) async fn list(ctx: Ctx) -> Result<Response> {
    let shell = Shell::of(&ctx, "providers-title").await?.crumb(ctx.t().t("providers-title"), "");
    let (providers, may_change) = (provider_list(&ctx).await?, ctx.may("provider.update"));
    Ok(page(ui::render(&ProvidersPage { shell, providers, may_change })?, StatusCode::OK))
}

fn raw(form: &Form) -> RawProvider {
    let text = |name: &str| form.text(name).to_owned();
    RawProvider {
        name_vi: text("ten-vi"),
        name_en: text("ten-en"),
        issuer: text("dia-chi"),
        client_id: text("ma-ung-dung"),
        client_secret: text("khoa-bi-mat"),
        scopes: text("pham-vi"),
        number_claim: text("truong-so"),
        level_claim: text("truong-muc"),
        levels: text("muc"),
        makes_accounts: form.ticked("tao-tai-khoan"),
        links_people: form.ticked("noi-nguoi"),
    }
}

fn stored(provider: &Provider) -> RawProvider {
    RawProvider {
        name_vi: provider.name_vi.clone(),
        name_en: provider.name_en.clone(),
        issuer: provider.issuer.clone(),
        client_id: provider.client_id.clone(),
        client_secret: String::new(),
        scopes: provider.scopes.clone(),
        number_claim: provider.number_claim.clone(),
        level_claim: provider.level_claim.clone(),
        levels: provider.levels.clone(),
        makes_accounts: provider.makes_accounts,
        links_people: provider.links_people,
    }
}

async fn draw(
    ctx: &Ctx,
    provider: Option<Provider>,
    form: Option<&Form>,
    tried: Option<(bool, Vec<String>)>,
    error: Option<&Error>,
) -> Result<String> {
    let t = ctx.t();
    let title = provider.as_ref().map_or_else(|| t.t("provider-new"), |one| one.name(ctx.lang).to_owned());
    let shell = Shell::of(ctx, &title).await?.crumb(t.t("providers-title"), HERE).crumb(title, "");
    let typed = match (form, &provider) {
        (Some(form), _) => raw(form),
        (None, Some(provider)) => stored(provider),
        (None, None) => RawProvider { scopes: "openid profile".to_owned(), ..RawProvider::default() },
    };
    ui::render(&ProviderPage {
        shell,
        typed,
        back: provider.as_ref().map_or_else(String::new, |one| talk::return_address(ctx, one.id)),
        provider,
        key: ctx.new_id(),
        tried,
        problem: problem(ctx, error),
        errors: error.map_or_else(FieldErrors::default, |error| FieldErrors::from_error(error, t)),
    })
}

pub(crate) async fn new(ctx: Ctx) -> Result<Response> {
    Ok(page(draw(&ctx, None, None, None, None).await?, StatusCode::OK))
}

pub(crate) async fn edit(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let provider = provider_find(&ctx, id).await?;
    Ok(page(draw(&ctx, Some(provider), None, None, None).await?, StatusCode::OK))
}

/// Runs one change as a form: once, then to the address that it gives.
async fn apply<F>(ctx: &Ctx, id: Option<Uuid>, form: &Form, note: &'static str, rule: F) -> Result<Response>
where
    F: AsyncFnOnce(&Tx) -> Result<Uuid>,
{
    let key = form.key()?;
    let done = async {
        match once::begin(ctx, key).await? {
            Once::Again(url) => Ok(url),
            Once::First(tx) => {
                let url = format!("{HERE}/{}", rule(&tx).await?);
                once::finish(ctx, tx, key, &url).await?;
                Ok(url)
            }
        }
    };
    match done.await {
        Ok(url) => Ok(Note::new(note).see_other(&url)),
        Err(error) if shown_in_form(&error) => {
            let provider = match id {
                Some(id) => Some(provider_find(ctx, id).await?),
                None => None,
            };
            Ok(again(&error, draw(ctx, provider, Some(form), None, Some(&error)).await?))
        }
        Err(error) => Err(error),
    }
}

pub(crate) async fn create(ctx: Ctx, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| provider_insert(&ctx, tx, &raw(&form)).await;
    apply(&ctx, None, &form, "provider-added", rule).await
}

pub(crate) async fn update(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let rule = async |tx: &Tx| {
        provider_update(&ctx, tx, id, form.revision()?, &raw(&form)).await?;
        Ok(id)
    };
    apply(&ctx, Some(id), &form, "profile-saved", rule).await
}

pub(crate) async fn turn(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    let on = form.ticked("bat");
    let rule = async |tx: &Tx| {
        provider_set_active(&ctx, tx, id, form.revision()?, on).await?;
        Ok(id)
    };
    apply(&ctx, None, &form, if on { "provider-on" } else { "provider-off" }, rule).await
}

/// Reads what the service says of itself and tells in plain words whether it will do. Changes nothing.
pub(crate) async fn attempt(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let provider = provider_find(&ctx, id).await?;
    let tried = match talk::discover(&ctx, &provider).await {
        Ok(metadata) => judged(&ctx, &metadata),
        Err(error) if shown_in_form(&error) => (false, vec![error.message.text(ctx.t())]),
        Err(error) => return Err(error),
    };
    Ok(page(draw(&ctx, Some(provider), None, Some(tried), None).await?, StatusCode::OK))
}

fn judged(ctx: &Ctx, metadata: &CoreProviderMetadata) -> (bool, Vec<String>) {
    let t = ctx.t();
    let code = metadata
        .response_types_supported()
        .iter()
        .any(|kinds| kinds.iter().any(|kind| matches!(kind, openidconnect::core::CoreResponseType::Code)));
    let missing = [
        (metadata.token_endpoint().is_none(), "provider-try-no-token"),
        (!code, "provider-try-no-code"),
        (metadata.jwks().keys().is_empty(), "provider-try-no-keys"),
    ];
    let wrong: Vec<String> = missing.iter().filter(|(is, _)| *is).map(|(_, key)| t.t(key)).collect();
    if !wrong.is_empty() {
        return (false, wrong);
    }
    (true, vec![t.n("provider-try-good", "count", metadata.jwks().keys().len())])
}
