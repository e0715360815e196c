//! Files that go out: the empty form, the own file with remarks, the export of everybody.

use crate::export;
use crate::import::store::{self, RowState};
use crate::import::{read, schema};
use crate::lists;
use audit::Entry;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use platform::files;
use platform::http::{Form, Start, download, start};
use platform::{Ctx, Error, Result, Uuid, once};
use serde_json::json;
use ui::form::{FormPage, Input, Look};
use ui::{FieldErrors, Shell, Status};
use vnsheet::{Remark, SampleText};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// For what a copy may leave the registry: keys of the locales, kept in the record that the people can see.
const PURPOSES: [&str; 4] = [
    "registry-export-for-review",
    "registry-export-for-statistics",
    "registry-export-for-authority",
    "registry-export-for-copy",
];

/// The empty form with lists of words in its cells.
pub(crate) async fn sample(ctx: Ctx) -> Result<Response> {
    let t = ctx.t();
    let villages: Vec<String> =
        units::village_list(&ctx, ctx.today()).await?.into_iter().map(|unit| unit.name).collect();
    let schema = schema::with_lists(&schema::load(&ctx)?, &*lists::load(&ctx)?, &villages);
    let text = SampleText {
        sheet: "Dân cư".to_owned(),
        title: Some(t.t("registry-import-sample-title")),
        notes: vec![t.t("registry-import-sample-note")],
        allowed: "Danh mục".to_owned(),
        required_mark: " (*)".to_owned(),
    };
    let bytes = vnsheet::sample(&schema, &text).map_err(Error::internal)?;
    Ok(download("Mẫu danh sách dân cư.xlsx", XLSX, bytes))
}

/// The file as it was uploaded, with a column that says what is wrong in each faulty row.
pub(crate) async fn annotated(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let t = ctx.t();
    let batch = store::find(&ctx, &ctx.app.db, id).await?;
    let file = files::find(&ctx, &ctx.app.db, batch.file_id.ok_or_else(Error::not_found)?).await?;
    let bytes = files::read(&ctx, &file).await?;
    let schema = schema::load(&ctx)?;
    let heading = |key: &str| schema.index(key).map_or(key, |at| schema.fields[at].heading()).to_owned();
    let mut remarks = Vec::new();
    for kept in store::rows(&ctx, &ctx.app.db, id, &[RowState::Faulty]).await? {
        remarks.extend(kept.verdict.wrong.iter().map(|problem| Remark {
            row: kept.line.row,
            text: format!("{}: {}", heading(&problem.field), problem.text(t)),
        }));
    }
    let (sheet, row) = (batch.plan.proposal.sheet, batch.plan.proposal.mapping.header_last);
    let column = t.t("registry-import-remark");
    let made = tokio::task::spawn_blocking(move || {
        vnsheet::annotate(&bytes, &read::LIMITS, sheet, row, &column, &remarks)
    });
    let bytes = made.await.map_err(Error::internal)?.map_err(Error::internal)?;
    let stem = batch.file_name.rsplit_once('.').map_or(batch.file_name.as_str(), |(stem, _)| stem);
    Ok(download(&format!("{stem} - {}.xlsx", t.t("registry-import-remark")), XLSX, bytes))
}

/// Asks for whom and why, before a copy of personal data leaves the registry.
pub(crate) async fn export_form(ctx: Ctx) -> Result<Response> {
    export_page(&ctx).await?.answer()
}

async fn export_page(ctx: &Ctx) -> Result<FormPage> {
    let t = ctx.t();
    let shell = Shell::of(ctx, "registry-export-title").await?;
    let shell =
        shell.crumb(t.t("registry-import-title"), "/lam-viec/nhap").crumb(t.t("registry-export-title"), "");
    let villages = units::village_list(ctx, ctx.today()).await?;
    let seen = villages.into_iter().filter(|unit| ctx.scope.covers("village", unit.id));
    let mut page = FormPage::new(ctx, shell, "/lam-viec/xuat", "/lam-viec/nhap");
    page.lead = t.t("registry-export-lead");
    page.warning = Some((Status::Soon, t.t("registry-export-warning")));
    page.inputs = vec![
        Input::new(Look::Select, "thon", t.t("registry-village"))
            .optional()
            .among(seen.map(|unit| (unit.id.to_string(), unit.name)).collect())
            .empty(t.t("registry-all-villages")),
        Input::new(Look::Radios, "muc-dich", t.t("registry-export-purpose"))
            .help(t.t("registry-export-purpose-help"))
            .among(PURPOSES.iter().map(|key| ((*key).to_owned(), t.t(key))).collect()),
    ];
    page.submit = t.t("registry-export-make");
    page.icon = "download";
    Ok(page)
}

/// Makes the file and records who took whose data and why, before the first byte goes out.
pub(crate) async fn export(ctx: Ctx, form: Form) -> Result<Response> {
    let Some(purpose) = PURPOSES.into_iter().find(|key| *key == form.text("muc-dich")) else {
        let error = Error::field("muc-dich", "registry-export-purpose-empty");
        let mut page = export_page(&ctx).await?;
        page.errors = FieldErrors::from_error(&error, ctx.t());
        return Ok((error.kind.status(), page.answer()?).into_response());
    };
    let village = form.id("thon")?;
    if let Some(village) = village {
        ctx.scope.require("village", village)?;
    }
    let exported = export::export(&ctx, &Vec::from_iter(village)).await?;
    match start(&ctx, &form).await? {
        Start::Again(_) => {}
        Start::First(key, tx) => {
            let fields = ["full_name", "birth", "personal_no", "phone", "address", "insurance_no"];
            audit::viewed(&ctx, &tx, &exported.people, purpose, &fields).await?;
            let detail = json!({ "people": exported.people.len(), "village": village });
            let entry = Entry { action: "household.export", kind: "commune", id: ctx.commune, detail };
            audit::record(&ctx, &tx, entry).await?;
            once::finish(&ctx, tx, key, "/lam-viec/xuat").await?;
        }
    }
    Ok(download(&format!("Dân cư {}.xlsx", ctx.today()), XLSX, exported.bytes))
}
