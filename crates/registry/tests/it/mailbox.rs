//! A mail server of the test: takes every letter and keeps it.

use platform::config::{Mail, MailSecurity};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub struct Mailbox {
    pub port: u16,
    kept: Arc<Mutex<Vec<String>>>,
}

/// A server on this machine at a port.
pub fn mail_at(port: u16) -> Mail {
    Mail {
        host: "127.0.0.1".into(),
        port,
        from: "Xã Thử <xa@thu.example>".into(),
        user: None,
        password_file: None,
        security: MailSecurity::None,
    }
}

impl Mailbox {
    pub async fn open() -> Mailbox {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let kept: Arc<Mutex<Vec<String>>> = Arc::default();
        let keep = kept.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, keep.clone()));
            }
        });
        Mailbox { port, kept }
    }

    /// What came, each as it was sent.
    pub fn mails(&self) -> Vec<String> {
        self.kept.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, kept: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test\r\n").await?;
    let (mut letter, mut inside) = (String::new(), false);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        if inside {
            letter.push_str(&line);
            if line == ".\r\n" {
                inside = false;
                kept.lock().unwrap().push(std::mem::take(&mut letter));
                stream.write_all(b"250 kept\r\n").await?;
            }
            continue;
        }
        let word: String = line.chars().take(4).collect::<String>().to_uppercase();
        let answer: &[u8] = match word.as_str() {
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 well\r\n",
        };
        inside = word == "DATA";
        stream.write_all(answer).await?;
    }
}
