//! `sandinh doctor`: looks at the installation and says what to mend.
#![allow(clippy::print_stdout)] // the answer of the command

use super::place::{config, open};
use crate::cli::Place;
use chrono::{Datelike, Duration};
use platform::clock::Clock;
use platform::config::{Config, Tls};
use platform::db::Engine;
use platform::{App, Ctx, Lang, Message, Result, T, Uuid, http, jobs, sql};
use std::process::ExitCode;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Good,
    /// Works, but somebody should look.
    Look,
    Bad,
}

struct Finding {
    state: State,
    words: Message,
}

fn good(words: impl Into<Message>) -> Finding {
    Finding { state: State::Good, words: words.into() }
}
fn look(words: impl Into<Message>) -> Finding {
    Finding { state: State::Look, words: words.into() }
}
fn bad(words: impl Into<Message>) -> Finding {
    Finding { state: State::Bad, words: words.into() }
}

/// Fails when something is bad, not when something should be looked at.
pub async fn doctor(place: &Place) -> Result<ExitCode> {
    let config = config(place)?;
    let mut findings = vec![folder(&config), space(&config), certificate(&config)];
    match open(config.clone()).await {
        Err(error) => {
            findings.push(bad(Message::new("doctor-database-bad").with("detail", error.to_string())))
        }
        Ok(app) => {
            findings.extend(database(&app).await?);
            findings.extend(law(&app));
            for commune in sql("SELECT id FROM commune ORDER BY id").column::<Uuid>(&app.db).await? {
                findings.extend(commune_of(&Ctx::system(&app, commune, "doctor")).await?);
            }
            findings.push(mail(&app).await);
            app.db.close().await;
        }
    }
    for finding in &findings {
        let sign = match finding.state {
            State::Good => "  ✓",
            State::Look => "  !",
            State::Bad => "  ✗",
        };
        println!("{sign} {}", super::text(&finding.words));
    }
    let sick = findings.iter().any(|finding| finding.state == State::Bad);
    Ok(if sick { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn folder(config: &Config) -> Finding {
    let probe = config.data.join(".doctor");
    let written = std::fs::create_dir_all(&config.data).and_then(|()| std::fs::write(&probe, b"x"));
    std::fs::remove_file(&probe).ok();
    let name = config.data.display().to_string();
    match written {
        Ok(()) => good(Message::new("doctor-folder-good").with("name", name)),
        Err(_) => bad(Message::new("doctor-folder-bad").with("name", name)),
    }
}

/// Asks `df`, which every machine of ours has.
fn space(config: &Config) -> Finding {
    let output = std::process::Command::new("df").arg("-Pm").arg(&config.data).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let free = text.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<i64>().ok());
    match free {
        Some(megabytes) if megabytes >= 2_000 => {
            good(Message::new("doctor-space-good").with("megabytes", megabytes))
        }
        Some(megabytes) => look(Message::new("doctor-space-low").with("megabytes", megabytes)),
        None => look("doctor-space-unknown"),
    }
}

fn certificate(config: &Config) -> Finding {
    match &config.tls {
        Tls::Off if config.listen.ip().is_loopback() || config.behind_proxy => good("doctor-tls-off"),
        Tls::Off => bad("doctor-tls-needed"),
        Tls::Local => good("doctor-tls-local"),
        Tls::Acme(_) => acme(config),
        Tls::Files { certificate, key } if certificate.exists() && key.exists() => good("doctor-tls-files"),
        Tls::Files { .. } => bad("doctor-tls-missing"),
    }
}

/// Let's Encrypt renews while a third of the time is left; less than a week means that it has failed for long.
fn acme(config: &Config) -> Finding {
    let folder = http::acme::folder(&config.data);
    let own = folder.join("authority.pem").exists();
    let validity = http::acme::validity(&folder.join("server.pem")).filter(|_| !own);
    let Some((_, end)) = validity else { return bad("doctor-tls-acme-none") };
    let words =
        |key: &'static str| Message::new(key).with("day", T(Lang::Vi).date(platform::clock::local_date(end)));
    let left = end - Clock::System.now();
    if left < Duration::zero() {
        bad(words("doctor-tls-acme-ended"))
    } else if left < Duration::days(7) {
        look(words("doctor-tls-acme-soon"))
    } else {
        good(words("doctor-tls-acme-good"))
    }
}

async fn database(app: &App) -> Result<Vec<Finding>> {
    let version = platform::db::applied(&app.db).await?;
    let mut findings = vec![good(
        Message::new("doctor-database-good").with("engine", app.db.engine().name()).with("version", version),
    )];
    if app.db.engine() == Engine::Sqlite {
        let answer: Option<String> = sql("PRAGMA quick_check").scalar(&app.db).await?;
        let whole = answer.as_deref() == Some("ok");
        findings.push(if whole { good("doctor-pages-good") } else { bad("doctor-pages-bad") });
    }
    Ok(findings)
}

/// The yearly decision on holidays must be loaded before the year begins.
fn law(app: &App) -> Vec<Finding> {
    let today = app.clock.today();
    let calendar =
        app.law.undated("holidays/vn.csv").ok().and_then(|csv| vncal::WorkCalendar::from_csv(&csv).ok());
    let Some(calendar) = calendar else { return vec![bad("doctor-holidays-bad")] };
    let soon = today.checked_add_signed(Duration::days(45)).unwrap_or(today);
    let years =
        if soon.year() == today.year() { vec![today.year()] } else { vec![today.year(), soon.year()] };
    let finding = |year: i32| {
        let words = |key: &'static str| Message::new(key).with("year", year.to_string());
        match calendar.status(year) {
            Some(vncal::Status::Published) => good(words("doctor-holidays-good")),
            Some(_) => look(words("doctor-holidays-projected")),
            None => bad(words("doctor-holidays-missing")),
        }
    };
    years.into_iter().map(finding).collect()
}

async fn commune_of(ctx: &Ctx) -> Result<Vec<Finding>> {
    let chain = match audit::last_check(ctx).await? {
        Some(check) if check.broken_at.is_some() => {
            bad(Message::new("doctor-audit-broken").with("number", check.broken_at.unwrap_or(0)))
        }
        Some(check) if ctx.now - check.at < Duration::days(8) => {
            good(Message::new("doctor-audit-good").with("entries", check.entries))
        }
        _ => look("doctor-audit-old"),
    };
    let dead = jobs::list(ctx, &ctx.app.db, "dead").await?.len();
    let work = if dead == 0 {
        good("doctor-work-good")
    } else {
        look(Message::new("doctor-work-dead").with("count", dead))
    };
    Ok(vec![chain, work, files(ctx).await?])
}

/// Reads the newest files back and compares their digests.
async fn files(ctx: &Ctx) -> Result<Finding> {
    let newest: Vec<Uuid> = sql("SELECT id FROM file WHERE commune_id = $1 ORDER BY id DESC LIMIT 50")
        .bind(ctx.commune)
        .column(&ctx.app.db)
        .await?;
    let mut lost = 0usize;
    for id in &newest {
        let row = platform::files::find(ctx, &ctx.app.db, *id).await?;
        lost += usize::from(platform::files::read(ctx, &row).await.is_err());
    }
    let words = |key: &'static str| Message::new(key).with("count", newest.len()).with("lost", lost);
    Ok(if lost == 0 { good(words("doctor-files-good")) } else { bad(words("doctor-files-bad")) })
}

async fn mail(app: &App) -> Finding {
    let Some(mail) = &app.config.mail else { return look("doctor-mail-none") };
    let name = format!("{}:{}", mail.host, mail.port);
    let connect = tokio::net::TcpStream::connect((mail.host.as_str(), mail.port));
    match tokio::time::timeout(std::time::Duration::from_secs(5), connect).await {
        Ok(Ok(_)) => good(Message::new("doctor-mail-good").with("name", name)),
        _ => bad(Message::new("doctor-mail-bad").with("name", name)),
    }
}
