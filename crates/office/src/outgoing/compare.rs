//! Two versions side by side: lines that went and came, and the words that changed in them.

use super::model::{Draft, Version};
use super::{PATH, store, trail};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use platform::http::html;
use platform::{Ctx, Error, Result, Uuid};
use similar::{ChangeTag, TextDiff};
use std::collections::HashMap;
use ui::{Html, Shell};

#[derive(Template)]
#[template(path = "outgoing-compare.html")]
struct ComparePage {
    shell: Shell,
    path: String,
    older: String,
    newer: String,
    parts: Vec<Part>,
}

/// A member of the draft that changed.
struct Part {
    name: String,
    lines: Vec<Html>,
}

pub(super) async fn show(
    ctx: Ctx,
    Path(id): Path<Uuid>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response> {
    let one = store::find(&ctx, &ctx.app.db, id).await?;
    let serial = |name: &str| query.get(name).and_then(|text| text.parse::<i64>().ok());
    let (older, newer) = serial("truoc").zip(serial("sau")).ok_or_else(Error::not_found)?;
    let older = trail::version(&ctx, id, older).await?;
    let newer = trail::version(&ctx, id, newer).await?;
    let t = ctx.t();
    let shell = Shell::of(&ctx, "office-outgoing-compare").await?.crumb(t.t("office-outgoing"), PATH);
    let shell = shell.crumb(&one.subject, &one.path()).crumb(t.t("office-outgoing-compare"), "");
    let told = |version: &Version| {
        format!("{}, {}", t.n("office-outgoing-version", "count", version.serial), t.moment(version.at))
    };
    let page = ComparePage {
        path: one.path(),
        older: told(&older),
        newer: told(&newer),
        parts: parts(&ctx, &older.content, &newer.content),
        shell,
    };
    Ok(html(ui::render(&page)?))
}

fn parts(ctx: &Ctx, older: &Draft, newer: &Draft) -> Vec<Part> {
    let rest = |draft: &Draft| {
        let kind = format!("{}/{}", draft.issuer, draft.kind);
        let words = [
            kind,
            draft.field.clone(),
            draft.mark.clone(),
            draft.copies.to_string(),
            draft.urgency.to_string(),
            draft.signer.clone(),
            draft.circulation.clone(),
            if draft.landscape { ctx.t().t("office-outgoing-landscape") } else { String::new() },
        ];
        words.join("\n")
    };
    let members = [
        ("office-outgoing-subject", older.subject.clone(), newer.subject.clone()),
        ("office-outgoing-to", older.to.clone(), newer.to.clone()),
        ("office-outgoing-grounds", older.grounds.clone(), newer.grounds.clone()),
        ("office-outgoing-body", older.body.clone(), newer.body.clone()),
        ("office-outgoing-appendices", older.appendices.clone(), newer.appendices.clone()),
        ("office-outgoing-receivers", older.receivers.clone(), newer.receivers.clone()),
        ("office-outgoing-rest", rest(older), rest(newer)),
    ];
    let changed = members.into_iter().filter(|(_, older, newer)| older != newer);
    changed.map(|(key, older, newer)| Part { name: ctx.t().t(key), lines: lines(&older, &newer) }).collect()
}

/// Lines as HTML: `del` and `ins`, with the changed words in `mark`.
fn lines(older: &str, newer: &str) -> Vec<Html> {
    let (older, newer) = (format!("{older}\n"), format!("{newer}\n"));
    let diff = TextDiff::from_lines(older.as_str(), newer.as_str());
    let mut all = Vec::new();
    for op in diff.ops() {
        for change in diff.iter_inline_changes(op) {
            let words = change.iter_strings_lossy().map(|(changed, words)| {
                let words = Html::text(words.trim_end_matches('\n')).0;
                if changed && change.tag() != ChangeTag::Equal {
                    format!("<mark>{words}</mark>")
                } else {
                    words
                }
            });
            let words: String = words.collect();
            if words.is_empty() {
                continue;
            }
            all.push(Html(match change.tag() {
                ChangeTag::Equal => words,
                ChangeTag::Delete => format!("<del>{words}</del>"),
                ChangeTag::Insert => format!("<ins>{words}</ins>"),
            }));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_marked_and_stays_text() {
        let all =
            lines("Điều 1. Giao cho ông An.\nĐiều 2. <b>", "Điều 1. Giao cho bà Mỷ.\nĐiều 2. <b>\nĐiều 3.");
        let all: Vec<&str> = all.iter().map(|line| line.0.as_str()).collect();
        assert!(all[0].starts_with("<del>Điều 1. Giao cho ") && all[0].contains("<mark>"), "{all:?}");
        assert!(all[1].starts_with("<ins>") && all[1].contains("Mỷ"), "{all:?}");
        assert!(all.iter().any(|line| line.contains("&lt;b") || line.contains("&#60;b")), "{all:?}");
        assert_eq!(*all.last().unwrap(), "<ins>Điều 3.</ins>");
        assert!(all.iter().all(|line| !line.contains("<b>")));
    }
}
