//! A procedure is made and changed on pages, by somebody who never saw a file.

use crate::world::{BIRTH, World, hidden, step};
use platform::Lang;
use testkit::{Answer, Client, in_both_languages};

const LIST: &str = "/lam-viec/thu-tuc";

/// Sends the form of a page as it stands, with some inputs typed over; `""` in place of a tick takes it away.
async fn fill(client: &Client, url: &str, typed: &[(&str, &str)]) -> Answer {
    let page = client.get(url).await;
    page.ok();
    let mut fields = shown(&page, url);
    for (name, value) in typed {
        fields.retain(|(one, _)| one != name);
        if !value.is_empty() {
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(url, &fields).await
}

/// What a browser would send of the form that goes to `url`.
fn shown(page: &Answer, url: &str) -> Vec<(String, String)> {
    let text = page.text();
    let at = text.find(&format!("action=\"{url}\"")).unwrap_or_else(|| panic!("no form goes to {url}"));
    let form = &text[at..at + text[at..].find("</form>").unwrap()];
    let part = |tag: &str, name: &str| {
        let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
        Some(
            value
                .replace("&#34;", "\"")
                .replace("&#38;", "&")
                .replace("&#60;", "<")
                .replace("&#62;", ">")
                .replace("&#39;", "'"),
        )
    };
    let mut fields = Vec::new();
    for piece in form.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').unwrap_or((piece, ""));
        let Some(name) = part(tag, "name").filter(|_| !tag.starts_with("button")) else { continue };
        if tag.starts_with("textarea") {
            fields.push((name, rest.to_owned()));
        } else if tag.starts_with("select") {
            let select = &form[form.find(&format!("<{tag}")).unwrap()..];
            let select = &select[..select.find("</select>").unwrap()];
            let chosen = select.split("<option").skip(1).find(|option| option.contains(" selected"));
            fields.push((name, chosen.and_then(|option| part(option, "value")).unwrap_or_default()));
        } else if !tag.contains("type=\"checkbox\"") || tag.contains(" checked") {
            fields.push((name, part(tag, "value").unwrap_or_default()));
        }
    }
    fields
}

/// Presses a button of the whole.
async fn press(client: &Client, path: &str, what: &str) -> Answer {
    let page = client.get(path).await;
    let (key, revision) = (hidden(&page, path, "khoa"), hidden(&page, path, "phien-ban"));
    client.post(path, &[("khoa", &key), ("phien-ban", &revision), ("viec", what)]).await
}

/// Puts the working copy into force today.
async fn enact(client: &Client, code: &str) -> Answer {
    let page = client.get(&format!("{LIST}/{code}/sua")).await;
    let action = format!("{LIST}/{code}/hieu-luc");
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    client.post(&action, &[("khoa", &key), ("phien-ban", &revision), ("tu-ngay", "10/03/2026")]).await
}

/// A procedure with two parts and five fields, ready to be in force; the address of its working copy.
async fn lend_a_hall(admin: &Client) -> String {
    let made =
        fill(admin, &format!("{LIST}/moi"), &[("ten-vi", "Mượn nhà văn hóa thôn"), ("linh-vuc", "xac-nhan")])
            .await;
    let path = made.is(303).location();
    assert_eq!(path, format!("{LIST}/XA.muon-nha-van-hoa-thon/sua"));
    let general = [
        ("tom-tat-vi", "Xin mượn nhà văn hóa thôn để tổ chức việc chung."),
        ("cho-ai-vi", "Người dân trong xã"),
        ("ket-qua-vi", "Giấy đồng ý cho mượn"),
        ("tu-khoa", "mượn hội trường\nthuê nhà văn hóa"),
        ("han-so", "2"),
    ];
    fill(admin, &format!("{path}/thong-tin/chung"), &general).await.is(303);
    fill(admin, &format!("{path}/phan/moi"), &[("ten-vi", "Người mượn"), ("ten-en", "Who borrows")])
        .await
        .is(303);
    let field = format!("{path}/muc/moi?phan=nguoi_muon");
    fill(admin, &field, &[("nhan-vi", "Họ tên"), ("dien-san", "applicant.name")]).await.is(303);
    fill(
        admin,
        &field,
        &[("nhan-vi", "Điện thoại"), ("kieu", "phone"), ("dien-san", "applicant.phone"), ("bat-buoc", "")],
    )
    .await
    .is(303);
    fill(admin, &format!("{path}/phan/moi"), &[("ten-vi", "Việc cần làm")]).await.is(303);
    let field = format!("{path}/muc/moi?phan=viec_can_lam");
    let choices = "Đám cưới | Wedding\nHọp thôn | Village meeting\nViệc khác | Something else";
    fill(admin, &field, &[("nhan-vi", "Mượn để làm gì"), ("kieu", "choice"), ("lua-chon", choices)])
        .await
        .is(303);
    let other = [("nhan-vi", "Việc gì"), ("khi", "muon_de_lam_gi=\"viec-khac\"")];
    fill(admin, &field, &other).await.is(303);
    fill(admin, &field, &[("nhan-vi", "Ngày mượn"), ("kieu", "date")]).await.is(303);
    path
}

#[tokio::test]
async fn an_administrator_makes_a_procedure_and_a_resident_files_it() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let made = fill(&admin, &format!("{LIST}/moi"), &[("ten-vi", "Thử"), ("linh-vuc", "xac-nhan")]).await;
    let early = made.is(303).location();
    admin.get(&early).await.ok().shows("Chưa có tóm tắt").shows("biểu mẫu chung");
    enact(&admin, "XA.thu").await.is(422).shows("Chưa cho hiệu lực được");

    let path = lend_a_hall(&admin).await;
    let whole = admin.get(&path).await;
    whole.ok().shows("chỉ khi Mượn để làm gì: Việc khác").hides("Còn thiếu");
    // Fields go up and down, over the edge of their part; what was last done is taken back.
    press(&admin, &path, "len:muc:muon_de_lam_gi").await.is(303);
    press(&admin, &path, "hoan-tac").await.is(303);
    press(&admin, &path, "xuong:muc:viec_gi").await.is(303);
    press(&admin, &path, "len:muc:viec_gi").await.is(303);
    press(&admin, &path, "xoa:muc:muon_de_lam_gi").await.is(422).shows("Việc gì").shows("Sửa mục đó trước");
    let preview = admin.get(&format!("{LIST}/XA.muon-nha-van-hoa-thon/xem-thu")).await;
    preview.ok().shows("name=\"muon_de_lam_gi\"").shows("Đám cưới").shows("chỉ khi");

    world.app.visitor().get("/thu-tuc/XA.muon-nha-van-hoa-thon").await.is(404);
    enact(&admin, "XA.muon-nha-van-hoa-thon").await.is(303);
    admin.get(LIST).await.ok().shows("Mượn nhà văn hóa thôn");
    world.app.visitor().get("/thu-tuc?q=hoi+truong").await.ok().shows("Mượn nhà văn hóa thôn");
    file_it(&world).await;
    world.app.end().await;
}

async fn file_it(world: &World) {
    let path = "/thu-tuc/XA.muon-nha-van-hoa-thon/lam";
    let first = world.me.get(path).await;
    first.ok().shows("Giàng Thị Mỷ").shows("Người mượn");
    let sent = [
        ("khoa", first.field("khoa")),
        ("phan", "0".to_owned()),
        ("cho", first.field("cho")),
        ("applicant_name", "Giàng Thị Mỷ".to_owned()),
    ];
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let second = world.me.post(path, &sent).await.is(303).location();
    // The conditional question is asked only after its answer.
    let lacking =
        step(&world.me, &second, &[("muon_de_lam_gi", "viec-khac"), ("ngay_muon", "20/03/2026")]).await;
    lacking.is(422).shows("id=\"viec_gi-error\"");
    let review =
        step(&world.me, &second, &[("muon_de_lam_gi", "dam-cuoi"), ("ngay_muon", "20/03/2026")]).await;
    let review = review.is(303).location();
    let page = world.me.get(&review).await;
    let send = format!("{}/nop", review.split('?').next().unwrap());
    let key = hidden(&page, &send, "khoa");
    let own = world.me.post(&send, &[("khoa", &key), ("cam-doan", "1")]).await.is(303).location();
    world.me.get(&own).await.ok().shows("Đám cưới").shows("Mới đăng ký");
    world.desk.get("/lam-viec/mot-cua").await.ok().shows("Mượn nhà văn hóa thôn");
}

#[tokio::test]
async fn a_changed_procedure_is_in_force_and_begun_dossiers_keep_theirs() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let (own, _) = world.send_birth("Lý A Pao").await;
    let path = format!("{LIST}/{BIRTH}/sua");
    admin.get(&path).await.ok().hides("id=\"hieu-luc\"");
    // What the page cannot say is kept, and told.
    let loan = admin.get(&format!("{LIST}/XA.xac-nhan-vay-von/sua")).await;
    loan.ok().shows("Giữ nguyên như trong tệp").shows("result_template = xac-nhan");
    let unchanged =
        [("khoa", platform::ids::new_id(world.app.clock.now()).to_string()), ("phien-ban", "0".into())];
    let unchanged: Vec<(&str, &str)> =
        unchanged.iter().map(|(name, value)| (*name, value.as_str())).collect();
    admin.post(&format!("{LIST}/{BIRTH}/hieu-luc"), &unchanged).await.is(422);
    fill(&admin, &format!("{path}/muc/child_place"), &[("nhan-vi", "Sinh ở đâu")]).await.is(303);
    fill(&admin, &format!("{path}/phi/copies"), &[("so-tien", "9000")]).await.is(303);
    world.app.visitor().get(&format!("/thu-tuc/{BIRTH}")).await.ok().shows("8.000");
    enact(&admin, BIRTH).await.is(303);
    world.app.visitor().get(&format!("/thu-tuc/{BIRTH}")).await.ok().shows("9.000");
    // The dossier of before keeps its words and its fee.
    world.me.get(&own).await.ok().shows("Nơi sinh").shows("16.000").hides("Sinh ở đâu");
    admin
        .get(&format!("{LIST}/{BIRTH}/tep"))
        .await
        .ok()
        .shows("Sinh ở đâu")
        .shows("pattern = \"^[0-9]{12}$\"");
    // Thrown away, nothing of a change is left.
    fill(&admin, &format!("{path}/muc/child_place"), &[("nhan-vi", "Chỗ khác")]).await.is(303);
    let action = format!("{LIST}/{BIRTH}/bo-ban-sua");
    let page = admin.get(&path).await;
    let (key, revision) = (hidden(&page, &action, "khoa"), hidden(&page, &action, "phien-ban"));
    admin.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await.is(303);
    admin.get(&path).await.ok().shows("Sinh ở đâu").hides("Chỗ khác");
    world.app.end().await;
}

#[tokio::test]
async fn wrong_values_are_told_at_their_input() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let path = format!("{LIST}/{BIRTH}/sua");
    let general = format!("{path}/thong-tin/chung");
    let wrong = fill(
        &admin,
        &general,
        &[("ten-vi", ""), ("han-so", "nhiều"), ("truoc-gio", "3 giờ"), ("lien-thong", "x")],
    )
    .await;
    wrong.is(422).shows("id=\"ten-vi-error\"").shows("id=\"han-so-error\"").shows("id=\"truoc-gio-error\"");
    wrong.shows("id=\"lien-thong-error\"").shows("value=\"nhiều\"");
    let field = format!("{path}/muc/mother_birth_year");
    fill(&admin, &field, &[("nho-nhat", "3000")]).await.is(422).shows("id=\"lon-nhat-error\"");
    let field = format!("{path}/muc/child_sex");
    fill(&admin, &field, &[("lua-chon", "")]).await.is(422).shows("id=\"lua-chon-error\"");
    fill(&admin, &field, &[("lua-chon", "Nam\nNam")]).await.is(422).shows("ghi hai lần");
    fill(&admin, &format!("{path}/phi/copies"), &[("so-tien", "-5")])
        .await
        .is(422)
        .shows("id=\"so-tien-error\"");
    fill(&admin, &format!("{path}/buoc/check"), &[("gio", "")]).await.is(422).shows("id=\"gio-error\"");
    fill(&admin, &format!("{path}/muc/child_name"), &[("kieu", "bay")])
        .await
        .is(422)
        .shows("id=\"kieu-error\"");
    let taken = [("ten-vi", "Khai sinh"), ("linh-vuc", "ho-tich"), ("ma", BIRTH)];
    fill(&admin, &format!("{LIST}/moi"), &taken).await.is(422).shows("id=\"ma-error\"");
    // A step that is not the receiving one first: told on the whole, with the way to it.
    press(&admin, &path, "len:buoc:check").await.is(303);
    admin
        .get(&path)
        .await
        .ok()
        .shows("Bước đầu phải là tiếp nhận")
        .shows(&format!("{path}/buoc/check#viec-lam"));
    for gone in [
        format!("{path}/muc/khong-co"),
        format!("{path}/khong-co/1"),
        format!("{path}/muc/moi?phan=khong-co"),
    ] {
        admin.get(&gone).await.is(404);
    }
    admin.get(&format!("{LIST}/9.999999/sua")).await.is(404);
    world.app.end().await;
}

#[tokio::test]
async fn two_administrators_do_not_write_over_each_other() {
    let world = World::start().await;
    let one = world.app.sign_in(&world.cast.home, "admin").await;
    let other = world.app.sign_in(&world.cast.home, "admin").await;
    let url = format!("{LIST}/{BIRTH}/sua/muc/child_place");
    let page = one.get(&url).await;
    fill(&other, &url, &[("tro-giup-vi", "Ghi tên bệnh viện.")]).await.is(303);
    let mut mine = shown(&page, &url);
    mine.iter_mut()
        .filter(|(name, _)| name == "nhan-vi")
        .for_each(|(_, value)| "Sinh ở đâu".clone_into(value));
    let mine: Vec<(&str, &str)> = mine.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let clash = one.post(&url, &mine).await;
    // Both changes stand in the form that comes back; sent again, they are kept.
    clash.is(409).shows("Ghi tên bệnh viện.").shows("value=\"Sinh ở đâu\"");
    let again = shown(&clash, &url);
    let again: Vec<(&str, &str)> =
        again.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    one.post(&url, &again).await.is(303);
    one.get(&url).await.ok().shows("Ghi tên bệnh viện.").shows("value=\"Sinh ở đâu\"");
    let path = format!("{LIST}/{BIRTH}/sua");
    let page = one.get(&path).await;
    press(&other, &path, "len:muc:child_place").await.is(303);
    let (key, revision) = (hidden(&page, &path, "khoa"), hidden(&page, &path, "phien-ban"));
    let late =
        one.post(&path, &[("khoa", &key), ("phien-ban", &revision), ("viec", "xoa:muc:child_place")]).await;
    late.is(409).shows("Người khác vừa sửa");
    world.app.end().await;
}

#[tokio::test]
async fn others_are_refused_and_scripts_stay_words() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let path = format!("{LIST}/{BIRTH}/sua");
    for client in [&world.desk, &world.leader, &world.me] {
        client.get(&path).await.is(403);
        client.post(&path, &[("viec", "xoa:muc:child_place")]).await.is(403);
        client.get(&format!("{LIST}/moi")).await.is(403);
    }
    let script = "<script>alert(1)</script>";
    fill(&admin, &format!("{path}/muc/child_place"), &[("nhan-vi", script), ("tro-giup-vi", script)])
        .await
        .is(303);
    for page in [path.clone(), format!("{path}/muc/child_place"), format!("{LIST}/{BIRTH}/xem-thu")] {
        admin.get(&page).await.ok().hides(script).shows("&#60;script&#62;");
    }
    enact(&admin, BIRTH).await.is(303);
    let draft = world.begin_birth("Lý A Pao").await;
    world.me.get(&format!("{draft}?phan=1")).await.ok().hides(script).shows("&#60;script&#62;");
    world.app.end().await;
}

#[tokio::test]
async fn the_builder_speaks_both_languages() {
    let world = World::start().await;
    let admin = world.app.sign_in(&world.cast.home, "admin").await;
    let path = format!("{LIST}/{BIRTH}/sua");
    in_both_languages(async |lang| {
        let say = if lang == Lang::En { "lang=en" } else { "lang=vi" };
        let word = if lang == Lang::En { "Registration of birth" } else { "Đăng ký khai sinh" };
        for page in [
            "/thong-tin/chung",
            "/can-cu/1",
            "/phi/copies",
            "/giay/authorisation",
            "/buoc/sign",
            "/phan/father",
            "",
        ] {
            admin.get(&format!("{path}{page}?{say}")).await.ok().shows(word);
        }
        for page in [
            "/muc/child_sex",
            "/muc/mother_birth_year",
            "/muc/child_name",
            "/can-cu/moi",
            "/phi/moi",
            "/giay/moi",
        ] {
            admin.get(&format!("{path}{page}?{say}")).await.ok();
        }
        for page in ["/buoc/moi", "/phan/moi"] {
            admin.get(&format!("{path}{page}?{say}")).await.ok();
        }
        admin.get(&format!("{path}/muc/moi?phan=child&{say}")).await.ok();
        admin.get(&format!("{LIST}/{BIRTH}/xem-thu?{say}")).await.ok().shows(word);
        admin.get(&format!("{LIST}/moi?{say}")).await.ok().shows(word);
    })
    .await;
    world.app.end().await;
}
