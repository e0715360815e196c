//! What people upload, made by ffmpeg as they make it, and what is no audio at all.

use onair::audio::{AudioFault, Ending, Reader, read_file};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// A tone of 440 Hz that begins after half a second of silence, so that a shift shows.
fn made(folder: &Path, name: &str, more: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let tone = "sine=frequency=440:sample_rate=44100:duration=3,volume=3,adelay=500:all=1";
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg.args(["-v", "error", "-y", "-f", "lavfi", "-i", tone]).args(more).arg(&path);
    assert!(ffmpeg.status().expect("ffmpeg, from Debian's package").success(), "{name}");
    path
}

fn level(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).sqrt()
}

/// The first sample that is heard.
fn onset(samples: &[f32]) -> usize {
    samples.iter().position(|sample| sample.abs() > 0.05).expect("a sound")
}

const FORMATS: [(&str, &[&str]); 8] = [
    ("a.mp3", &["-c:a", "libmp3lame", "-b:a", "96k"]),
    ("a.ogg", &["-c:a", "libvorbis"]),
    ("a.opus", &["-c:a", "libopus", "-b:a", "32k"]),
    ("stereo.opus", &["-c:a", "libopus", "-ac", "2"]),
    ("a.flac", &["-c:a", "flac", "-ac", "2"]),
    ("a.wav", &["-c:a", "pcm_s16le"]),
    ("narrow.wav", &["-c:a", "pcm_s24le", "-ar", "16000"]),
    ("a.m4a", &["-c:a", "aac", "-b:a", "96k"]),
];

#[test]
fn every_format_gives_the_same_sound_at_the_same_place() {
    let folder = tempfile::tempdir().unwrap();
    for (name, how) in FORMATS {
        let pcm = read_file(&made(folder.path(), name, how), Duration::from_secs(60)).expect(name);
        assert!(pcm.samples.len().abs_diff(168_000) < 4_800, "{name}: {}", pcm.samples.len());
        assert!(onset(&pcm.samples).abs_diff(24_000) < 2_400, "{name}: {}", onset(&pcm.samples));
        let loud = level(&pcm.samples[48_000..144_000]);
        // Two channels are made of one at -3 dB.
        assert!((0.17..0.32).contains(&loud), "{name}: {loud}");
        assert_eq!(pcm.ending, Ending::Whole, "{name}");
    }
}

#[test]
fn a_seek_lands_where_reading_on_would() {
    let folder = tempfile::tempdir().unwrap();
    for (name, how) in FORMATS {
        let path = made(folder.path(), name, how);
        let all = read_file(&path, Duration::from_secs(60)).unwrap().samples;
        for to in [0u64, 20_000, 48_000, 100_001] {
            let (mut reader, mut heard) = (Reader::open(&path).unwrap(), Vec::new());
            reader.seek(to).unwrap();
            while heard.len() < 30_000 && reader.read(&mut heard).unwrap() {}
            // Lossy codecs need a few packets to settle; the phase shows the place.
            let part = &heard[9_600..28_800];
            let miss = |shift: i64| {
                let from = (to as i64 + 9_600 + shift) as usize;
                part.iter().zip(&all[from..]).map(|(a, b)| (a - b).abs()).fold(0.0f32, f32::max)
            };
            assert!(miss(0) < 0.05, "{name} to {to}: {}", miss(0));
        }
    }
}

#[test]
fn what_is_cut_is_played_and_said_to_be_cut() {
    let folder = tempfile::tempdir().unwrap();
    for (name, how) in [FORMATS[0], FORMATS[4], FORMATS[5]] {
        let path = made(folder.path(), name, how);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2 + 17]).unwrap();
        let pcm = read_file(&path, Duration::from_secs(60)).expect(name);
        assert_eq!(pcm.ending, Ending::Cut, "{name}");
        assert!(pcm.samples.len() > 48_000, "{name}: what is there is there");
        assert!(level(&pcm.samples[30_000..48_000]) > 0.17, "{name}");
    }
}

#[test]
fn what_cannot_go_on_air_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let page = b"<!DOCTYPE html><html><body>404</body></html>".repeat(100);
    let noise: Vec<u8> = (0..40_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for path in [file("a.mp3", b""), file("page.mp3", &page), file("noise.bin", &noise)] {
        let fault = Reader::open(&path).err().expect("refused");
        assert!(matches!(fault, AudioFault::NotAudio(_)), "{path:?}: {fault}");
    }
    let gone = Reader::open(&folder.path().join("none.mp3")).err();
    assert!(matches!(gone, Some(AudioFault::Io(_))));
    let film = folder.path().join("film.mp4");
    let picture = ["-v", "error", "-f", "lavfi", "-i", "color=duration=1:size=64x64", "-c:v", "mpeg4"];
    assert!(Command::new("ffmpeg").args(picture).arg(&film).status().unwrap().success());
    assert!(matches!(Reader::open(&film).err(), Some(AudioFault::NoAudioTrack)));
    let long = made(folder.path(), "long.wav", &["-c:a", "pcm_s16le"]);
    let limit = Duration::from_secs(1);
    assert!(matches!(read_file(&long, limit), Err(AudioFault::TooLong { limit: one }) if one == limit));
}
