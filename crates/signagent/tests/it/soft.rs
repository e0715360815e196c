//! Tokens of SoftHSM in a folder of their own; their keys are made by openssl, put on by OpenSC.

use pades::Key;
use pades::practice::{Authority, Holder};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Soft {
    folder: tempfile::TempDir,
    pub authority: Authority,
}

impl Soft {
    pub fn new() -> Soft {
        let folder = tempfile::tempdir().unwrap();
        let tokens = folder.path().join("tokens");
        std::fs::create_dir(&tokens).unwrap();
        let conf = format!(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\n",
            tokens.display()
        );
        std::fs::write(folder.path().join("softhsm2.conf"), conf).unwrap();
        let day = |text: &str| text.parse().unwrap();
        let authority = Authority::new("Cơ quan thử", day("2020-01-01"), day("2040-01-01")).unwrap();
        Soft { folder, authority }
    }

    pub fn module() -> &'static str {
        let places = [
            "/usr/lib/softhsm/libsofthsm2.so",
            "/usr/lib64/softhsm/libsofthsm2.so",
            "/usr/local/lib/softhsm/libsofthsm2.so",
        ];
        places
            .into_iter()
            .find(|place| Path::new(place).exists())
            .expect("softhsm2 is installed: cargo xtask test does it")
    }

    pub fn conf(&self) -> PathBuf {
        self.folder.path().join("softhsm2.conf")
    }

    /// A token with a key and its certificate for each kind and last day.
    pub fn token(&self, label: &str, keys: &[(&str, &str)]) {
        let pin = crate::PIN;
        self.run(
            "softhsm2-util",
            &["--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "13579135"],
        );
        for (at, (kind, until)) in keys.iter().enumerate() {
            let id = format!("{:02}", at + 1);
            let made: &[&str] = match *kind {
                "RSA" => {
                    &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "key.pem"]
                }
                _ => &[
                    "genpkey",
                    "-algorithm",
                    "EC",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-pkeyopt",
                    "ec_param_enc:named_curve",
                    "-out",
                    "key.pem",
                ],
            };
            self.run("openssl", made);
            self.run(
                "openssl",
                &["pkcs8", "-topk8", "-nocrypt", "-in", "key.pem", "-outform", "DER", "-out", "key.der"],
            );
            let pkcs8 = std::fs::read(self.folder.path().join("key.der")).unwrap();
            let who = Holder {
                name: "Nguyễn Văn Hùng",
                organisation: "UBND xã Gia Phú",
                from: "2025-01-01".parse().unwrap(),
                until: until.parse().unwrap(),
            };
            let file = self.authority.key_file(&who, Some(&pkcs8), "x").unwrap();
            let key = Key::from_pkcs12(&file, "x").unwrap();
            std::fs::write(self.folder.path().join("cert.der"), key.certificate().der()).unwrap();
            self.run(
                "softhsm2-util",
                &["--import", "key.pem", "--token", label, "--label", &id, "--id", &id, "--pin", pin],
            );
            self.put(label, "cert.der", &id);
        }
        if !keys.is_empty() {
            std::fs::write(self.folder.path().join("ca.der"), self.authority.der()).unwrap();
            self.put(label, "ca.der", "99");
        }
    }

    /// Puts a certificate on a token.
    fn put(&self, label: &str, file: &str, id: &str) {
        let (module, pin) = (Soft::module(), crate::PIN);
        let line = [
            "--module",
            module,
            "--token-label",
            label,
            "--login",
            "--pin",
            pin,
            "--write-object",
            file,
            "--type",
            "cert",
            "--id",
            id,
        ];
        self.run("pkcs11-tool", &line);
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let out = Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .env("SOFTHSM2_CONF", self.conf())
            .output()
            .unwrap();
        assert!(out.status.success(), "{program} {arguments:?}\n{}", String::from_utf8_lossy(&out.stderr));
    }
}

pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
