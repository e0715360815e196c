//! What the commune tells its people: an inbox for every account, e-mail behind it, and the pages of background work.
//!
//! Another area calls [`send`] in the transaction that has something to tell. The letter stands in the inbox at once;
//! when the account has an e-mail address and a mail server is set, a job sends it as well, tries again while the server
//! is away, and waits on the page of failed work when the address is refused. Messages to many people go through [`channel`].

pub mod channel;
pub mod emergency;
mod inbox;
mod mail;
mod pages;
mod work;

pub use inbox::{Letter, send, send_to_role, take_back};
pub use mail::{Answer, Outcome, answer, deliver};

use platform::area::{get, post};
use platform::jobs::Worker;
use platform::{Area, db::Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { version: 50, name: "messages", text: include_str!("../migrations/0050_messages.sql") },
    channel::MIGRATION,
    channel::VOICE_MIGRATION,
    emergency::MIGRATION,
    emergency::PLACE_MIGRATION,
    emergency::CAP_MIGRATION,
];

// All texts of the area.
const VI: &str = concat!(
    include_str!("../locales/vi.ftl"),
    include_str!("../locales/channel.vi.ftl"),
    include_str!("../locales/voice.vi.ftl"),
    include_str!("../locales/emergency.vi.ftl")
);
const EN: &str = concat!(
    include_str!("../locales/en.ftl"),
    include_str!("../locales/channel.en.ftl"),
    include_str!("../locales/voice.en.ftl"),
    include_str!("../locales/emergency.en.ftl")
);

pub fn area() -> Area {
    let area = Area::new("messages")
        .migrations(MIGRATIONS)
        .locales(VI, EN)
        .policies(include_str!("../access.cedar"))
        .routes(vec![
            get("/lam-viec/hop-thu", "message.list", pages::list).on_phone(),
            get("/lam-viec/hop-thu/{id}", "message.show", pages::open),
            post("/lam-viec/hop-thu/doc-het", "message.read", pages::read_all),
            get("/lam-viec/cong-viec", "job.list", work::list),
            get("/lam-viec/cong-viec/{id}", "job.show", work::show),
            post("/lam-viec/cong-viec/{id}/dung", "job.cancel", work::cancel),
            get("/lam-viec/cong-viec-loi", "job.dead", work::dead),
            post("/lam-viec/cong-viec-loi/{id}/chay-lai", "job.retry", work::retry),
            post("/lam-viec/cong-viec-loi/{id}/bo", "job.drop", work::drop_dead),
        ])
        .worker(Worker::new(mail::JOB, mail::job))
        .offer(ui::InboxCount(|ctx| Box::pin(inbox::unread(ctx))))
        .offer(ui::MenuEntry {
            text: "work-menu",
            url: "/lam-viec/cong-viec",
            icon: "hourglass",
            action: "job.list",
            group: "messages-menu-group",
            order: 900,
        })
        .offer(ui::MenuEntry {
            text: "work-dead-menu",
            url: "/lam-viec/cong-viec-loi",
            icon: "triangle-alert",
            action: "job.dead",
            group: "messages-menu-group",
            order: 901,
        })
        .offer(ui::Waits(|ctx| Box::pin(work::waits(ctx))))
        .routes(channel::routes())
        .openapi(channel::paths)
        .routes(emergency::routes())
        .openapi(emergency::paths)
        .openapi(emergency::cap_paths)
        .offer(emergency::alarms())
        .offer(emergency::waits())
        .offer(emergency::menu())
        .offer(emergency::senders_menu())
        .offer(channel::Turn::default())
        .offer(channel::account_entry());
    let area = channel::workers().into_iter().fold(area, Area::worker);
    let area = channel::every().into_iter().fold(area, Area::every);
    channel::menu().into_iter().fold(area, Area::offer)
}
