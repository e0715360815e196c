use crate::{Appearance, Html, asset, icon};
use platform::T;

/// What the frame of every page needs. Templates keep it in a field named `shell`; macros rely on that name.
#[derive(Debug, Clone)]
pub struct Shell {
    pub t: T,
    /// The path of the page with its query, for the language links and the current item of the menus.
    pub path: String,
    /// The title, translated; the commune's name follows it in the window.
    pub title: String,
    pub commune: Commune,
    pub appearance: Appearance,
    /// From the outermost to the page itself (which has no address).
    pub crumbs: Vec<Crumb>,
    /// The areas this person may use, in order; the first four also stand at the thumb on phones.
    pub nav: Vec<NavItem>,
    /// None on public pages read without signing in.
    pub user: Option<UserChip>,
    pub inbox_count: u64,
    pub flash: Option<Flash>,
    /// What stands above every page until its end.
    pub alarms: Vec<Alarm>,
}

/// An emergency notice, or its correction, in the words of the reader's language where there are any.
#[derive(Debug, Clone)]
pub struct Alarm {
    /// "Thông báo khẩn"
    pub word: String,
    pub title: String,
    pub words: String,
    /// The language of title and words: it may be another than the page's.
    pub lang: &'static str,
    pub until: String,
    pub url: String,
    pub corrected: bool,
}

/// The head and foot of the public side. Law asks for the name, the person responsible and the telephone.
#[derive(Debug, Clone, Default)]
pub struct Commune {
    /// "Xã Gia Phú"
    pub name: String,
    /// "Ủy ban nhân dân xã Gia Phú, tỉnh Lào Cai"
    pub office: String,
    /// Address of the picture of the national emblem, where law asks for it; the mark of Sân Đình otherwise.
    pub emblem: Option<String>,
    /// "Bà Nguyễn Thị A, Phó Chủ tịch UBND xã"
    pub responsible: String,
    pub phone: String,
    pub email: String,
    pub address: String,
}

#[derive(Debug, Clone)]
pub struct Crumb {
    pub label: String,
    pub url: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct NavItem {
    pub label: String,
    pub url: String,
    /// A name of `web/icons.txt`.
    pub icon: &'static str,
    /// What waits there; nothing is shown for 0.
    pub count: u64,
    /// A heading above the item in the rail, where a new group begins.
    pub group: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub struct UserChip {
    pub id: String,
    pub name: String,
    /// The role in words: "Cán bộ một cửa".
    pub role: String,
    /// Where this person's own side begins: the desk for those who work here.
    pub home: String,
}

/// How a message or badge is meant. Colour, icon and word always go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Nothing to worry about, nothing to do.
    #[default]
    Info,
    /// Waits for somebody.
    Waiting,
    /// Somebody works on it.
    Active,
    Done,
    /// Due soon, or to be looked at.
    Soon,
    /// Late or wrong.
    Late,
    /// Not in force, withdrawn, empty.
    Off,
    /// OCOP stars and honours only.
    Honour,
}

impl Status {
    pub const ALL: [Status; 8] = [
        Status::Info,
        Status::Waiting,
        Status::Active,
        Status::Done,
        Status::Soon,
        Status::Late,
        Status::Off,
        Status::Honour,
    ];

    /// The last part of the CSS class.
    pub fn class(self) -> &'static str {
        match self {
            Status::Info => "info",
            Status::Waiting => "waiting",
            Status::Active => "active",
            Status::Done => "done",
            Status::Soon => "soon",
            Status::Late => "late",
            Status::Off => "off",
            Status::Honour => "honour",
        }
    }

    pub fn icon(self) -> &'static str {
        match self {
            Status::Info => "info",
            Status::Waiting => "hourglass",
            Status::Active => "circle-dashed",
            Status::Done => "circle-check",
            Status::Soon => "clock",
            Status::Late => "triangle-alert",
            Status::Off => "circle-x",
            Status::Honour => "star",
        }
    }

    /// A notice is read, not counted: what is to be looked at has no clock there.
    pub fn notice_icon(self) -> &'static str {
        if self == Status::Soon { "circle-alert" } else { self.icon() }
    }

    /// A badge: `Status::Late.badge("Quá hạn 3 ngày")`.
    pub fn badge(self, word: &str) -> Html {
        let (class, icon, word) = (self.class(), icon(self.icon()), Html::text(word));
        Html(format!("<span class=\"badge badge-{class}\">{icon}{word}</span>"))
    }
}

/// What has just happened, said once at the top of the next page.
#[derive(Debug, Clone, Default)]
pub struct Flash {
    pub status: Status,
    /// Translated.
    pub text: String,
    /// Where a POST takes it back; the button *Hoàn tác* is shown with it.
    pub undo: Option<String>,
}

impl Shell {
    pub fn new(t: T, path: impl Into<String>, title: impl Into<String>) -> Shell {
        Shell {
            t,
            path: path.into(),
            title: title.into(),
            commune: Commune::default(),
            appearance: Appearance::default(),
            crumbs: Vec::new(),
            nav: Vec::new(),
            user: None,
            inbox_count: 0,
            flash: None,
            alarms: Vec::new(),
        }
    }

    /// The title of the page, when the frame was made before it was known.
    pub fn titled(mut self, title: impl Into<String>) -> Shell {
        self.title = title.into();
        self
    }

    /// One step of the way to this page.
    pub fn crumb(mut self, label: impl Into<String>, url: &str) -> Shell {
        self.crumbs.push(Crumb { label: label.into(), url: (!url.is_empty()).then(|| url.to_owned()) });
        self
    }

    /// Where the reader's own side begins.
    pub fn home(&self) -> &str {
        self.user.as_ref().map_or("/", |user| &user.home)
    }

    /// A text of the locales.
    pub fn t(&self, key: &str) -> String {
        self.t.t(key)
    }

    /// A text of a family of keys whose last part is data: `t_of("status-", "late")`.
    pub fn t_of(&self, family: &str, member: &str) -> String {
        self.t.t(&format!("{family}{member}"))
    }

    pub fn lang(&self) -> &'static str {
        self.t.lang().code()
    }

    pub fn asset(&self, name: &str) -> &'static str {
        asset(name)
    }

    /// True for the menu item under which this page stands.
    pub fn is_here(&self, url: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        path == url
            || (url != "/"
                && url != "/lam-viec"
                && path.strip_prefix(url).is_some_and(|rest| rest.starts_with('/')))
    }

    /// This page in the other language.
    pub fn other_lang_url(&self) -> String {
        let other = if self.lang() == "vi" { "en" } else { "vi" };
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let mut pairs: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
        let lang = format!("lang={other}");
        pairs.push(&lang);
        format!("{path}?{}", pairs.join("&"))
    }

    /// Where a choice of appearance leads: `choice_url("theme=dark")`.
    pub fn choice_url(&self, choice: &str) -> String {
        let back: String = self
            .path
            .bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                    (byte as char).to_string()
                }
                other => format!("%{other:02X}"),
            })
            .collect();
        format!("/giao-dien?{choice}&ve={back}")
    }

    /// True when this choice holds now.
    pub fn chosen(&self, choice: &str) -> bool {
        match choice.split_once('=') {
            Some(("theme", name)) => self.appearance.theme.name() == name,
            Some(("size", name)) => self.appearance.large_print == (name == "large"),
            _ => false,
        }
    }

    /// The links at the thumb on phones.
    pub fn thumb(&self) -> &[NavItem] {
        &self.nav[..self.nav.len().min(4)]
    }

    /// The telephone as a link dials it: digits and plus only.
    pub fn phone_link(&self) -> String {
        self.commune.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}
