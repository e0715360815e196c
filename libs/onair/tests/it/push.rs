//! Against Debian's Icecast, started by the test on a port of its own.

use crate::ear::{at, entry, hear_for, level, schedule, settings, tone};
use onair::push::{Push, PushTarget, Pushing};
use onair::{Class, Engine, Outlet, Source, Station};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

/// Ends with the test.
struct Icecast(Child);

impl Drop for Icecast {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(folder: &Path, port: u16) -> Icecast {
    let share = "/usr/share/icecast2";
    let dir = folder.display();
    let config = format!(
        "<icecast><location>test</location><admin>test@localhost</admin><hostname>localhost</hostname>\
         <limits><clients>20</clients><sources>4</sources><burst-size>4000000</burst-size><queue-size>8000000</queue-size></limits>\
         <authentication><source-password>secret</source-password><admin-user>admin</admin-user>\
         <admin-password>other</admin-password></authentication>\
         <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>\
         <paths><basedir>{share}</basedir><logdir>{dir}</logdir><webroot>{share}/web</webroot><adminroot>{share}/admin</adminroot></paths>\
         <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>3</loglevel></logging>\
         <security><chroot>0</chroot><changeowner><user>nobody</user><group>nogroup</group></changeowner></security></icecast>"
    );
    let file = folder.join("icecast.xml");
    std::fs::write(&file, config).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(folder, mode).unwrap();
    let mut icecast = Command::new("icecast2");
    icecast.arg("-c").arg(file).stdout(Stdio::null()).stderr(Stdio::null());
    Icecast(icecast.spawn().expect("icecast2, from Debian's package"))
}

/// A port that nobody uses, below those that the system gives away by itself to whoever asks meanwhile.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let mut ports = std::iter::repeat_with(|| {
        let start = std::process::id() as u16 % 1_000 * 20;
        10_000 + (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 20_000
    });
    ports.find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

fn target(port: u16, password: &str) -> PushTarget {
    PushTarget {
        address: format!("http://127.0.0.1:{port}/commune.mp3").parse().unwrap(),
        user: "source".into(),
        password: password.into(),
        kind: "audio/mpeg",
        name: "Gia Phú\r\nX-Injected: yes".into(),
    }
}

async fn until(push: &Push, wanted: impl FnMut(&Pushing) -> bool) -> Pushing {
    push.state().wait_for(wanted).await.unwrap().clone()
}

/// Twenty seconds of a tone, all at once.
fn programme() -> (Arc<Station>, Outlet) {
    let (mut engine, station) = Engine::new(&["a"], settings(), None, Box::new(|_| {})).unwrap();
    let entries = vec![entry("tone", (0.0, 60.0), Class::Scheduled, &["a"])];
    station.set_schedule(schedule(entries, vec![("tone", Source::Tone(440.0))]));
    (0..1_000).for_each(|beat| engine.step(at(f64::from(beat) / 50.0)).unwrap());
    let outlet = station.streams("a").unwrap().mp3.clone();
    (station, outlet)
}

#[tokio::test(flavor = "multi_thread")]
async fn icecast_takes_the_stream_and_hands_it_on() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let (_station, outlet) = programme();
    // Begun before the server is there: it connects when it can.
    let push = Push::start(outlet.clone(), target(port, "secret"));
    assert!(matches!(until(&push, |state| matches!(state, Pushing::Failed(_))).await, Pushing::Failed(_)));
    let icecast = start(folder.path(), port);
    until(&push, |state| *state == Pushing::Sending).await;
    let address = format!("http://127.0.0.1:{port}/commune.mp3");
    let heard = hear_for(&address, 6).await;
    assert_eq!(heard.len(), 6 * 48_000);
    let middle = &heard[heard.len() / 2..heard.len() / 2 + 9_600];
    assert!((tone(middle, 440.0) - 0.1).abs() < 0.02 && level(middle) < 0.08);
    // The server goes and comes back.
    drop(icecast);
    outlet.push(bytes::Bytes::from(vec![0; 4_000_000]), 48_000);
    until(&push, |state| matches!(state, Pushing::Failed(_))).await;
    let _icecast = start(folder.path(), port);
    until(&push, |state| *state == Pushing::Sending).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_told() {
    let (folder, port) = (tempfile::tempdir().unwrap(), free_port());
    let _icecast = start(folder.path(), port);
    let (_station, outlet) = programme();
    let push = Push::start(outlet, target(port, "wrong"));
    let refused =
        |state: &Pushing| matches!(state, Pushing::Failed(why) if why.contains("401") || why.contains("403"));
    until(&push, refused).await;
}
