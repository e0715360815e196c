//! A loudspeaker that runs within the test.

use crate::broker::Broker;
use crate::ear::{Ear, wrong_by};
use crate::station::{Station, TOKEN, key};
use speaker::{Config, Ending, Means};
use std::path::Path;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub struct Device {
    pub ear: Ear,
    stop: CancellationToken,
    runs: JoinHandle<platform::Result<Ending>>,
}

pub fn config(name: &str, store: &Path, station: &str, broker: &Broker) -> Config {
    Config {
        site: format!("http://{station}"),
        device: name.into(),
        token: TOKEN.into(),
        mqtt: format!("mqtt://127.0.0.1:{}", broker.port),
        mqtt_user: name.into(),
        mqtt_password: TOKEN.into(),
        station_key: key().public(),
        store: store.to_owned(),
        output: String::new(),
        output_delay: 0,
        ca: None,
    }
}

impl Device {
    /// With a clock that is wrong by so many seconds.
    pub fn start(config: Config, seconds: i64) -> Device {
        let (ear, stop) = (Ear::default(), CancellationToken::new());
        let means = Means { clock: wrong_by(seconds), output: Box::new(ear.clone()), stop: stop.clone() };
        Device { ear, stop, runs: tokio::spawn(speaker::serve(config, means)) }
    }

    pub fn at(name: &str, store: &Path, station: &Station, broker: &Broker) -> Device {
        Device::start(config(name, store, &station.address, broker), 0)
    }

    pub async fn stop(self) -> Ending {
        self.stop.cancel();
        self.ends().await
    }

    pub async fn ends(self) -> Ending {
        self.runs.await.unwrap().unwrap()
    }
}
