//! What the commands need from the machine: found, else installed with apt where we may, else told in one list.

use crate::run::{self, Outcome, output, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Something the machine must have.
pub struct Need {
    /// For the list that a person reads.
    pub what: &'static str,
    /// The Debian packages that bring it.
    pub packages: &'static [&'static str],
    pub present: fn() -> bool,
}

/// The front end builds on Node 18 (Debian 12) and newer.
pub const NODE: Need = Need {
    what: "Node.js 18 or newer, with npm",
    packages: &["nodejs", "npm"],
    present: || node_version().is_some_and(|major| major >= 18) && works("npm --version"),
};

/// libopus comes along as source with the crate that the radio uses, and is built with it.
pub const CMAKE: Need =
    Need { what: "CMake, builds the codec Opus", packages: &["cmake"], present: || on_path("cmake") };

/// Asks a server as often as it can: for measuring.
pub const WRK: Need = Need { what: "wrk, a load generator", packages: &["wrk"], present: || on_path("wrk") };

/// What the portal is measured beside: the most common web server and the most common program for web sites.
pub const NEIGHBOURS: [Need; 3] = [
    Need { what: "nginx", packages: &["nginx-light"], present: || Path::new("/usr/sbin/nginx").exists() },
    Need {
        what: "WordPress with PHP",
        packages: &["wordpress", "wordpress-theme-twentytwentythree", "php-fpm", "php-mysql"],
        present: || {
            Path::new("/usr/share/wordpress/wp-content/themes/twentytwentythree").exists()
                && works("php --version")
        },
    },
    Need {
        what: "MariaDB, for WordPress",
        packages: &["mariadb-server"],
        present: || Path::new("/usr/sbin/mariadbd").exists(),
    },
];

/// What the tests need beside it.
pub const TESTS: [Need; 17] = [
    Need { what: "PostgreSQL server", packages: &["postgresql"], present: || postgres_bin().is_some() },
    Need { what: "Chromium", packages: &["chromium"], present: || chromium().is_some() },
    Need {
        what: "an SMTP server (aiosmtpd)",
        packages: &["python3-aiosmtpd"],
        present: || aiosmtpd().is_some(),
    },
    Need { what: "an IMAP server (Dovecot)", packages: &["dovecot-imapd"], present: || dovecot().is_some() },
    Need {
        what: "Pebble, an authority for certificates (ACME)",
        packages: &["pebble"],
        present: || on_path("pebble") && on_path("pebble-challtestsrv"),
    },
    Need {
        what: "zbarimg, reads QR codes",
        packages: &["zbar-tools"],
        present: || works("zbarimg --version"),
    },
    Need {
        what: "pdftotext and pdfsig, read PDF and judge its signatures",
        packages: &["poppler-utils"],
        present: || on_path("pdftotext") && on_path("pdfsig"),
    },
    Need {
        what: "LibreOffice's writer, opens Word files, and a face as wide as Times New Roman",
        packages: &["libreoffice-writer-nogui", "fonts-liberation"],
        present: || on_path("soffice") && Path::new("/usr/share/fonts/truetype/liberation").exists(),
    },
    Need {
        what: "tesseract with Vietnamese, recognises the words of scans",
        packages: &["tesseract-ocr", "tesseract-ocr-vie"],
        present: || {
            output(&mut run::command("tesseract --list-langs")).is_some_and(|all| all.contains("vie"))
        },
    },
    Need {
        what: "SoftHSM, a token that is a program, and OpenSC, puts certificates on it",
        packages: &["softhsm2", "opensc"],
        present: || on_path("softhsm2-util") && on_path("pkcs11-tool"),
    },
    Need { what: "openssl, makes keys as others do", packages: &["openssl"], present: || on_path("openssl") },
    CMAKE,
    Need {
        what: "ffmpeg, hears the radio as players do, and makes files of every kind",
        packages: &["ffmpeg"],
        present: || on_path("ffmpeg"),
    },
    // Installed without questions it stays disabled as a service; the tests start one of their own.
    Need {
        what: "Icecast, takes the radio's streams",
        packages: &["icecast2"],
        present: || on_path("icecast2"),
    },
    // As with Icecast: its service is none of ours.
    Need {
        what: "mosquitto, a broker for loudspeakers (MQTT)",
        packages: &["mosquitto", "mosquitto-clients"],
        present: || {
            on_path("mosquitto_pub") && (on_path("mosquitto") || Path::new("/usr/sbin/mosquitto").exists())
        },
    },
    Need { what: "espeak-ng, a voice", packages: &["espeak-ng"], present: || on_path("espeak-ng") },
    Need {
        what: "a font with Vietnamese letters",
        packages: &["fonts-dejavu-core"],
        present: || Path::new("/usr/share/fonts/truetype/dejavu").exists(),
    },
];

/// Makes sure that all needs are met.
pub fn ensure(needs: &[&Need]) -> Outcome {
    let missing = |needs: &[&Need]| {
        needs.iter().filter(|need| !(need.present)()).map(|need| need.what).collect::<Vec<_>>()
    };
    let packages: Vec<&str> =
        needs.iter().filter(|need| !(need.present)()).flat_map(|need| need.packages).copied().collect();
    if packages.is_empty() {
        return Ok(());
    }
    let advice =
        format!("Please install: {}\n    apt-get install {}", missing(needs).join(", "), packages.join(" "));
    let Some(mut apt) = apt() else { return Err(advice) };
    println!("Installing what is missing: {}", missing(needs).join(", "));
    run(apt.args(["update", "-q"])).map_err(|error| format!("{error}\n{advice}"))?;
    let mut apt = self::apt().ok_or(&advice)?;
    run(apt.args(["install", "-q", "-y", "--no-install-recommends"]).args(&packages))
        .map_err(|error| format!("{error}\n{advice}"))?;
    match missing(needs) {
        still if still.is_empty() => Ok(()),
        still => Err(format!("Installed, and still not found: {}", still.join(", "))),
    }
}

/// apt-get with the rights to install: as root, or by sudo where it asks for no password.
fn apt() -> Option<Command> {
    if !on_path("apt-get") {
        return None;
    }
    if is_root() {
        let mut apt = run::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        return Some(apt);
    }
    works("sudo -n true").then(|| run::command("sudo -n DEBIAN_FRONTEND=noninteractive apt-get"))
}

/// True when this process may do everything.
pub fn is_root() -> bool {
    output(&mut run::command("id -u")).is_some_and(|id| id.trim() == "0")
}

/// The folder of the newest PostgreSQL server programs; Debian keeps them off the path.
pub fn postgres_bin() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).or_else(|| folders().find(|folder| folder.join("initdb").exists()))
}

/// The browser that the journeys drive.
pub fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.iter().find_map(|name| folders().map(|folder| folder.join(name)).find(|path| path.exists()))
}

/// A Python that has the SMTP server; another Python may stand before Debian's on the path.
pub fn aiosmtpd() -> Option<&'static str> {
    ["/usr/bin/python3", "python3"]
        .into_iter()
        .find(|python| works(&format!("{python} -m aiosmtpd --version")))
}

/// The IMAP server; Debian keeps servers off the path of a common user.
pub fn dovecot() -> Option<PathBuf> {
    let names = folders().map(|folder| folder.join("dovecot"));
    names.chain([PathBuf::from("/usr/sbin/dovecot")]).find(|path| path.exists())
}

fn node_version() -> Option<u32> {
    output(&mut run::command("node --version")).and_then(|text| major(&text))
}

fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

/// True if the quiet command ends well.
pub fn works(line: &str) -> bool {
    output(&mut run::command(line)).is_some()
}

fn on_path(program: &str) -> bool {
    folders().any(|folder| folder.join(program).exists())
}

fn folders() -> impl Iterator<Item = PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        assert_eq!(major("v18.20.4\n"), Some(18));
        assert_eq!(major("unknown"), None);
    }

    #[test]
    fn nothing_is_installed_when_nothing_is_missing() {
        let there = Need { what: "a shell", packages: &["no-such-package"], present: || true };
        assert_eq!(ensure(&[&there]), Ok(()));
    }
}
