//! The one-stop service as JSON, by the same rules as the pages.

mod body;
mod complaint;
mod draft;
mod give;
mod handed;
mod money;
mod office;
mod once;
mod opinion;
mod own;
mod paper;
mod quality;
mod retention;
mod statement;

use platform::Route;
use platform::area::{delete, get as read, post, put};
use utoipa::OpenApi;

pub(crate) fn routes() -> Vec<Route> {
    let office = vec![
        read("/api/v1/procedures", "procedure.list", office::procedures),
        read("/api/v1/procedures/{code}", "procedure.show", office::procedure),
        read("/api/v1/dossiers", "dossier.list", office::list),
        post("/api/v1/dossiers", "dossier.counter", office::create),
        read("/api/v1/dossiers/{id}", "dossier.show", office::show),
        post("/api/v1/dossiers/{id}/acts/{act}", "dossier.work", office::act),
        read("/api/v1/dossiers/{id}/papers", "dossier.show", give::papers),
        read("/api/v1/dossiers/{id}/papers/{paper}", "dossier.show", give::paper),
        post("/api/v1/dossiers/{id}/result", "dossier.work", give::result),
        read("/api/v1/dossiers/{id}/paper", "dossier.show", paper::show),
        put("/api/v1/dossiers/{id}/paper", "dossier.work", paper::draft),
        post("/api/v1/dossiers/{id}/paper/signature", "dossier.work", paper::sign),
        read("/api/v1/papers/{code}", "paper.check", crate::result::api::check),
        post("/api/v1/dossiers/{id}/cash", "payment.cash", money::cash),
        post("/api/v1/dossiers/{id}/supplements", "dossier.counter", handed::supplement),
        post("/api/v1/dossiers/{id}/payments", "payment.cash", handed::payment),
        read("/api/v1/payments", "payment.list", money::list),
        post("/api/v1/statements", "payment.statement", statement::take),
        read("/api/v1/statements", "payment.list", statement::list),
        read("/api/v1/statements/{id}", "payment.list", statement::show),
        read("/api/v1/dossiers/{id}/opinions", "dossier.show", opinion::list),
        post("/api/v1/dossiers/{id}/opinions", "dossier.work", opinion::ask),
        post("/api/v1/dossiers/{id}/opinions/{opinion}/withdraw", "dossier.work", opinion::withdraw),
        read("/api/v1/retention", "retention.list", retention::due),
        post("/api/v1/retention", "retention.decide", retention::decide),
        read("/api/v1/retention/{id}", "retention.list", retention::show),
        post("/api/v1/retention/{id}/destroy", "retention.destroy", retention::destroy),
        read("/api/v1/quality", "quality.show", quality::show),
        read("/api/v1/complaints", "complaint.list", complaint::list),
        post("/api/v1/complaints/{id}/answer", "complaint.answer", complaint::answer),
        read("/api/v1/opinions", "opinion.mine", opinion::mine),
        post("/api/v1/opinions/{id}/answer", "opinion.answer", opinion::answer),
        post("/api/v1/opinions/{id}/decline", "opinion.answer", opinion::decline),
    ];
    let own = vec![
        read("/api/v1/drafts", "dossier.draft", draft::list),
        post("/api/v1/drafts", "dossier.draft", draft::begin),
        read("/api/v1/drafts/{id}", "dossier.draft", draft::show),
        put("/api/v1/drafts/{id}", "dossier.draft", draft::save),
        delete("/api/v1/drafts/{id}", "dossier.draft", draft::throw_away),
        post("/api/v1/drafts/{id}/linked", "dossier.draft", draft::link),
        post("/api/v1/drafts/{id}/submit", "dossier.draft", draft::submit),
        post("/api/v1/drafts/{id}/papers", "dossier.draft", give::add),
        read("/api/v1/drafts/{id}/papers/{paper}", "dossier.draft", give::draft_paper),
        delete("/api/v1/drafts/{id}/papers/{paper}", "dossier.draft", give::drop),
        read("/api/v1/my/dossiers", "dossier.mine", own::list),
        read("/api/v1/my/dossiers/{id}", "dossier.mine", own::show),
        read("/api/v1/my/dossiers/{id}/papers/{paper}", "dossier.mine", own::paper),
        post("/api/v1/my/dossiers/{id}/answer", "dossier.mine", own::answer),
        post("/api/v1/my/dossiers/{id}/withdrawal", "dossier.mine", own::withdraw),
        post("/api/v1/my/dossiers/{id}/rating", "dossier.mine", own::rate),
        read("/api/v1/my/dossiers/{id}/complaints", "dossier.mine", complaint::mine),
        post("/api/v1/my/dossiers/{id}/complaints", "dossier.mine", complaint::send),
        post("/api/v1/my/dossiers/{id}/complaints/{complaint}/withdraw", "dossier.mine", complaint::withdraw),
        post("/api/v1/my/dossiers/{id}/complaints/{complaint}/rating", "dossier.mine", complaint::rate),
    ];
    [office, own].concat()
}

#[derive(OpenApi)]
#[openapi(paths(
    office::procedures,
    office::procedure,
    office::list,
    office::create,
    office::show,
    office::act,
    give::papers,
    give::paper,
    give::result,
    give::add,
    give::draft_paper,
    give::drop,
    paper::show,
    paper::draft,
    paper::sign,
    crate::result::api::check,
    money::cash,
    money::list,
    statement::take,
    statement::list,
    statement::show,
    handed::supplement,
    handed::payment,
    crate::behalf::api::list,
    draft::list,
    draft::begin,
    draft::show,
    draft::save,
    draft::throw_away,
    draft::link,
    draft::submit,
    quality::show,
    retention::due,
    retention::show,
    retention::decide,
    retention::destroy,
    complaint::list,
    complaint::answer,
    complaint::mine,
    complaint::send,
    complaint::withdraw,
    complaint::rate,
    opinion::list,
    opinion::ask,
    opinion::withdraw,
    opinion::mine,
    opinion::answer,
    opinion::decline,
    own::list,
    own::show,
    own::paper,
    own::answer,
    own::withdraw,
    own::rate,
))]
struct Paths;

/// This area's part of the description of the API.
pub(crate) fn paths() -> utoipa::openapi::OpenApi {
    Paths::openapi()
}
