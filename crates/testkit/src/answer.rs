//! What came back, with checks that say what they saw.

use http::{HeaderMap, StatusCode, header};

pub struct Answer {
    pub path: String,
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Answer {
        assert_eq!(
            self.status.as_u16(),
            status,
            "{} answered {}:\n{}",
            self.path,
            self.status,
            self.excerpt()
        );
        self
    }

    #[track_caller]
    pub fn ok(&self) -> &Answer {
        self.is(200)
    }

    #[track_caller]
    pub fn shows(&self, text: &str) -> &Answer {
        assert!(self.text().contains(text), "{} does not show {text:?}:\n{}", self.path, self.excerpt());
        self
    }

    #[track_caller]
    pub fn hides(&self, text: &str) -> &Answer {
        assert!(!self.text().contains(text), "{} shows {text:?}:\n{}", self.path, self.excerpt());
        self
    }

    /// The address of a redirect.
    #[track_caller]
    pub fn location(&self) -> String {
        let location = self.headers.get(header::LOCATION);
        let location = location
            .unwrap_or_else(|| panic!("{} leads nowhere ({}):\n{}", self.path, self.status, self.excerpt()));
        location.to_str().expect("ASCII").to_owned()
    }

    #[track_caller]
    pub fn leads_to(&self, start: &str) -> &Answer {
        let location = self.location();
        assert!(location.starts_with(start), "{} leads to {location}, not {start}", self.path);
        self
    }

    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|e| panic!("{} is no JSON ({e}):\n{}", self.path, self.excerpt()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value of a hidden or visible field in the page's first form that has it.
    #[track_caller]
    pub fn field(&self, name: &str) -> String {
        let text = self.text();
        let found = text
            .split("<input")
            .skip(1)
            .find(|tag| tag.split('>').next().is_some_and(|tag| tag.contains(&format!("name=\"{name}\""))));
        let tag = found.unwrap_or_else(|| panic!("{} has no field {name}:\n{}", self.path, self.excerpt()));
        let value = tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next());
        value.unwrap_or_default().to_owned()
    }

    /// The value of a field of the form that goes to `action`.
    #[track_caller]
    pub fn field_of(&self, action: &str, name: &str) -> String {
        let text = self.text();
        let form =
            text.split(&format!("action=\"{action}\"")).nth(1).and_then(|rest| rest.split("</form>").next());
        let form =
            form.unwrap_or_else(|| panic!("{}: no form goes to {action}:\n{}", self.path, self.excerpt()));
        let tag = form.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\"")));
        let tag = tag.unwrap_or_else(|| panic!("{}: the form of {action} has no field {name}", self.path));
        tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }

    fn excerpt(&self) -> String {
        let text = self.text();
        let main = text.find("<main").map_or(text.as_str(), |at| &text[at..]);
        main.chars().take(2500).collect()
    }
}
