//! One row of a file as a form, to be put right or left out.

use crate::import::row::Texts;
use crate::import::store::{self, Kept, RowState};
use crate::import::{SPECS, rules, schema};
use crate::lists;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::http::{Form, Note, Start, html, start};
use platform::{Ctx, Error, Result, Uuid, once};
use ui::form::{FormPage, Input, Look};
use ui::{FieldErrors, Shell, Status};

#[derive(askama::Template)]
#[template(path = "import/row.html")]
struct RowPage {
    shell: Shell,
    form: FormPage,
    drop_url: String,
    drop_key: String,
}

pub(crate) async fn show(ctx: Ctx, Path((id, row)): Path<(Uuid, u32)>) -> Result<Response> {
    let kept = waiting(&ctx, id, row).await?;
    Ok(html(ui::render(&page(&ctx, id, &kept).await?)?))
}

async fn waiting(ctx: &Ctx, id: Uuid, row: u32) -> Result<Kept> {
    let kept = store::row(ctx, &ctx.app.db, id, row).await?;
    if matches!(kept.state, RowState::Ready | RowState::Faulty) { Ok(kept) } else { Err(Error::not_found()) }
}

async fn page(ctx: &Ctx, id: Uuid, kept: &Kept) -> Result<RowPage> {
    let t = ctx.t();
    let batch = store::find(ctx, &ctx.app.db, id).await?;
    let row = kept.line.row.to_string();
    let title = t.s("registry-import-row-no", "row", &row);
    let shell = Shell::of(ctx, &title).await?;
    let shell = shell
        .crumb(t.t("registry-import-title"), "/lam-viec/nhap")
        .crumb(&batch.file_name, &batch.path())
        .crumb(&title, "");
    let action = format!("{}/dong/{row}", batch.path());
    let mut form = FormPage::new(ctx, shell.clone(), &action, batch.path());
    form.lead = t.t("registry-import-mend-lead");
    form.inputs = inputs(ctx, kept)?;
    form.errors = errors(ctx, kept);
    form.submit = t.t("registry-import-mend-save");
    let others = kept.verdict.odd.iter().map(|problem| problem.text(t)).collect::<Vec<_>>().join(" ");
    form.warning = (!others.is_empty()).then_some((Status::Soon, others));
    Ok(RowPage { drop_url: format!("{action}/bo"), drop_key: ctx.new_id().to_string(), form, shell })
}

fn inputs(ctx: &Ctx, kept: &Kept) -> Result<Vec<Input>> {
    let (schema, lists) = (schema::load(ctx)?, lists::load(ctx)?);
    let fields = SPECS.iter().zip(&schema.fields).filter(|(spec, _)| spec.key != "row_no");
    let input = |(spec, field): (&schema::Spec, &vnsheet::Field)| {
        let input =
            Input::new(Look::Text, spec.form, field.heading().to_owned()).value(kept.line.text(spec.key));
        let words = match spec.key {
            "relation" => {
                lists.relation.items().iter().map(|item| item.vi.as_str()).collect::<Vec<_>>().join("; ")
            }
            "sex" => "Nam; Nữ".to_owned(),
            _ => String::new(),
        };
        let input = input.help(words);
        if spec.key == "full_name" { input } else { input.optional() }
    };
    Ok(fields.map(input).collect())
}

/// The sentences of the last check, at their fields.
fn errors(ctx: &Ctx, kept: &Kept) -> FieldErrors {
    kept.verdict.wrong.iter().fold(FieldErrors::default(), |errors, problem| {
        let form = schema::find(&problem.field).map_or(problem.field.as_str(), |spec| spec.form);
        if errors.at(form).is_empty() { errors.with(form, problem.text(ctx.t())) } else { errors }
    })
}

pub(crate) async fn save(ctx: Ctx, Path((id, row)): Path<(Uuid, u32)>, form: Form) -> Result<Response> {
    let (key, tx) = match start(&ctx, &form).await? {
        Start::Again(answer) => return Ok(answer),
        Start::First(key, tx) => (key, tx),
    };
    let typed = |spec: &schema::Spec| Some((spec.key.to_owned(), form.some(spec.form)?.to_owned()));
    let texts: Texts = SPECS.iter().filter_map(typed).collect();
    let batch = rules::mend(&ctx, &tx, id, row, Some(&texts)).await?;
    let kept = store::row(&ctx, &tx, id, row).await?;
    let right = kept.state == RowState::Ready;
    // What was typed is kept also while it is wrong: the list shows what is left to mend.
    once::finish(&ctx, tx, key, &batch.path()).await?;
    if right {
        return Ok(Note::new("registry-import-mended").see_other(&batch.path()));
    }
    Ok((platform::Kind::Invalid.status(), html(ui::render(&page(&ctx, id, &kept).await?)?)).into_response())
}

pub(crate) async fn drop(ctx: Ctx, Path((id, row)): Path<(Uuid, u32)>, form: Form) -> Result<Response> {
    match start(&ctx, &form).await? {
        Start::Again(answer) => Ok(answer),
        Start::First(key, tx) => {
            let batch = rules::mend(&ctx, &tx, id, row, None).await?;
            once::finish(&ctx, tx, key, &batch.path()).await?;
            Ok(Note::new("registry-import-dropped").see_other(&batch.path()))
        }
    }
}
