//! Debian's WordPress in a folder of its own: MariaDB, PHP-FPM and nginx, without a cache of pages and with one plugin, a line about its address.

use crate::measure::program::until;
use crate::pages::{Article, nginx, stop};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

pub struct WordPress {
    servers: Vec<Child>,
    port: u16,
    /// Where its first article stands.
    article: String,
    _folder: TempDir,
}

impl Drop for WordPress {
    fn drop(&mut self) {
        self.servers.iter_mut().rev().for_each(stop);
    }
}

/// A port on which nothing listens now.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.local_addr().expect("its number").port()
}

impl WordPress {
    /// With these articles, the first of them as the newest.
    pub fn start(articles: &[Article]) -> WordPress {
        let folder = crate::place::folder();
        let (place, port) = (folder.path(), free_port());
        let mut servers = vec![database(place)];
        files(place, port);
        let posts: Vec<_> =
            articles.iter().map(|one| serde_json::json!({ "title": one.title, "body": one.body })).collect();
        std::fs::write(place.join("posts.json"), serde_json::to_vec(&posts).expect("JSON")).expect("kept");
        std::fs::write(place.join("install.php"), INSTALL).expect("kept");
        let mut install = Command::new("php");
        install.arg("install.php").arg(format!("127.0.0.1:{port}")).current_dir(place);
        let told = install.output().expect("php: `cargo xtask bench portal` installs it");
        let path = String::from_utf8_lossy(&told.stdout).lines().last().unwrap_or_default().to_owned();
        assert!(
            path.starts_with('/'),
            "WordPress is not installed: {}",
            String::from_utf8_lossy(&told.stdout)
        );
        servers.push(php(place));
        servers.push(nginx(place, &site(place, port)));
        until("WordPress", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
        let wordpress = WordPress { servers, port, article: path, _folder: folder };
        for path in ["/", &wordpress.article] {
            let page = crate::measure::program::fetch(&format!("http://127.0.0.1:{port}"), path);
            let begin: String = page.chars().take(600).collect();
            assert!(
                page.starts_with("HTTP/1.1 200") && page.contains(&articles[0].title),
                "WordPress {path}: {begin}"
            );
        }
        wordpress
    }

    pub fn front(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    pub fn article(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.article)
    }

    pub fn processes(&self) -> Vec<u32> {
        self.servers.iter().map(Child::id).collect()
    }
}

fn quiet(program: &str) -> Command {
    let mut command = Command::new(program);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn database(place: &Path) -> Child {
    let (data, socket) = (place.join("db"), place.join("db.sock"));
    let user =
        String::from_utf8(Command::new("id").arg("-un").output().expect("a user").stdout).expect("text");
    let user = format!("--user={}", user.trim());
    let mut make = quiet("mariadb-install-db");
    make.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", &user]);
    // The script knows the place only behind an equals sign.
    let place = format!("--datadir={}", data.display());
    assert!(make.arg(&place).status().expect("MariaDB").success(), "no database was made");
    let mut server = quiet("/usr/sbin/mariadbd");
    server.args(["--no-defaults", "--skip-networking", &user, &place]);
    let server = server.arg(format!("--socket={}", socket.display())).spawn().expect("MariaDB");
    let socket = format!("--socket={}", socket.display());
    let ask = |words: &str| {
        quiet("mariadb")
            .args(["--no-defaults", "-uroot", &socket, "-e", words])
            .status()
            .is_ok_and(|s| s.success())
    };
    until("MariaDB", || ask("SELECT 1"));
    assert!(ask("CREATE DATABASE wordpress CHARACTER SET utf8mb4"), "no database");
    server
}

/// The program as Debian has it, with a configuration of its own.
fn files(place: &Path, port: u16) {
    let copy = Command::new("cp").args(["-rL", "/usr/share/wordpress"]).arg(place.join("site")).status();
    assert!(copy.expect("cp").success(), "WordPress cannot be copied");
    let configuration = format!(
        "<?php\ndefine('DB_NAME','wordpress');define('DB_USER','root');define('DB_PASSWORD','');\
         define('DB_HOST','localhost:{}');define('DB_CHARSET','utf8mb4');define('DB_COLLATE','');\n\
         define('WP_HOME','http://127.0.0.1:{port}');define('WP_SITEURL','http://127.0.0.1:{port}');\n\
         define('DISABLE_WP_CRON',true);define('WP_HTTP_BLOCK_EXTERNAL',true);define('WP_DEBUG',false);\n\
         $table_prefix='wp_';\nif (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');\nrequire_once ABSPATH . 'wp-settings.php';\n",
        place.join("db.sock").display()
    );
    std::fs::write(place.join("site/wp-config.php"), configuration).expect("its configuration");
    // At an address of numbers with a port it would send every reader to the very same address.
    let own = place.join("site/wp-content/mu-plugins");
    std::fs::create_dir_all(&own).expect("a folder");
    let line = "<?php\nremove_filter('template_redirect', 'redirect_canonical');\n";
    std::fs::write(own.join("address.php"), line).expect("its only plugin");
}

/// Installs it, writes the articles, and says where the first of them stands.
const INSTALL: &str = r#"<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = $argv[1];
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require 'site/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Xã Gia Phú', 'admin', 'admin@example.vn', true, '', 'mot-mat-khau');
global $wp_rewrite;
$wp_rewrite->set_permalink_structure('/%postname%/');
$wp_rewrite->flush_rules();
$now = time();
foreach (json_decode(file_get_contents('posts.json'), true) as $at => $post) {
  $id = wp_insert_post([
    'post_title' => $post['title'], 'post_content' => $post['body'], 'post_status' => 'publish',
    'post_date' => date('Y-m-d H:i:s', $now - 60 - $at * 3600),
  ]);
  if ($at === 0) $first = $id;
}
wp_delete_post(1, true);
echo "\n", wp_make_link_relative(get_permalink($first)), "\n";
"#;

fn php(place: &Path) -> Child {
    let versions = std::fs::read_dir("/usr/sbin").expect("programs").flatten();
    let names = versions.map(|entry| entry.path());
    let program = names.filter(|path| path.to_string_lossy().contains("/php-fpm")).max().expect("php-fpm");
    let at = place.display();
    let configuration = format!(
        "[global]\npid={at}/php.pid\nerror_log={at}/php.log\ndaemonize=no\n[www]\nlisten={at}/php.sock\nlisten.backlog=1024\n\
         pm=static\npm.max_children=4\nphp_admin_value[opcache.enable]=1\nphp_admin_value[opcache.memory_consumption]=128\n\
         php_admin_value[error_log]={at}/php.log\n{}",
        if root() { "user=root\ngroup=root\n" } else { "" }
    );
    std::fs::write(place.join("php.conf"), configuration).expect("its configuration");
    let mut server = Command::new(program);
    server.stdout(Stdio::null()).stderr(Stdio::null()).arg("-y").arg(place.join("php.conf"));
    if root() {
        server.arg("-R");
    }
    let child = server.spawn().expect("php-fpm");
    until("PHP", || place.join("php.sock").exists());
    child
}

pub fn root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|told| told.stdout.trim_ascii() == b"0")
}

fn site(place: &Path, port: u16) -> String {
    let (root, socket) = (place.join("site"), place.join("php.sock"));
    format!(
        "server {{\n listen 127.0.0.1:{port};\n root {};\n index index.php;\n location / {{ try_files $uri $uri/ /index.php?$args; }}\n \
         location ~ \\.php$ {{ include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; \
         fastcgi_pass unix:{}; }}\n}}\n",
        root.display(),
        socket.display()
    )
}
