//! One resident sends a birth with two photographs, from the first page to the acknowledgement.

use crate::cast::{BIRTH, Resident, World};
use crate::report::{Report, median, p95, row, words};
use std::time::{Duration, Instant};
use testkit::{Answer, Client};

const WEIGHT: usize = 300_000;

/// How long the parts of one submission took.
struct Took {
    whole: Duration,
    photographs: Duration,
    send: Duration,
}

pub async fn measure(world: &World, times: usize, report: &mut Report) {
    let mut took = Vec::with_capacity(times);
    let quality = quality();
    let mut bytes = 0;
    for n in 0..times {
        let photographs = [photograph(2 * n, quality), photograph(2 * n + 1, quality)];
        bytes = photographs[0].len();
        let resident = &world.residents[n % world.residents.len()];
        took.push(one(world, resident, n, &photographs).await);
    }
    let spread = |of: fn(&Took) -> Duration| {
        let mut times: Vec<Duration> = took.iter().map(of).collect();
        format!("{} ({})", words(median(&mut times)), words(p95(&mut times)))
    };
    report.line(&format!(
        "Median of {times} (95 % within), one resident at a time; photographs of {} kB.",
        bytes / 1000
    ));
    report.line("");
    report.table(&[
        row(["what", "measured"]),
        row([
            "birth with two photographs: every page and form from the first to the acknowledgement",
            &spread(|took| took.whole),
        ]),
        row(["of it, both photographs taken in and made small", &spread(|took| took.photographs)]),
        row(["of it, the last press: judged, written, on the disk, acknowledged", &spread(|took| took.send)]),
    ]);
}

async fn one(world: &World, resident: &Resident, n: usize, photographs: &[Vec<u8>; 2]) -> Took {
    let phone = &resident.phone;
    let begin = Instant::now();
    let draft = answered(resident, n).await;
    let photographing = Instant::now();
    for photograph in photographs {
        let key = phone.get(&format!("{draft}?phan=giay")).await.ok().field("khoa");
        let fields = [("khoa", key.as_str()), ("giay", "birth_paper")];
        let path = format!("{draft}/giay");
        phone.upload(&path, &fields, "tep-birth_paper", "anh.jpg", photograph).await.is(303);
    }
    let photographed = photographing.elapsed();
    phone.get(&format!("{draft}?phan=xem-lai")).await.ok();
    let sending = Instant::now();
    let key = world.key();
    phone.post(&format!("{draft}/nop"), &[("khoa", &key), ("cam-doan", "1")]).await.is(303);
    Took { whole: begin.elapsed(), photographs: photographed, send: sending.elapsed() }
}

/// Every section is filled in; the address of the draft.
async fn answered(resident: &Resident, n: usize) -> String {
    let phone = &resident.phone;
    let path = format!("/thu-tuc/{BIRTH}/lam");
    let first = phone.get(&path).await;
    let typed = [
        ("khoa", first.ok().field("khoa")),
        ("phan", "0".to_owned()),
        ("cho", first.field("cho")),
        ("applicant_name", resident.person.full_name.clone()),
        ("applicant_number", resident.person.personal_no.clone()),
        ("applicant_phone", "0912345678".to_owned()),
        ("applicant_relation", "me".to_owned()),
    ];
    let mut url = post(phone, &path, &typed).await.is(303).location();
    let draft = url.split('?').next().expect("an address").to_owned();
    let child = format!("Lý {} {}", letters(n), letters(n / 20));
    let parts: [&[(&str, &str)]; 4] = [
        &[
            ("child_name", &child),
            ("child_birth", "01/03/2026"),
            ("child_sex", "nam"),
            ("child_ethnic", "mong"),
            ("child_place", "Trạm Y tế xã"),
        ],
        &[
            ("mother_name", &resident.person.full_name),
            ("mother_birth_year", "1990"),
            ("mother_number", &resident.person.personal_no),
            ("mother_address", "Thôn Đông Căm"),
        ],
        &[("parents_married", "0")],
        &[("copies", "2")],
    ];
    for part in parts {
        url = step(phone, &url, part).await.is(303).location();
    }
    draft
}

/// A word for a name.
fn letters(n: usize) -> &'static str {
    const WORDS: [&str; 20] = [
        "An", "Bình", "Chi", "Dung", "Em", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nam", "Oanh", "Phúc",
        "Quý", "Sơn", "Tâm", "Uyên", "Vân", "Xuân", "Yến",
    ];
    WORDS[n % WORDS.len()]
}

async fn post(client: &Client, path: &str, fields: &[(&str, String)]) -> Answer {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await
}

/// Opens a step and sends it, as a browser does.
async fn step(client: &Client, url: &str, typed: &[(&str, &str)]) -> Answer {
    let page = client.get(url).await;
    let names = ["khoa", "phien-ban", "phan"];
    let mut fields: Vec<(&str, String)> = names.iter().map(|name| (*name, page.field(name))).collect();
    fields.push(("di", "tiep".to_owned()));
    fields.extend(typed.iter().map(|(name, value)| (*name, (*value).to_owned())));
    post(client, url.split('?').next().expect("an address"), &fields).await
}

/// The quality at which a photograph weighs what phones send after they made it small.
fn quality() -> u8 {
    (20..=95).rev().step_by(5).find(|quality| photograph(0, *quality).len() <= WEIGHT).unwrap_or(20)
}

/// A picture with the grain of a photographed page, another one for each number.
fn photograph(n: usize, quality: u8) -> Vec<u8> {
    let mut state = u32::try_from(n).expect("few") ^ 0x9e37_79b9;
    let picture = image::RgbImage::from_fn(1600, 1200, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = state.to_be_bytes()[0] >> 3;
        let line = if (x / 7 + y / 23).is_multiple_of(5) { 60 } else { 200 };
        image::Rgb([line + grain, line + grain / 2, line])
    });
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, quality);
    image::DynamicImage::from(picture).write_with_encoder(encoder).expect("a picture");
    bytes
}
