//! Pages that every visitor sees alike are drawn once, until something is written.

use crate::toy::{self, DRAWN};
use std::io::Read;
use std::sync::atomic::Ordering;

#[tokio::test]
async fn a_kept_page_is_drawn_once_and_anew_after_a_write() {
    let test = toy::start().await;
    let (one, two) = (test.visitor(), test.visitor());
    let before = DRAWN.load(Ordering::SeqCst);
    let drawn = || DRAWN.load(Ordering::SeqCst) - before;
    one.get("/so").await.ok().shows("0 phiếu");
    let answer = two.get("/so").await;
    answer.ok().shows("0 phiếu");
    assert_eq!((drawn(), answer.header("cache-control")), (1, "private, no-cache"));
    assert_eq!(answer.header("x-keep"), "everybody", "a phone may keep it");

    // The browser asks whether its copy still holds; a phone on a weak signal gets the page packed.
    let seen = two.another().header("if-none-match", answer.header("etag"));
    assert!(seen.get("/so").await.is(304).bytes.is_empty());
    let packed = two.another().header("accept-encoding", "br, gzip;q=0.8").get("/so").await;
    assert_eq!(packed.ok().header("content-encoding"), "gzip");
    let mut page = String::new();
    flate2::read::GzDecoder::new(&packed.bytes[..]).read_to_string(&mut page).unwrap();
    assert!(page.contains("0 phiếu"), "{page}");
    let plain = two.another().header("accept-encoding", "gzip;q=0").get("/so").await;
    plain.ok().shows("0 phiếu");

    // Another language, a script's part, a file and somebody signed in are pages of their own.
    two.get("/so?lang=en").await.ok().shows("lang=en");
    assert_eq!(drawn(), 2);
    two.another().header("hx-request", "true").get("/so").await.ok();
    let own = test.with_cookie("as=officer").get("/so").await;
    assert!(
        own.ok().header("x-keep").parse::<platform::Uuid>().is_ok(),
        "the page with the name on it is theirs"
    );
    assert_eq!(drawn(), 4);
    let file = one.get("/so?tep=1").await;
    assert_eq!(file.header("x-keep"), "", "a file is no page");
    assert!(file.ok().header("content-disposition").contains("so.csv"));
    assert_eq!(file.header("cache-control"), "no-store");

    let key = platform::Uuid::from_u128(77).to_string();
    let officer = test.with_cookie("as=officer");
    officer.post("/note", &[("khoa", &key), ("body", "một phiếu")]).await.is(303);
    one.get("/so").await.ok().shows("1 phiếu");
    test.clock.advance(chrono::Duration::seconds(6));
    one.get("/so").await.ok();
    assert_eq!(drawn(), 7, "what another program wrote is seen after some seconds");
    test.run_jobs().await;
    test.end().await;
}
