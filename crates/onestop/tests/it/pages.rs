//! Pages for everybody, in both languages.

use crate::world::{BIRTH, World};
use platform::Lang;
use testkit::in_both_languages;

#[tokio::test]
async fn procedures_are_found_in_everyday_words() {
    let world = World::start().await;
    let visitor = world.app.visitor();
    for (question, name) in [
        ("giay khai sinh", "Đăng ký khai sinh"),
        ("dang ky ket hon", "Đăng ký kết hôn"),
        ("lam giay to vay von", "vay vốn"),
    ] {
        let query = testkit::encode(question);
        visitor.get(&format!("/thu-tuc?q={query}")).await.ok().shows(name);
        visitor.get(&format!("/tim?q={query}")).await.ok().shows(name);
    }
    visitor.get("/thu-tuc?q=may+bay").await.ok().shows("Không tìm thấy thủ tục nào");
    visitor.get("/thu-tuc/9.999999").await.is(404);
    visitor.get("/").await.ok().shows("Làm thủ tục");
    world.app.end().await;
}

#[tokio::test]
async fn every_page_speaks_both_languages() {
    let world = World::start().await;
    let (own, id) = world.send_birth("Lý A Pao").await;
    let draft = world.begin_birth("Lý Thị Dợ").await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    in_both_languages(async |lang| {
        let say = if lang == Lang::En { "lang=en" } else { "lang=vi" };
        let word = if lang == Lang::En { "Registration of birth" } else { "Đăng ký khai sinh" };
        let public = [format!("/thu-tuc?{say}"), format!("/thu-tuc/{BIRTH}?{say}")];
        for path in public {
            world.app.visitor().get(&path).await.ok().shows(word);
        }
        for code in ["2.000815", "1.004222", "1.014027", "XA.xac-nhan-vay-von"] {
            world.app.visitor().get(&format!("/thu-tuc/{code}?{say}")).await.ok();
        }
        world.app.visitor().get(&format!("/ho-so?{say}")).await.ok();
        for path in
            [format!("/ho-so-cua-toi?{say}"), format!("{own}?{say}"), format!("{own}/giay-tiep-nhan?{say}")]
        {
            world.me.get(&path).await.ok().shows(word);
        }
        for part in ["0", "1", "2", "3", "4", "giay", "xem-lai"] {
            world.me.get(&format!("{draft}?phan={part}&{say}")).await.ok().shows(word);
        }
        for path in
            ["/lam-viec/mot-cua".to_owned(), format!("/lam-viec/mot-cua/{id}"), "/lam-viec/quay".to_owned()]
        {
            world.desk.get(&format!("{path}?{say}")).await.ok().shows(word);
        }
        for number in ["01", "06"] {
            world.desk.get(&format!("/lam-viec/mot-cua/{id}/phieu/{number}?{say}")).await.ok().shows(word);
        }
        world.desk.get(&format!("/lam-viec/quay/{BIRTH}?{say}")).await.ok().shows(word);
        let fees = if lang == Lang::En { "Fees" } else { "Thu phí, lệ phí" };
        world.desk.get(&format!("/lam-viec/thu-phi?{say}")).await.ok().shows(fees);
        admin.get(&format!("/lam-viec/thu-tuc?{say}")).await.ok().shows(word);
    })
    .await;
    let csv = world.desk.get("/lam-viec/mot-cua?viec=tat-ca&dinh-dang=csv&lang=vi").await;
    csv.ok().shows("Đăng ký khai sinh").shows("Mới đăng ký").hides("010195000123");
    world.app.end().await;
}
