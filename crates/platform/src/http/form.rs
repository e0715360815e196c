//! What a form sent: fields, the idempotency key, the revision, uploaded files.

use crate::app::App;
use crate::{Error, FieldError, Kind, Message, Result, Uuid};
use axum::extract::{FromRequest, Multipart, Request};
use http::header;

/// Longer text is refused at the field; nothing a person types is longer.
const MAX_FIELD: usize = 20_000;
const MAX_FIELDS: usize = 2_000;

/// A file as it came, not yet judged.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The fields of a form, in order. Texts are cleaned (NFC, no control characters) as they come in.
#[derive(Debug, Clone, Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
    /// Texts with the tabs between their cells, for the fields that had any.
    tables: Vec<(String, String)>,
    pub uploads: Vec<Upload>,
}

impl Form {
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Form {
        Form { pairs: pairs.into_iter().collect(), ..Form::default() }
    }

    /// The text of a field, `""` when it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// A table that was pasted: lines of cells parted by tabs, as spreadsheets copy them.
    pub fn table(&self, name: &str) -> &str {
        let found = self.tables.iter().find(|(key, _)| key == name);
        found.map_or_else(|| self.text(name), |(_, value)| value)
    }

    /// The text if there is any.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// All values of a repeated field.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// True when a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        matches!(self.text(name), "1" | "on" | "true")
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The key that makes a second press of the button harmless; every form has one.
    pub fn key(&self) -> Result<Uuid> {
        self.text("khoa").parse().map_err(|_| Error::invalid("error-form-without-key"))
    }

    /// The revision that the form was made from.
    pub fn revision(&self) -> Result<i64> {
        self.text("phien-ban").parse().map_err(|_| Error::invalid("error-form-without-revision"))
    }

    /// An id chosen in the form.
    pub fn id(&self, name: &'static str) -> Result<Option<Uuid>> {
        self.some(name).map(|text| text.parse().map_err(|_| Error::field(name, "error-choose"))).transpose()
    }

    /// A date as dd/mm/yyyy or yyyy-mm-dd.
    pub fn date(&self, name: &'static str) -> Result<Option<chrono::NaiveDate>> {
        self.some(name)
            .map(|text| vntext::date_parse(text).map_err(|_| Error::field(name, "error-date")))
            .transpose()
    }

    /// A whole number, with Vietnamese separators.
    pub fn whole(&self, name: &'static str) -> Result<Option<i64>> {
        self.some(name)
            .map(|text| vntext::parse_whole_vi(text).map_err(|_| Error::field(name, "error-number")))
            .transpose()
    }

    fn push(&mut self, name: String, value: &str) -> Result<()> {
        if value.chars().count() > MAX_FIELD {
            let message = Message::new("error-too-long").with("limit", MAX_FIELD);
            return Err(Error::fields(vec![FieldError { field: name.into(), message }]));
        }
        if self.pairs.len() >= MAX_FIELDS {
            return Err(Error::new(Kind::TooLarge));
        }
        // Line breaks of a text area stay; everything else is cleaned line by line.
        if value.contains('\t') {
            let line = |line: &str| line.split('\t').map(vntext::clean).collect::<Vec<_>>().join("\t");
            let lines: Vec<String> = value.lines().map(line).collect();
            self.tables.push((name.clone(), lines.join("\n")));
        }
        let lines: Vec<String> = value.lines().map(vntext::clean).collect();
        self.pairs.push((name, lines.join("\n").trim().to_owned()));
        Ok(())
    }
}

impl FromRequest<App> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Form> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("multipart/form-data") {
            return from_multipart(request, app).await;
        }
        let pairs = axum::extract::RawForm::from_request(request, app).await.map_err(|rejection| {
            use axum::response::IntoResponse;
            let too_large = rejection.into_response().status() == http::StatusCode::PAYLOAD_TOO_LARGE;
            Error::new(if too_large { Kind::TooLarge } else { Kind::Invalid })
        })?;
        let mut form = Form::default();
        for (name, value) in form_urlencoded::parse(&pairs.0) {
            form.push(name.into_owned(), &value)?;
        }
        Ok(form)
    }
}

async fn from_multipart(request: Request, app: &App) -> Result<Form> {
    let broken = |error: axum::extract::multipart::MultipartError| match error.status() {
        http::StatusCode::PAYLOAD_TOO_LARGE => Error::new(Kind::TooLarge),
        _ => Error::invalid("error-upload-cut"),
    };
    let mut parts = Multipart::from_request(request, app).await.map_err(|_| Error::new(Kind::Invalid))?;
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file) => {
                let bytes = part.bytes().await.map_err(broken)?.to_vec();
                if !file.is_empty() || !bytes.is_empty() {
                    form.uploads.push(Upload { field: name, name: file, bytes });
                }
            }
            None => form.push(name, &part.text().await.map_err(broken)?)?,
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urlencoded_forms_are_read_and_cleaned() {
        let mut form = Form::default();
        for (name, value) in
            form_urlencoded::parse("ten=Nguye%CC%82%CC%83n+V%C4%83n%20A&ghi=a%0D%0A b&x&%zz=1".as_bytes())
        {
            form.push(name.into_owned(), &value).unwrap();
        }
        assert_eq!(form.text("ten"), "Nguyễn Văn A");
        assert_eq!(form.text("ghi"), "a\nb");
        assert_eq!(form.text("%zz"), "1");
        form.push("bang".to_owned(), "1\tViệc\t\tLan \n2\tNữa").unwrap();
        assert_eq!(form.table("bang"), "1\tViệc\t\tLan\n2\tNữa");
        assert_eq!((form.text("bang"), form.table("ghi")), ("1 Việc Lan\n2 Nữa", "a\nb"));
        assert!(form.key().is_err());
    }
}
