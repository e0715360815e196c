//! Signatures: an official keeps a key here and signs with it ([`unlock`], [`sign`]), and any signed PDF is judged in
//! plain words ([`judged`], `/kiem-tra-chu-ky`). What is signed on another computer is given out and taken back here too,
//! by hand or by the signing agent of that computer ([`Usb`]). How a signature stands in a file is `libs/pades`.

mod api;
mod check;
mod copy;
mod elsewhere;
mod key;
mod own;
mod picture;
mod seal;
mod sign;
mod trust;
mod usb;

pub use check::{Verdict, judged, verdict};
pub use elsewhere::{done_before, given_back, given_out, prepared};
pub use key::{KeyRow, keep, keep_for, own};
pub use picture::{Look, look, look_answer};
pub use seal::{seal_look, seals};
pub use sign::{PASSWORD, sign, unlock};
pub use usb::{Usb, usb_policy};

use platform::area::{get, post};
use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 70, name: "signing", text: include_str!("../migrations/0070_signing.sql") },
    Migration {
        version: 71,
        name: "signing_picture",
        text: include_str!("../migrations/0071_signing_picture.sql"),
    },
    Migration {
        version: 72,
        name: "signing_seal",
        text: include_str!("../migrations/0072_signing_seal.sql"),
    },
];

/// What this area hands to the binary.
pub fn area() -> Area {
    Area::new("signing")
        .migrations(MIGRATIONS)
        .locales(include_str!("../locales/vi.ftl"), include_str!("../locales/en.ftl"))
        .policies(include_str!("../access.cedar"))
        .routes(vec![
            get("/kiem-tra-chu-ky", "signature.check", check::ask),
            post("/kiem-tra-chu-ky", "signature.check", check::show),
            get("/lam-viec/chu-ky-so", "signature.key", own::show),
            post("/lam-viec/chu-ky-so", "signature.key", own::save),
            post("/lam-viec/chu-ky-so/bo", "signature.key", own::drop),
            get("/lam-viec/chu-ky-so/hinh", "signature.key", own::picture),
            post("/lam-viec/chu-ky-so/hinh", "signature.key", own::keep_picture),
            post("/lam-viec/chu-ky-so/hinh/bo", "signature.key", own::drop_picture),
            get("/lam-viec/chu-ky-so/con-dau", "signature.seal", seal::show),
            post("/lam-viec/chu-ky-so/con-dau", "signature.seal", seal::save),
            post("/lam-viec/chu-ky-so/con-dau/bo", "signature.seal", seal::drop),
            get("/lam-viec/chu-ky-so/sao-y", "signature.seal", copy::ask),
            post("/lam-viec/chu-ky-so/sao-y", "signature.seal", copy::make),
            post("/lam-viec/chu-ky-so/sao-y/hinh", "signature.seal", copy::drawing),
            post("/lam-viec/chu-ky-so/sao-y/da-ky", "signature.seal", copy::signed),
            post("/api/v1/signatures/check", "signature.check", api::check),
        ])
        .openapi(api::paths)
        .offer(check::Asked::default())
        .offer(sign::Tries::default())
        .offer(ui::MenuEntry {
            text: "signing-menu-key",
            url: "/lam-viec/chu-ky-so",
            icon: "key-round",
            action: "signature.key",
            group: "audit-menu-system",
            order: 890,
        })
        .offer(ui::MenuEntry {
            text: "signing-copy",
            url: "/lam-viec/chu-ky-so/sao-y",
            icon: "copy",
            action: "signature.seal",
            group: "office-menu-group",
            order: 8,
        })
        .offer(ui::Door {
            text: "signing-check",
            line: "signing-check-line",
            url: "/kiem-tra-chu-ky",
            icon: "shield-check",
            order: 36,
        })
}
