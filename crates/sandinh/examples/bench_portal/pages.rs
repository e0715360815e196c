//! Requests a second of three pages, beside nginx with their HTML in its cache and WordPress with the same articles.

use crate::measure::program::{Load, Program, computed, fetch, load, until};
use crate::report::{Report, row, words};
use crate::wordpress::WordPress;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Pages that everybody opens.
pub struct Shown {
    pub home: String,
    pub article: String,
    pub procedure: String,
}

/// The home page, the newest article with a picture, and the procedure that most people come for.
pub fn chosen(program: &Program) -> Shown {
    let article = articles(program).into_iter().next().expect("an article of the demo").path;
    Shown { home: "/".into(), article, procedure: "/thu-tuc/1.001193".into() }
}

/// An article as everybody reads it.
pub struct Article {
    pub path: String,
    pub title: String,
    /// HTML, with the addresses of its pictures here.
    pub body: String,
}

/// The newest articles, those with pictures first.
pub fn articles(program: &Program) -> Vec<Article> {
    let feed = fetch(&program.address, "/tin-tuc.atom");
    let mut paths: Vec<&str> = feed
        .split("rel=\"alternate\" href=\"")
        .skip(2) // that of the feed itself
        .filter_map(|rest| {
            rest.split('"').next()?.find("/tin-tuc/").map(|at| &rest[at..rest.find('"').unwrap_or(at)])
        })
        .collect();
    paths.dedup();
    let mut all: Vec<Article> = paths.into_iter().map(|path| article(program, path)).collect();
    all.sort_by_key(|one| !one.body.contains("<img"));
    all
}

fn article(program: &Program, path: &str) -> Article {
    let page = fetch(&program.address, path);
    let between = |from: &str, to: &str| {
        let rest = page.split_once(from).map_or("", |(_, rest)| rest);
        rest.split_once(to).map_or("", |(inner, _)| inner).to_owned()
    };
    let body = between("itemprop=\"articleBody\"", "</article>");
    let body = body.split_once('>').map_or(String::new(), |(_, rest)| rest.to_owned());
    let title = between("<title>", "</title>").split(" · ").next().unwrap_or_default().to_owned();
    Article { path: path.to_owned(), title, body }
}

/// Ten seconds of one page, and what it cost.
struct Measured {
    load: Load,
    /// Of the processor, for each request.
    each: Duration,
}

fn measured(url: &str, processes: &[u32]) -> Measured {
    let spent = || processes.iter().map(|one| computed(*one)).sum::<Duration>();
    let before = spent();
    let load = load(url, None);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ten seconds of requests")]
    let requests = ((load.per_second * 10.0) as u32).max(1);
    Measured { each: (spent() - before) / requests, load }
}

pub fn measure(program: &Program, shown: &Shown, report: &mut Report) {
    let nginx = Nginx::before(&program.address);
    let wordpress = WordPress::start(&articles(program));
    let mut table = vec![row([
        "page",
        "here",
        "nginx from its cache",
        "WordPress",
        "× WordPress (of 250)",
        "× nginx (of 0,5)",
        "processor each: here, nginx, WordPress",
    ])];
    let pages = [
        ("home", &shown.home, Some(wordpress.front())),
        ("article", &shown.article, Some(wordpress.article())),
        ("procedure", &shown.procedure, None),
    ];
    for (name, path, theirs) in pages {
        let here = measured(&format!("{}{path}", program.address), &[program.process()]);
        let cached = measured(&format!("{}{path}", nginx.address), &[nginx.child.id()]);
        // Its pages have no page like a procedure; the article stands for it.
        let theirs = measured(&theirs.unwrap_or_else(|| wordpress.article()), &wordpress.processes());
        table.push(vec![
            format!("{name} `{path}`"),
            here.load.words(),
            cached.load.words(),
            theirs.load.words(),
            format!("{:.0}", here.load.per_second / theirs.load.per_second),
            format!("{:.2}", here.load.per_second / cached.load.per_second).replace('.', ","),
            format!("{}, {}, {}", words(here.each), words(cached.each), words(theirs.each)),
        ]);
    }
    report.heading("Requests a second");
    report.line(
        "64 clients of wrk for 10 s on the same cores, without compression. WordPress is Debian's, with its newest theme, PHP-FPM with \
         its code in memory, MariaDB and nginx; it has the articles of the demo. A procedure is set beside its article.",
    );
    report.line("");
    report.table(&table);
}

/// nginx that keeps what the program once answered.
struct Nginx {
    child: Child,
    address: String,
    _folder: TempDir,
}

impl Nginx {
    fn before(program: &str) -> Nginx {
        let folder = crate::place::folder();
        let port = crate::wordpress::free_port();
        let site = format!(
            "proxy_cache_path {place}/cache keys_zone=pages:1m;\nserver {{\n listen 127.0.0.1:{port};\n location / {{\n  \
             proxy_pass {program};\n  proxy_set_header Accept-Encoding \"\";\n  proxy_cache pages;\n  proxy_cache_valid 200 1h;\n  \
             proxy_ignore_headers Cache-Control Expires Set-Cookie Vary X-Accel-Expires;\n  proxy_hide_header Set-Cookie;\n }}\n}}\n",
            place = folder.path().display()
        );
        let child = nginx(folder.path(), &site);
        let address = format!("http://127.0.0.1:{port}");
        until("nginx", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        Nginx { child, address, _folder: folder }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        stop(&mut self.child);
    }
}

/// nginx in the foreground, with everything that it writes in this folder.
pub fn nginx(folder: &Path, site: &str) -> Child {
    let place = folder.display();
    // Started as root it would give its workers another user, who sees neither our folder nor the socket of PHP.
    let user = if crate::wordpress::root() { "user root;\n" } else { "" };
    let configuration = format!(
        "{user}daemon off;\nworker_processes 2;\npid {place}/nginx.pid;\nerror_log {place}/error.log;\nevents {{ worker_connections 1024; }}\n\
         http {{\n include /etc/nginx/mime.types;\n access_log off;\n gzip off;\n keepalive_requests 1000000;\n \
         client_body_temp_path {place}/body;\n proxy_temp_path {place}/proxy;\n fastcgi_temp_path {place}/fastcgi;\n \
         uwsgi_temp_path {place}/uwsgi;\n scgi_temp_path {place}/scgi;\n{site}\n}}\n"
    );
    std::fs::write(folder.join("nginx.conf"), configuration).expect("its configuration");
    let mut command = Command::new("/usr/sbin/nginx");
    command.arg("-c").arg(folder.join("nginx.conf")).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().expect("nginx: `cargo xtask bench portal` installs it")
}

/// Ends a server as it wants to be ended.
pub fn stop(child: &mut Child) {
    let _ = Command::new("kill").arg(child.id().to_string()).status();
    let _ = child.wait();
}
