//! `--check`: everything once, a line for each.

use crate::board::Board;
use crate::clock;
use crate::config::Config;
use crate::link::Link;
use crate::net::Site;
use crate::output::{CommandOutput, Output};
use crate::plan;
use crate::run::{Ending, authorities_wrong, open_store};
use crate::timing::{OwnClock, Timing};
use onair::BLOCK;
use platform::{Error, Message, Result};
use std::sync::Arc;
use tokio::sync::mpsc;

/// A second of silence: a command that fails has failed by then.
const BLOCKS: usize = 50;

/// Tries the parts one after the other; one that fails does not keep the others back.
pub async fn check(config: &Config, clock: OwnClock, tell: &mut impl FnMut(&Message)) -> Result<Ending> {
    let mut good = true;
    let mut tell = |outcome: std::result::Result<Message, Message>| {
        good &= outcome.is_ok();
        tell(outcome.as_ref().unwrap_or_else(|message| message));
    };
    tell(Ok(Message::new("speaker-check-config")));
    let store = Arc::new(open_store(config)?);
    tell(Ok(Message::new("speaker-check-store").with("path", config.store.display().to_string())));
    let timing = Timing::new(clock, 0);
    tell(output(config, &timing));

    let site = Site::new(config).map_err(|fault| authorities_wrong(config, &fault))?;
    let failed = |key: &'static str, fault: &dyn std::fmt::Display| {
        Message::new(key).with("detail", fault.to_string())
    };
    tell(match clock::measure(&site, &config.device, &timing).await {
        Ok(_) => {
            let differs = timing.difference().unwrap_or(0) / 1_000;
            Ok(Message::new("speaker-check-time").with("milliseconds", -differs))
        }
        Err(fault) => Err(failed("speaker-check-time-failed", &fault)),
    });
    tell(match plan::fetch(&site, &config.device, &store).await {
        Ok(()) => {
            let village = store.plan().village.clone();
            Ok(Message::new("speaker-check-plan").with("village", village).with("clips", store.ready()))
        }
        Err(fault) => Err(failed("speaker-check-plan-failed", &fault)),
    });
    let (inbox, _nobody) = mpsc::unbounded_channel();
    let board = Arc::new(Board::new(&store.state()));
    let link = Link::new(config, store, board, inbox).map_err(|fault| authorities_wrong(config, &fault))?;
    tell(match link.probe().await {
        Ok(()) => Ok(Message::new("speaker-check-mqtt")),
        Err(fault) => Err(failed("speaker-check-mqtt-failed", &fault)),
    });
    if good { Ok(Ending::Stopped) } else { Err(Error::invalid("speaker-check-failed")) }
}

fn output(config: &Config, timing: &Timing) -> std::result::Result<Message, Message> {
    let mut output = CommandOutput::new(&config.output);
    let command = || config.output.clone();
    for _ in 0..BLOCKS {
        if let Err(fault) = output.write(&[0; BLOCK]) {
            let message = Message::new("speaker-check-output-failed").with("command", command());
            return Err(message.with("detail", fault.to_string()));
        }
        timing.pause(20_000);
    }
    if output.runs() {
        Ok(Message::new("speaker-check-output").with("command", command()))
    } else {
        let message = Message::new("speaker-check-output-failed").with("command", command());
        Err(message.with("detail", "it has ended"))
    }
}
