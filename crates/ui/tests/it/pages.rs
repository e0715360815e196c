use platform::{Lang, T};
use ui::{Appearance, Commune, ErrorPage, Flash, NavItem, Shell, Status, Theme, UserChip};

/// An invented commune; no real person stands behind the names.
pub fn shell(lang: Lang, path: &str) -> Shell {
    ui::load();
    let t = T(lang);
    let mut shell = Shell::new(t, path, t.t("design-title"))
        .crumb(t.t("ui-my-day"), "/lam-viec")
        .crumb(t.t("design-title"), "");
    shell.commune = Commune {
        name: "Xã Gia Phú".into(),
        office: "Ủy ban nhân dân xã Gia Phú, tỉnh Lào Cai".into(),
        emblem: None,
        responsible: "Bà Lò Thị Mẫu, Phó Chủ tịch UBND xã".into(),
        phone: "0214 000 0000".into(),
        email: "giaphu@example.vn".into(),
        address: "Thôn Bến Đền, xã Gia Phú".into(),
    };
    let item = |label: &str, url: &str, icon, count| NavItem {
        label: label.into(),
        url: url.into(),
        icon,
        count,
        group: None,
    };
    shell.nav = vec![
        item("Việc hôm nay", "/lam-viec", "list-checks", 3),
        NavItem { group: Some("Sổ bộ".into()), ..item("Hộ và người", "/lam-viec/ho", "users", 0) },
        item("Tổ chức", "/lam-viec/to-chuc", "building-2", 0),
        item("Số liệu", "/so-lieu", "chart-column", 0),
        NavItem { group: Some("Hệ thống".into()), ..item("Thiết kế", "/thiet-ke", "palette", 0) },
    ];
    shell.user = Some(UserChip {
        id: "u1".into(),
        name: "Lò Thị Mẫu".into(),
        role: "Cán bộ văn hoá – xã hội".into(),
        home: "/lam-viec".into(),
    });
    shell.inbox_count = 4;
    shell.flash =
        Some(Flash { status: Status::Done, text: t.t("design-undo-text"), undo: Some("/thiet-ke".into()) });
    shell
}

fn design(lang: Lang, theme: Theme, large_print: bool) -> String {
    let mut shell = shell(lang, "/thiet-ke?xep=thon&thon=v01");
    shell.appearance = Appearance { theme, large_print };
    ui::design_page(shell).expect("the page renders")
}

/// Also written to `target/screens/` for whoever wants to look.
fn keep(name: &str, html: &str) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/screens/ui");
    std::fs::create_dir_all(&folder).expect("target may be written");
    let html = html.replace("=\"/assets/", "=\"../../../web/dist/");
    std::fs::write(folder.join(name), html).expect("target may be written");
}

#[test]
fn every_component_renders_in_both_languages_without_a_missing_text() {
    for lang in Lang::ALL {
        let code = lang.code();
        let light = design(lang, Theme::Light, false);
        keep(&format!("design-{code}-light.html"), &light);
        keep(&format!("design-{code}-dark.html"), &design(lang, Theme::Dark, false));
        keep(&format!("design-{code}-large.html"), &design(lang, Theme::Light, true));
        assert!(light.contains(&format!("<html lang=\"{code}\" data-theme=\"light\">")));
        assert!(
            !light.contains("design-") || !light.contains(">design-"),
            "a key stands on the page instead of its text"
        );
    }
    assert_eq!(platform::i18n::missing(), Vec::<String>::new());
}

#[test]
fn the_error_page_says_what_to_do_and_whom_to_call() {
    for lang in Lang::ALL {
        let mut shell = shell(lang, "/khong-co");
        (shell.user, shell.flash) = (None, None);
        let page = ErrorPage {
            shell,
            heading: "Không tìm thấy trang này".into(),
            advice: "Có thể đường dẫn đã cũ.".into(),
            request_id: "r-1".into(),
        };
        let html = ui::render(&page).expect("it renders");
        keep(&format!("error-{}.html", lang.code()), &html);
        for part in ["Không tìm thấy trang này", "tel:02140000000", "r-1", "Bà Lò Thị Mẫu"] {
            assert!(html.contains(part), "{part}");
        }
    }
}

#[test]
fn both_languages_have_the_same_keys() {
    let keys = |wanted: Lang| {
        let texts = ui::LOCALES
            .iter()
            .filter(move |(_, lang, _)| *lang == wanted)
            .flat_map(|(_, _, text)| text.lines());
        let mut keys: Vec<&str> = texts
            .filter(|line| !line.starts_with([' ', '#', '}']))
            .filter_map(|l| l.split(" =").next())
            .collect();
        keys.sort_unstable();
        keys
    };
    assert_eq!(keys(Lang::Vi), keys(Lang::En));
}
