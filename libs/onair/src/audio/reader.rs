use super::{AudioFault, resample::Resample};
use crate::time::{RATE, samples};
use std::fs::File;
use std::io::{Cursor, ErrorKind, Read};
use std::path::Path;
use std::time::Duration;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, SeekMode, SeekTo, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream, ReadOnlySource};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Time, TimeBase};

/// How a recording ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Where the file says; or the format does not say.
    Whole,
    /// Before what the file says, or in the middle of a packet: an upload or a disk that broke off.
    Cut,
}

/// Packets that cannot be decoded, one after the other, before the rest is given up.
const PATIENCE: u32 = 100;
/// A file may be this much shorter than it says: encoders count their own delay differently.
const SLACK: Duration = Duration::from_millis(150);
/// The longest packet of Opus: 120 ms.
const OPUS_MOST: usize = 5_760;

enum Codec {
    Known(Box<dyn AudioDecoder>),
    Opus(opus::Decoder),
}

/// A recording or stream, read piece by piece: MP3, Ogg Vorbis, Ogg Opus, FLAC, WAV, M4A (AAC-LC).
///
/// Memory: one packet and the filter of the resampler; never the file.
pub struct Reader {
    format: Box<dyn FormatReader>,
    codec: Codec,
    track: u32,
    time_base: Option<TimeBase>,
    length: Option<Duration>,
    resample: Resample,
    channels: Vec<f32>,
    mono: Vec<f32>,
    /// Decoded while opening.
    first: Vec<f32>,
    /// Samples that are still to be dropped after a seek.
    drop: u64,
    /// Where a seek wants to go, until the next packet that sounds says where it is.
    wanted: Option<u64>,
    given: u64,
    done: bool,
    broken: bool,
}

impl Reader {
    /// Opens a file and decodes the beginning, so that what is opened can be played.
    ///
    /// # Errors
    /// [`AudioFault`] with the reason.
    pub fn open(path: &Path) -> Result<Reader, AudioFault> {
        let mut hint = Hint::new();
        if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            hint.with_extension(extension);
        }
        Reader::from_source(Box::new(File::open(path)?), &hint)
    }

    /// A recording in memory; `kind` is the ending that its file would have.
    ///
    /// # Errors
    /// [`AudioFault`] with the reason.
    pub fn of_bytes(bytes: Vec<u8>, kind: &str) -> Result<Reader, AudioFault> {
        Reader::from_source(Box::new(Cursor::new(bytes)), Hint::new().with_extension(kind))
    }

    /// What comes in from elsewhere, piece by piece, and cannot be searched.
    ///
    /// # Errors
    /// [`AudioFault`] with the reason.
    pub fn of_stream(source: impl Read + Send + Sync + 'static, kind: &str) -> Result<Reader, AudioFault> {
        Reader::from_source(Box::new(ReadOnlySource::new(source)), Hint::new().with_extension(kind))
    }

    pub(crate) fn from_source(source: Box<dyn MediaSource>, hint: &Hint) -> Result<Reader, AudioFault> {
        let stream = MediaSourceStream::new(source, Default::default());
        let probe = symphonia::default::get_probe();
        let format = probe
            .probe(hint, stream, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| AudioFault::NotAudio(error.to_string()))?;
        let track = format.default_track(TrackType::Audio).ok_or(AudioFault::NoAudioTrack)?;
        let params = track.codec_params.as_ref().and_then(|params| params.audio());
        let params = params.ok_or(AudioFault::NoAudioTrack)?.clone();
        let length = track.time_base.zip(track.duration).and_then(|(base, length)| {
            let end = length.timestamp_from(symphonia::core::units::Timestamp::new(0))?;
            Some(Duration::from_micros(u64::try_from(base.calc_time(end)?.as_micros()).ok()?))
        });
        let frames = track.num_frames.zip(params.sample_rate);
        let length =
            length.or(frames.map(|(all, rate)| Duration::from_secs_f64(all as f64 / f64::from(rate.max(1)))));
        let (track, time_base) = (track.id, track.time_base);
        let rate = if params.codec == CODEC_ID_OPUS { RATE } else { params.sample_rate.unwrap_or(RATE) };
        let mut reader = Reader {
            format,
            codec: codec(&params)?,
            track,
            time_base,
            length,
            resample: Resample::new(rate)?,
            channels: Vec::new(),
            mono: Vec::new(),
            first: Vec::new(),
            drop: 0,
            wanted: None,
            given: 0,
            done: false,
            broken: false,
        };
        let mut first = Vec::new();
        while first.is_empty() && reader.decode(&mut first)? {}
        if first.is_empty() {
            return Err(AudioFault::NotAudio("nothing in it can be decoded".into()));
        }
        reader.first = first;
        Ok(reader)
    }

    /// How long the file says that it is; `None` for streams and some files.
    pub fn length(&self) -> Option<Duration> {
        self.length
    }

    /// Appends the next piece, up to some 10,000 samples. False at the end.
    ///
    /// # Errors
    /// Only where reading itself fails; what is broken inside is skipped, what is missing at the end shows in [`Reader::ending`].
    pub fn read(&mut self, out: &mut Vec<f32>) -> Result<bool, AudioFault> {
        let begin = out.len();
        let more = if self.first.is_empty() {
            self.decode(out)?
        } else {
            out.append(&mut self.first);
            true
        };
        let dropped = usize::try_from(self.drop).unwrap_or(usize::MAX).min(out.len() - begin);
        out.drain(begin..begin + dropped);
        self.drop -= dropped as u64;
        self.given += (out.len() - begin + dropped) as u64;
        Ok(more)
    }

    /// Goes to this sample (at [`RATE`]) of the recording; the next [`Reader::read`] begins there. Where the format cannot jump, what lies
    /// before is decoded and dropped by the following reads.
    ///
    /// # Errors
    /// [`AudioFault::Io`].
    pub fn seek(&mut self, to: u64) -> Result<(), AudioFault> {
        let seconds = to / u64::from(RATE);
        let target = i64::try_from(seconds).ok().and_then(|seconds| Time::try_new(seconds, 0));
        let Some(time) = target.filter(|_| seconds > 0) else {
            self.drop = to.saturating_sub(self.given);
            return Ok(());
        };
        let request = SeekTo::Time { time, track_id: Some(self.track) };
        match self.format.seek(SeekMode::Accurate, request) {
            Ok(_) => {
                if let Codec::Known(decoder) = &mut self.codec {
                    decoder.reset();
                }
                self.resample = Resample::new(self.resample.rate())?;
                self.first.clear();
                self.wanted = Some(to);
            }
            Err(Error::IoError(error)) if error.kind() != ErrorKind::UnexpectedEof => {
                return Err(error.into());
            }
            // Past the end, or a stream that cannot be searched.
            Err(_) => self.drop = to.saturating_sub(self.given),
        }
        Ok(())
    }

    /// What is known of the end, once [`Reader::read`] has said false.
    pub fn ending(&self) -> Ending {
        let given = Duration::from_micros(self.given * 125 / 6);
        let short = self.length.is_some_and(|length| given + SLACK < length);
        if self.broken || short { Ending::Cut } else { Ending::Whole }
    }

    /// Decodes one packet.
    fn decode(&mut self, out: &mut Vec<f32>) -> Result<bool, AudioFault> {
        let mut faults = 0;
        while !self.done && faults < PATIENCE {
            let packet = match self.format.next_packet() {
                Ok(Some(packet)) => packet,
                Ok(None) => break,
                Err(Error::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => {
                    self.broken = true;
                    break;
                }
                Err(Error::IoError(error)) => return Err(error.into()),
                Err(Error::ResetRequired) => {
                    self.restart()?;
                    continue;
                }
                Err(_) => {
                    (faults, self.broken) = (faults + 1, true);
                    continue;
                }
            };
            if packet.track_id != self.track {
                continue;
            }
            match self.samples_of(&packet) {
                Some(rate) if rate != self.resample.rate() => self.resample = Resample::new(rate)?,
                Some(_) => {}
                None => {
                    faults += 1;
                    continue;
                }
            }
            self.found(&packet);
            self.resample.push(&self.mono, out);
            return Ok(true);
        }
        if !std::mem::replace(&mut self.done, true) {
            self.broken |= faults >= PATIENCE;
            self.resample.finish(out);
            return Ok(true);
        }
        Ok(false)
    }

    /// After a seek: the first packet that sounds says where we are. (The first of Vorbis after a seek does not sound.)
    fn found(&mut self, packet: &Packet) {
        if self.mono.is_empty() {
            return;
        }
        let Some(to) = self.wanted.take() else { return };
        let time = self.time_base.and_then(|base| base.calc_time(packet.pts));
        let micros = time.and_then(|time| u64::try_from(time.as_micros()).ok()).unwrap_or(0);
        self.given = samples(Duration::from_micros(micros));
        self.drop = to.saturating_sub(self.given);
    }

    /// Decodes a packet into `mono`, and gives its rate.
    fn samples_of(&mut self, packet: &Packet) -> Option<u32> {
        self.mono.clear();
        match &mut self.codec {
            Codec::Known(decoder) => {
                let buffer = decoder.decode(packet).ok()?;
                let (rate, count) = (buffer.spec().rate(), buffer.num_planes().max(1));
                buffer.copy_to_vec_interleaved::<f32>(&mut self.channels);
                let share = 1.0 / count as f32;
                self.mono.extend(self.channels.chunks(count).map(|frame| frame.iter().sum::<f32>() * share));
                Some(rate)
            }
            Codec::Opus(decoder) => {
                self.mono.resize(OPUS_MOST, 0.0);
                let count = decoder.decode_float(&packet.data, &mut self.mono, false).ok()?;
                let end = count.saturating_sub(usize::try_from(packet.trim_end.get()).unwrap_or(count));
                let start = usize::try_from(packet.trim_start.get()).unwrap_or(end).min(end);
                self.mono.truncate(end);
                self.mono.drain(..start);
                Some(RATE)
            }
        }
    }

    /// A stream of several songs in Ogg begins anew with each.
    fn restart(&mut self) -> Result<(), AudioFault> {
        let track = self.format.default_track(TrackType::Audio).ok_or(AudioFault::NoAudioTrack)?;
        let params = track.codec_params.as_ref().and_then(|params| params.audio());
        self.track = track.id;
        self.codec = codec(params.ok_or(AudioFault::NoAudioTrack)?)?;
        Ok(())
    }
}

fn codec(params: &AudioCodecParameters) -> Result<Codec, AudioFault> {
    if params.codec == CODEC_ID_OPUS {
        if params.channels.as_ref().is_some_and(|channels| channels.count() > 2) {
            return Err(AudioFault::Unsupported("Opus with more than two channels".into()));
        }
        let decoder = opus::Decoder::new(RATE, opus::Channels::Mono);
        return decoder.map(Codec::Opus).map_err(|error| AudioFault::Unsupported(error.to_string()));
    }
    let decoder =
        symphonia::default::get_codecs().make_audio_decoder(params, &AudioDecoderOptions::default());
    decoder.map(Codec::Known).map_err(|error| AudioFault::Unsupported(error.to_string()))
}
