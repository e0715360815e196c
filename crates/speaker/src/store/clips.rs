//! The plan for a cut line, and its audio by SHA-256.

use super::{Store, read, write};
use onair::Moment;
use onair::clip::{self, ClipFault};
use sha2::{Digest, Sha256};
use speakerlink::{Clip, Plan};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// A clip larger than this is a mistake: an hour of the best kind.
const LARGEST: u64 = 64 << 20;

/// Why a clip does not play.
#[derive(Debug, thiserror::Error)]
pub enum Faulty {
    /// It was not fetched yet, or cannot be read.
    #[error("its audio is not here: {0}")]
    Missing(#[from] io::Error),
    /// Altered, not signed by the station, out of date, or for others.
    #[error(transparent)]
    Refused(#[from] ClipFault),
}

/// The plan that an earlier run has kept.
pub(super) fn kept_plan(path: &Path) -> Plan {
    read(path).unwrap_or(Plan { village: String::new(), clips: Vec::new() })
}

impl Store {
    /// The plan as of now.
    pub fn plan(&self) -> Arc<Plan> {
        self.plan.lock().expect("no holder panics").clone()
    }

    /// Takes a new plan, and deletes the audio that it does not name. Gives what must be fetched, the soonest first.
    ///
    /// # Errors
    /// A disk that takes nothing more: the plan is followed all the same, until a restart.
    pub fn follow(&self, plan: Plan) -> (Vec<Clip>, io::Result<()>) {
        let kept = write(&self.folder.join("plan.json"), &speakerlink::write(&plan));
        let plan = Arc::new(plan);
        *self.plan.lock().expect("no holder panics") = plan.clone();
        self.fetched.fetch_add(1, Ordering::Relaxed);
        let named: BTreeSet<&str> = plan.clips.iter().map(|clip| clip.audio.as_str()).collect();
        let files = std::fs::read_dir(self.folder.join("audio")).into_iter().flatten().flatten();
        for file in files {
            let name = file.file_name();
            if !name.to_str().is_some_and(|name| named.contains(name)) {
                let gone = std::fs::remove_file(file.path());
                super::told(gone, "audio that no plan names stays");
            }
        }
        let refused = self.refused.lock().expect("no holder panics");
        let mut wanted: Vec<Clip> = plan.clips.iter().filter(|clip| self.lacks(clip)).cloned().collect();
        wanted.retain(|clip| !refused.contains(&clip.head));
        wanted.sort_by_key(|clip| clip.from);
        wanted.dedup_by(|one, other| one.audio == other.audio);
        (wanted, kept)
    }

    fn lacks(&self, clip: &Clip) -> bool {
        self.audio(clip).is_some_and(|path| !path.exists())
    }

    /// Where the audio of a clip lies. What is no SHA-256 is no name of a file.
    fn audio(&self, clip: &Clip) -> Option<PathBuf> {
        let is_digest = clip.audio.len() == 64 && clip.audio.bytes().all(|byte| byte.is_ascii_hexdigit());
        (is_digest && clip.size <= LARGEST).then(|| self.folder.join("audio").join(&clip.audio))
    }

    /// Keeps audio that was fetched, if it is what the plan says.
    ///
    /// # Errors
    /// Other audio, or a disk that takes nothing more.
    pub fn keep(&self, clip: &Clip, audio: &[u8]) -> io::Result<()> {
        let path = self.audio(clip).ok_or(io::ErrorKind::InvalidInput)?;
        if audio.len() as u64 != clip.size
            || !clip.audio.eq_ignore_ascii_case(&hex::encode(Sha256::digest(audio)))
        {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not the audio that the plan names"));
        }
        write(&path, audio)?;
        self.fetched.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Another number when a plan or audio has come.
    pub fn fetched(&self) -> u64 {
        self.fetched.load(Ordering::Relaxed)
    }

    /// How many clips lie ready.
    pub fn ready(&self) -> u32 {
        let plan = self.plan();
        let here = plan.clips.iter().filter(|clip| self.audio(clip).is_some_and(|path| path.exists()));
        u32::try_from(here.count()).unwrap_or(u32::MAX)
    }

    /// The clips whose time it is at a moment (microseconds), the one that began last first.
    pub fn due(&self, at: i64) -> Vec<Clip> {
        let plan = self.plan();
        let mut due: Vec<Clip> =
            plan.clips.iter().filter(|clip| clip.from <= at && at < clip.to).cloned().collect();
        due.sort_by_key(|clip| std::cmp::Reverse(clip.from));
        due
    }

    /// Reads a clip and judges it, whatever was found of it before; gives its audio.
    ///
    /// # Errors
    /// Audio that is not here; what may not play. That is deleted, and not fetched again unless the disk alone has spoilt it.
    pub fn judge(&self, clip: &Clip, key: &[u8; 32], now: Moment) -> Result<Vec<u8>, Faulty> {
        let path = self.audio(clip).ok_or(Faulty::Refused(ClipFault::Malformed))?;
        let audio = std::fs::read(&path)?;
        let head = hex::decode(&clip.head).map_err(|_| ClipFault::Malformed);
        let judged = head.and_then(|head| {
            let whole = [&head[..], &audio].concat();
            clip::play(&whole, key, &self.plan().village, now)?;
            let (statement, _) = clip::open(&whole, key)?;
            if statement.id == clip.id { Ok(()) } else { Err(ClipFault::Signature) }
        });
        match judged {
            Ok(()) => Ok(audio),
            // It comes a little early: another look costs nothing.
            Err(ClipFault::Early) => Err(ClipFault::Early.into()),
            Err(fault) => {
                super::told(std::fs::remove_file(&path), "audio that was refused stays");
                if fault != ClipFault::Audio {
                    self.refused.lock().expect("no holder panics").insert(clip.head.clone());
                }
                Err(fault.into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onair::clip::{ClipKey, Statement};

    const AUDIO: &[u8] = b"the sound of the commune";

    fn clip(key: &ClipKey, id: &str, villages: &[&str]) -> Clip {
        let statement = Statement {
            id: id.into(),
            from: Moment::from_seconds(10),
            to: Moment::from_seconds(20),
            villages: villages.iter().map(|village| (*village).to_owned()).collect(),
        };
        let digest: [u8; 32] = Sha256::digest(AUDIO).into();
        Clip {
            id: id.into(),
            from: 10_000_000,
            to: 20_000_000,
            head: hex::encode(key.head(&statement, &digest).unwrap()),
            audio: hex::encode(digest),
            size: AUDIO.len() as u64,
        }
    }

    fn store(clips: Vec<Clip>) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store.follow(Plan { village: "Bản Mới".into(), clips }).1.unwrap();
        (folder, store)
    }

    #[test]
    fn a_clip_is_fetched_once_and_goes_with_its_plan() {
        let key = ClipKey::new([7; 32]);
        let both = vec![clip(&key, "b", &["Bản Mới"]), clip(&key, "a", &["Bản Mới"])];
        let (folder, store) = store(both.clone());
        let plan = Plan { village: "Bản Mới".into(), clips: both.clone() };
        assert_eq!(store.follow(plan.clone()).0.len(), 1, "one audio for both");
        assert!(store.keep(&both[0], b"other").is_err());
        store.keep(&both[0], AUDIO).unwrap();
        assert_eq!((store.follow(plan.clone()).0, store.ready()), (vec![], 2));
        let at = Moment::from_seconds(15);
        assert!(store.judge(&both[0], &key.public(), at).is_ok());
        let again = Store::open(folder.path()).unwrap();
        assert_eq!((again.plan().as_ref(), again.ready(), again.due(15_000_000).len()), (&plan, 2, 2));
        again.follow(Plan { clips: vec![], ..plan }).1.unwrap();
        assert_eq!(std::fs::read_dir(folder.path().join("audio")).unwrap().count(), 0);
    }

    #[test]
    fn what_is_altered_unsigned_late_or_for_others_is_refused_and_deleted() {
        let (key, other) = (ClipKey::new([7; 32]), ClipKey::new([8; 32]));
        let good = clip(&key, "a", &["Bản Mới"]);
        let judged = |clip: &Clip, audio: &[u8], second: i64| {
            let (folder, store) = store(vec![clip.clone()]);
            let path = folder.path().join("audio").join(&clip.audio);
            std::fs::write(&path, audio).unwrap();
            let fault = store.judge(clip, &key.public(), Moment::from_seconds(second)).err();
            assert!(
                fault.is_none() || matches!(fault, Some(Faulty::Refused(ClipFault::Early))) || !path.exists()
            );
            let wanted = store.follow((*store.plan()).clone()).0.len();
            (fault.map(|fault| fault.to_string()).unwrap_or_default(), wanted)
        };
        assert_eq!(judged(&good, AUDIO, 15), (String::new(), 0));
        assert_eq!(judged(&good, b"spoilt", 15), (ClipFault::Audio.to_string(), 1));
        assert_eq!(judged(&good, AUDIO, 20), (ClipFault::Expired.to_string(), 0));
        assert_eq!(judged(&good, AUDIO, 9), (ClipFault::Early.to_string(), 0));
        assert_eq!(
            judged(&clip(&other, "a", &["Bản Mới"]), AUDIO, 15),
            (ClipFault::Signature.to_string(), 0)
        );
        assert_eq!(judged(&clip(&key, "a", &["Xa"]), AUDIO, 15), (ClipFault::Elsewhere.to_string(), 0));
        let renamed = Clip { id: "b".into(), ..good.clone() };
        assert_eq!(judged(&renamed, AUDIO, 15), (ClipFault::Signature.to_string(), 0));
        let unsigned = Clip { head: String::new(), ..good };
        assert_eq!(judged(&unsigned, AUDIO, 15), (ClipFault::Malformed.to_string(), 0));
    }

    #[test]
    fn the_name_of_a_file_is_a_digest_and_nothing_else() {
        let key = ClipKey::new([7; 32]);
        let wrong = Clip { audio: "../state.json".into(), ..clip(&key, "a", &["Bản Mới"]) };
        let (_folder, store) = store(vec![wrong.clone()]);
        assert!(store.keep(&wrong, b"").is_err() && store.follow((*store.plan()).clone()).0.is_empty());
    }
}
