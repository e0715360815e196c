//! Warnings between levels: what a trusted sender signed comes in once, what is unsigned, foreign, altered or over is refused with the reason; ours can be
//! read and verified by others.

use crate::many::World;
use cap::{Alert, PrivateKey, Trusted, sign, verify};
use chrono::Duration;
use http::Method;
use rcgen::{CertificateParams, DnType, KeyPair};
use serde_json::Value;
use testkit::{Answer, in_both_languages};

const SENDERS: &str = "/lam-viec/thong-bao-khan/nguon";
const DOOR: &str = "/api/v1/emergencies/cap";

/// Somebody who warns, with the certificate that a commune is given.
struct Command {
    key: PrivateKey,
    pem: String,
}

fn command(name: &str) -> Command {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::default();
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2027, 1, 1);
    params.distinguished_name.push(DnType::CommonName, name);
    let certificate = params.self_signed(&key).unwrap();
    let (der, pem) = (certificate.der().to_vec(), certificate.pem());
    Command { key: PrivateKey::from_pkcs8(&key.serialize_der(), vec![der]).unwrap(), pem }
}

/// A warning with these parts in the place of the usual ones.
fn warning(parts: &[(&str, &str)]) -> Alert {
    let mut xml = r#"<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
      <identifier>LC-7</identifier><sender>pctt@laocai.example</sender><sent>2026-03-10T08:00:00+07:00</sent>
      <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
      <info><language>vi-VN</language><category>Met</category><event>Lũ quét</event><urgency>Immediate</urgency>
        <severity>Severe</severity><certainty>Likely</certainty><expires>2026-03-10T20:00:00+07:00</expires>
        <headline>Lũ quét trên suối Bo</headline><instruction>Rời nhà ven suối ngay.</instruction>
        <area><areaDesc>Xã Gia Phú</areaDesc></area></info></alert>"#
        .to_owned();
    for (old, new) in parts {
        assert!(xml.contains(old), "{old}");
        xml = xml.replace(old, new);
    }
    Alert::parse(xml.as_bytes()).unwrap()
}

impl World {
    async fn trust(&self, name: &str, pem: &str) -> Answer {
        let key = self.admin.get(SENDERS).await.ok().field_of(SENDERS, "khoa");
        self.admin.post(SENDERS, &[("khoa", &key), ("ten", name), ("chung-thu", pem)]).await
    }

    /// What another system gets that sends this.
    async fn warn(&self, xml: &str) -> Answer {
        let system = self.app.visitor().header("host", "giaphu.example");
        system.send(Method::POST, DOOR, Some("application/cap+xml"), xml.as_bytes().to_vec()).await
    }

    async fn warned(&self, command: &Command, alert: &Alert) -> Value {
        self.warn(&sign(alert, &command.key).unwrap()).await.ok().json()
    }
}

#[tokio::test]
async fn a_warning_of_the_province_goes_out_at_once_and_only_once() {
    let world = World::start().await;
    let province = command("Ban Chỉ huy tỉnh");
    // Nobody is trusted yet.
    let refused = world.warn(&sign(&warning(&[]), &province.key).unwrap()).await;
    refused.is(422).shows("untrusted");
    world.trust("Ban Chỉ huy Phòng thủ dân sự tỉnh", &province.pem).await.is(303);
    world.trust("Lần nữa", &province.pem).await.is(422).shows("đã có trong danh sách");

    let told = world.warned(&province, &warning(&[])).await;
    assert_eq!(told["done"], "told");
    let again = world.warned(&province, &warning(&[])).await;
    assert_eq!(again["emergency_id"], told["emergency_id"]);
    let visitor = world.app.visitor().header("host", "giaphu.example");
    visitor
        .get("/so-lieu")
        .await
        .ok()
        .shows("role=\"alert\"")
        .shows("Lũ quét trên suối Bo")
        .shows("Rời nhà ven suối ngay.");
    world.head.get("/lam-viec/hop-thu").await.ok().shows("Lũ quét trên suối Bo");
    let chairman = world.app.sign_in(&world.cast.home, "chairman").await;
    let page = format!("/lam-viec/thong-bao-khan/{}", told["emergency_id"].as_str().unwrap());
    chairman.get(&page).await.ok().shows("Ban Chỉ huy Phòng thủ dân sự tỉnh");

    // Who told it takes it back; another sender cannot.
    let references = "<references>pctt@laocai.example,LC-7,2026-03-10T08:00:00+07:00</references><info>";
    let cancel = [
        ("LC-7", "LC-8"),
        ("Alert</msgType>", "Cancel</msgType>"),
        ("<info>", references),
        ("Rời nhà ven suối ngay.", "Nước đã rút."),
    ];
    let other = command("Người khác");
    world.trust("Nơi khác", &other.pem).await.is(303);
    let kept = world.warned(&other, &warning(&cancel)).await;
    assert_eq!((&kept["done"], &kept["why"]), (&"kept".into(), &"unknown".into()));
    let mut own = cancel.to_vec();
    own[0].1 = "LC-9";
    assert_eq!(world.warned(&province, &warning(&own)).await["done"], "cancelled");
    visitor.get("/so-lieu").await.ok().shows("Nước đã rút.");
    world.app.end().await;
}

#[tokio::test]
async fn what_is_not_immediate_waits_for_a_leader_and_what_is_not_for_us_is_only_kept() {
    let world = World::start().await;
    let province = command("Ban Chỉ huy tỉnh");
    world.trust("Tỉnh", &province.pem).await.is(303);
    let asked = world.warned(&province, &warning(&[("Immediate", "Future"), ("Severe", "Moderate")])).await;
    assert_eq!(asked["done"], "asked");
    let visitor = world.app.visitor().header("host", "giaphu.example");
    visitor.get("/so-lieu").await.ok().hides("Lũ quét trên suối Bo");
    let leader = world.app.sign_in(&world.cast.home, "vice_chairman").await;
    leader.get("/lam-viec/hop-thu").await.ok().shows("Lũ quét trên suối Bo");
    let page = format!("/lam-viec/thong-bao-khan/{}", asked["emergency_id"].as_str().unwrap());
    let shown = leader.get(&page).await;
    let action = format!("{page}/phat");
    let (key, revision) = (shown.ok().field_of(&action, "khoa"), shown.field_of(&action, "phien-ban"));
    leader.post(&action, &[("khoa", &key), ("phien-ban", &revision)]).await.is(303);
    visitor.get("/so-lieu").await.ok().shows("Lũ quét trên suối Bo");

    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[("LC-7", "A"), ("Actual", "Test")], "not-actual"),
        (&[("LC-7", "B"), ("2026-03-10T20:00", "2026-03-10T08:30")], "expired"),
        (&[("LC-7", "C"), ("Public</scope>", "Private</scope><addresses>ai.khac</addresses>")], "not-for-us"),
        (&[("LC-7", "D"), ("</areaDesc>", "</areaDesc><circle>10.8,106.7 20</circle>")], "elsewhere"),
    ];
    for (parts, why) in cases {
        let kept = world.warned(&province, &warning(parts)).await;
        assert_eq!((&kept["done"], &kept["why"]), (&"kept".into(), &why.into()), "{kept}");
    }
    let drill = world
        .warned(
            &province,
            &warning(&[("LC-7", "E"), ("Actual", "Exercise"), ("Lũ quét trên", "Tập lũ trên")]),
        )
        .await;
    assert_eq!(drill["done"], "told");
    world.head.get("/lam-viec/hop-thu").await.ok().shows("DIỄN TẬP: Tập lũ trên suối Bo");
    in_both_languages(async |lang| {
        world.admin.get(&format!("{SENDERS}?lang={}", lang.code())).await.ok();
    })
    .await;
    world.app.end().await;
}

#[tokio::test]
async fn what_nobody_vouches_for_is_refused_with_the_reason() {
    let world = World::start().await;
    let (province, stranger) = (command("Tỉnh"), command("Kẻ lạ"));
    world.trust("Tỉnh", &province.pem).await.is(303);
    let signed = sign(&warning(&[]), &province.key).unwrap();
    let cases = [
        (warning(&[]).to_xml(), "unsigned"),
        (sign(&warning(&[]), &stranger.key).unwrap(), "untrusted"),
        (signed.replace("Rời nhà", "Ở yên trong nhà"), "altered"),
        ("không phải XML".to_owned(), "refused"),
        (String::new(), "refused"),
        ("<alert/>".to_owned(), "refused"),
    ];
    for (xml, code) in cases {
        let answer = world.warn(&xml).await;
        let told = answer.is(422).text();
        assert!(code == "refused" || told.contains(code), "{code}: {told}");
    }
    // The certificate's time is over.
    world.app.clock.advance(Duration::days(300));
    world.warn(&signed).await.is(422).shows("certificate-expired");
    for pem in ["", "-----BEGIN CERTIFICATE-----\nsai\n-----END CERTIFICATE-----"] {
        let admin = world.app.sign_in(&world.cast.home, "admin").await;
        let key = admin.get(SENDERS).await.ok().field_of(SENDERS, "khoa");
        admin
            .post(SENDERS, &[("khoa", &key), ("ten", "X"), ("chung-thu", pem)])
            .await
            .is(422)
            .shows("không phải chứng thư số");
    }
    world.app.end().await;
}

#[tokio::test]
async fn others_read_and_verify_our_warnings() {
    let world = World::start().await;
    let chairman = world.app.sign_in(&world.cast.home, "chairman").await;
    let village = world.cast.home.villages[0].to_string();
    let new = "/lam-viec/thong-bao-khan/moi";
    let key = chairman.get(new).await.ok().field("khoa");
    let typed = [
        ("khoa", key.as_str()),
        ("tieu-de", "Cháy rừng"),
        ("noi-dung", "Không lên đồi <Soi>."),
        ("gio", "6"),
        ("thon", village.as_str()),
    ];
    let page = chairman.post(new, &typed).await.is(303).location();
    let other = world.app.visitor().header("host", "giaphu.example");
    let feed = other.get("/thong-bao-khan/cap.xml").await;
    feed.ok().shows("Cháy rừng").shows("&lt;Soi&gt;");
    let own = world.admin.get(SENDERS).await.text();
    let pem = own.split("-----BEGIN CERTIFICATE-----").nth(1).unwrap().split("-----END").next().unwrap();
    use base64::Engine;
    let der = base64::prelude::BASE64_STANDARD.decode(pem.split_whitespace().collect::<String>()).unwrap();
    let trusted = || [Trusted::signer(&der).unwrap()];
    let path = format!("{}/cap.xml", page.replace("/lam-viec", ""));
    let xml = other.get(&path).await.ok().text();
    let verified = verify(xml.as_bytes(), &trusted(), world.app.clock.now()).unwrap();
    let (alert, info) = (&verified.alert, &verified.alert.infos[0]);
    assert_eq!((alert.sender.as_str(), alert.kind), ("giaphu.example", cap::Kind::Alert));
    assert_eq!(info.headline.as_ref().unwrap().as_str(), "Cháy rừng");
    assert_eq!(info.areas[0].description.as_str(), "Đông Căm");
    assert!(alert.judge(world.app.clock.now(), &[]).is_live());

    let shown = chairman.get(&page).await;
    let action = format!("{page}/dinh-chinh");
    let (key, revision) = (shown.field_of(&action, "khoa"), shown.field_of(&action, "phien-ban"));
    chairman
        .post(&action, &[("khoa", &key), ("phien-ban", &revision), ("dinh-chinh", "Đã dập tắt.")])
        .await
        .is(303);
    let xml = other.get(&path).await.ok().text();
    let cancel = verify(xml.as_bytes(), &trusted(), world.app.clock.now()).unwrap().alert;
    assert_eq!((cancel.kind, cancel.references[0].clone()), (cap::Kind::Cancel, alert.reference()));
    // What nobody has sent out is no warning.
    let key = world.clerk.get(new).await.ok().field("khoa");
    let typed = [("khoa", key.as_str()), ("tieu-de", "Chờ"), ("noi-dung", "Chờ"), ("gio", "6")];
    let waits = world.clerk.post(new, &typed).await.is(303).location();
    other.get(&format!("{}/cap.xml", waits.replace("/lam-viec", ""))).await.is(404);
    world.app.end().await;
}
