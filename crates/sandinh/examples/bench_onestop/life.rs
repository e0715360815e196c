//! One lifecycle: taken in at the counter, taken by a specialist, settled and returned, found again.

use crate::cast::{EXTRACT, World};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testkit::{Answer, Client};

const RESULT: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// How long each part took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    pub create: Duration,
    pub take: Duration,
    pub resolve: Duration,
    pub search: Duration,
}

impl Took {
    pub fn whole(&self) -> Duration {
        self.create + self.take + self.resolve + self.search
    }
}

/// Numbers each lifecycle, so that each has an applicant of its own.
static NUMBER: AtomicUsize = AtomicUsize::new(0);

/// # Errors
/// What answered otherwise than it should.
pub async fn run(world: Arc<World>) -> Result<Took, String> {
    let number = format!("010195{:06}", NUMBER.fetch_add(1, Ordering::Relaxed) % 1_000_000);
    let begin = Instant::now();
    let path = create(&world, &number).await?;
    let created = Instant::now();
    press(&world, &world.specialist, &path, "nhan-viec", 2).await?;
    let taken = Instant::now();
    press(&world, &world.specialist, &path, "chuyen-buoc", 3).await?;
    press(&world, &world.leader, &path, "chuyen-buoc", 4).await?;
    let key = world.key();
    let fields = [("khoa", key.as_str()), ("phien-ban", "5")];
    let attached =
        world.desk.upload(&format!("{path}/ket-qua"), &fields, "ket-qua", "ket-qua.pdf", RESULT).await;
    expect(&attached, 303)?;
    press(&world, &world.desk, &path, "chuyen-buoc", 6).await?;
    let resolved = Instant::now();
    let found = world.desk.get(&format!("/lam-viec/mot-cua?viec=tat-ca&q={number}")).await;
    expect(&found, 200)?;
    if !found.text().contains(&path) {
        return Err(format!("{number} is not found"));
    }
    Ok(Took {
        create: created - begin,
        take: taken - created,
        resolve: resolved - taken,
        search: resolved.elapsed(),
    })
}

/// The address of the new dossier.
async fn create(world: &World, number: &str) -> Result<String, String> {
    let key = world.key();
    let fields = [
        ("khoa", key.as_str()),
        ("di", "nhan"),
        ("applicant_name", "Giàng Thị Mỷ"),
        ("applicant_number", number),
        ("applicant_phone", "0912345678"),
        ("applicant_relation", "ban-than"),
        ("record_kind", "khai-sinh"),
        ("person_name", "Giàng Thị Mỷ"),
        ("person_birth", "20/06/1995"),
        ("person_sex", "nu"),
        ("registered_at", "Xã Gia Phú"),
        ("copies", "3"),
    ];
    let answer = world.desk.post(&format!("/lam-viec/quay/{EXTRACT}"), &fields).await;
    expect(&answer, 303)?;
    let location = answer.location();
    Ok(location.split("/phieu").next().unwrap_or_default().to_owned())
}

async fn press(world: &World, client: &Client, path: &str, act: &str, revision: u8) -> Result<(), String> {
    let (key, revision) = (world.key(), revision.to_string());
    let fields = [("khoa", key.as_str()), ("phien-ban", revision.as_str())];
    expect(&client.post(&format!("{path}/viec/{act}"), &fields).await, 303)
}

fn expect(answer: &Answer, status: u16) -> Result<(), String> {
    match answer.status.as_u16() {
        same if same == status => Ok(()),
        other => Err(format!("{} answered {other}", answer.path)),
    }
}
