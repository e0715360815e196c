//! The program from outside: start, memory, requests a second.

use crate::measure::program::{Program, fetch, fetch_as, load, serve};
use crate::report::{Report, row, words};
use std::time::Duration;

pub fn measure(report: &mut Report) {
    let folder = crate::place::folder();
    let first = serve(folder.path());
    let filled = first.started.elapsed();
    drop(first);
    let served = serve(folder.path());
    assert!(fetch(&served.address, "/").starts_with("HTTP/1.1 200"));
    let page = served.started.elapsed();
    rest();
    let idle = served.memory("VmRSS");
    let signed = format!("Cookie: {}", served.cookie("dan-cu"));
    let load = |path: &str, header| load(&format!("{}{path}", served.address), header).words();
    let home = load("/", None);
    let figures = load("/so-lieu", None);
    let list = load("/lam-viec/ho", Some(&signed));
    let desk = load("/lam-viec", Some(&signed));
    let card = load(&first_household(&served, &signed), Some(&signed));
    let peak = served.memory("VmHWM");

    report.heading("The program as a whole");
    report.table(&[
        row(["what", "measured", "to beat"]),
        row(["first start: demo written, first page open", &words(filled), "–"]),
        row(["second start to the first page", &words(page), "1 s"]),
        row(["idle memory (VmRSS, demo data, 3 s after the first page)", &idle, "80 MB"]),
        row(["memory at the worst moment of the loads below (VmHWM)", &peak, "–"]),
        row(["`/`, anonymous, 64 clients", &home, "10.000/s"]),
        row(["`/so-lieu`, anonymous, 64 clients", &figures, "10.000/s"]),
        row(["`/lam-viec/ho` (25 households of a list), signed in, 64 clients", &list, "1.500/s"]),
        row(["`/lam-viec/ho/…` (the card of a household), signed in, 64 clients", &card, "1.500/s"]),
        row(["`/lam-viec` (desk), signed in, 64 clients", &desk, "1.500/s"]),
    ]);
}

/// Memory is asked for when nothing goes on any more.
#[allow(clippy::disallowed_methods, reason = "being at rest is a matter of time")]
fn rest() {
    std::thread::sleep(Duration::from_secs(3));
}

/// The address of a card, as the list links to it.
fn first_household(served: &Program, signed: &str) -> String {
    let list = fetch_as(&served.address, "/lam-viec/ho", signed);
    let at =
        list.split("href=\"/lam-viec/ho/").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    let id = at.into_iter().find(|id| id.len() == 36).expect("a household in the list");
    format!("/lam-viec/ho/{id}")
}
