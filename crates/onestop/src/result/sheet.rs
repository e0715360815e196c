//! A paper becomes a PDF, by the layout in force (`data/document-layout`). The same row gives the same bytes, so that a
//! file signed elsewhere can be compared with what was given out.

use super::model::{Paper, State};
use super::template::{begun, commune, short};
use chrono::{DateTime, Datelike, Utc};
use platform::{Ctx, Error, Lang, Result, T};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    #[serde(default)]
    unverified: bool,
    margins: BTreeMap<String, f64>,
    sizes: BTreeMap<String, f64>,
    heading: Heading,
    /// By role of the account that signs.
    signer: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    state: String,
    motto: String,
    issuer: Vec<String>,
}

/// The paper as PDF: with "DỰ THẢO" across it and without number and date while it is a draft.
///
/// # Errors
/// A layout that does not fit, or a text that cannot be set.
pub(super) async fn pdf(ctx: &Ctx, paper: &Paper) -> Result<Vec<u8>> {
    let template = begun(ctx, &paper.template, paper.template_from)?;
    let day = paper.numbered_at.map_or_else(|| ctx.today(), platform::clock::local_date);
    let layout = ctx.app.law.in_force::<Layout>("document-layout", day)?.content;
    let name = commune(ctx).await?;
    let t = T(Lang::Vi);
    let draft = paper.state == State::Draft;
    let url = format!("{}{}", ctx.app.config.base_url(), paper.check_path());
    let issuer = layout.heading.issuer.iter().map(|line| line.replace("{COMMUNE}", &name.to_uppercase()));
    let capital = short(name.trim_start_matches("xã ").trim_start_matches("phường "));
    let role = if paper.signer_role.is_empty() { "chairman" } else { &paper.signer_role };
    let signer = layout.signer.get(role).cloned().unwrap_or_default();
    let number = paper.number.map(|number| format!("{number:02}")).unwrap_or_else(|| "      ".to_owned());
    let data = json!({
        "layout": &*layout,
        "draft": draft,
        "number": number,
        "symbol": paper.symbol,
        "place_and_date": format!("{capital}, {}", dated(paper.numbered_at, ctx)),
        "issuer": issuer.collect::<Vec<_>>(),
        "title": template.heading,
        "subject": paper.subject,
        "paragraphs": paper.body.lines().map(paragraph).collect::<Vec<_>>(),
        "signer": signer,
        "signer_name": paper.signer_name,
        "receivers": paper.receivers.lines().collect::<Vec<_>>(),
        "code": !draft,
        "code_alt": t.s("onestop-paper-qr", "code", &paper.code),
        "note": [t.t("onestop-paper-signed-note"), t.s("onestop-paper-check-note", "url", &url)],
    });
    let drawing = ui::qr::svg(&url, "")?.0.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1);
    let at = paper.numbered_at.unwrap_or(ctx.now);
    let work = move || {
        let files = BTreeMap::from([("code.svg".to_owned(), drawing.into_bytes())]);
        typeset::pdf(&typeset::Sheet { template: typeset::DECREE30, data: &data, files: &files, at })
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

/// `ngày 05 tháng 01 năm 2026`: days below ten and the months 1 and 2 get a zero (Decree 30/2020, Annex I).
fn dated(at: Option<DateTime<Utc>>, ctx: &Ctx) -> String {
    match at.map(platform::clock::local_date) {
        Some(day) if day.month() < 3 => {
            format!("ngày {:02} tháng {:02} năm {}", day.day(), day.month(), day.year())
        }
        Some(day) => format!("ngày {:02} tháng {} năm {}", day.day(), day.month(), day.year()),
        None => format!("ngày       tháng       năm {}", ctx.today().year()),
    }
}

/// How a line of the text is set.
fn paragraph(line: &str) -> serde_json::Value {
    let line = line.trim();
    let kind = |kind: &str, head: &str, text: &str| json!({ "kind": kind, "head": head, "text": text });
    if let Some((article, text)) = article(line) {
        return kind("article", article, text);
    }
    match line {
        _ if line.ends_with("QUYẾT ĐỊNH:") => kind("middle", "", line),
        _ if line.starts_with("Căn cứ ") || line.starts_with("Xét ") || line.starts_with("Theo đề nghị ") => {
            kind("ground", "", line)
        }
        _ => kind("plain", "", line),
    }
}

/// `Điều 1.` and what follows.
fn article(line: &str) -> Option<(&str, &str)> {
    let after = line.strip_prefix("Điều ")?;
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    let rest = after[digits..].strip_prefix('.').filter(|_| digits > 0)?;
    Some((line[..line.len() - rest.len()].trim_end(), rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_set_by_what_they_say() {
        assert_eq!(article("Điều 12. Hiệu lực."), Some(("Điều 12.", "Hiệu lực.")));
        assert_eq!(article("Điều kiện sống."), None);
        assert_eq!(article("Như Điều 3."), None);
        assert_eq!(paragraph("QUYẾT ĐỊNH:")["kind"], "middle");
        assert_eq!(paragraph("Căn cứ Luật Hộ tịch;")["kind"], "ground");
        assert_eq!(paragraph("Ông (bà): …")["kind"], "plain");
    }
}
