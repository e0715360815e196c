//! Apparent geocentric longitude of the sun, after J. Meeus, "Astronomical Algorithms", chapters 22, 25 and
//! 32: VSOP87 with the larger terms, good to about two seconds of arc (under a minute of time), 1900-2100.

use std::f64::consts::TAU;

/// Amplitude in 1e-8 radians, phase in radians, rate in radians per thousand years.
type Term = (f64, f64, f64);

#[rustfmt::skip]
const L0: [Term; 41] = [
    (175_347_046.0, 0.0, 0.0), (3_341_656.0, 4.669_256_8, 6_283.075_850_0), (34_894.0, 4.626_10, 12_566.151_70),
    (3_497.0, 2.744_1, 5_753.384_9), (3_418.0, 2.828_9, 3.523_1), (3_136.0, 3.627_7, 77_713.771_5),
    (2_676.0, 4.418_1, 7_860.419_4), (2_343.0, 6.135_2, 3_930.209_7), (1_324.0, 0.742_5, 11_506.769_8),
    (1_273.0, 2.037_1, 529.691_0), (1_199.0, 1.109_6, 1_577.343_5), (990.0, 5.233, 5_884.927),
    (902.0, 2.045, 26.298), (857.0, 3.508, 398.149), (780.0, 1.179, 5_223.694), (753.0, 2.533, 5_507.553),
    (505.0, 4.583, 18_849.228), (492.0, 4.205, 775.523), (357.0, 2.920, 0.067), (317.0, 5.849, 11_790.629),
    (284.0, 1.899, 796.298), (271.0, 0.315, 10_977.079), (243.0, 0.345, 5_486.778), (206.0, 4.806, 2_544.314),
    (205.0, 1.869, 5_573.143), (202.0, 2.458, 6_069.777), (156.0, 0.833, 213.299), (132.0, 3.411, 2_942.463),
    (126.0, 1.083, 20.775), (115.0, 0.645, 0.980), (103.0, 0.636, 4_694.003), (102.0, 0.976, 15_720.839),
    (102.0, 4.267, 7.114), (99.0, 6.21, 2_146.17), (98.0, 0.68, 155.42), (86.0, 5.98, 161_000.69),
    (85.0, 1.30, 6_275.96), (85.0, 3.67, 71_430.70), (80.0, 1.81, 17_260.15), (79.0, 3.04, 12_036.46),
    (75.0, 1.76, 5_088.63),
];

const L1: [Term; 8] = [
    (628_331_966_747.0, 0.0, 0.0),
    (206_059.0, 2.678_235, 6_283.075_850),
    (4_303.0, 2.635_1, 12_566.151_7),
    (425.0, 1.590, 3.523),
    (119.0, 5.796, 26.298),
    (109.0, 2.966, 1_577.344),
    (93.0, 2.59, 18_849.23),
    (72.0, 1.14, 529.69),
];

const L2: [Term; 3] = [(52_919.0, 0.0, 0.0), (8_720.0, 1.072_1, 6_283.075_8), (309.0, 0.867, 12_566.152)];

/// Longitude in degrees, 0 to 360, at a Julian day in terrestrial time.
pub(crate) fn longitude(jd_tt: f64) -> f64 {
    let t = (jd_tt - 2_451_545.0) / 365_250.0;
    let sum = |terms: &[Term]| terms.iter().map(|(a, b, c)| a * (b + c * t).cos()).sum::<f64>();
    let earth = (sum(&L0) + sum(&L1) * t + sum(&L2) * t * t) * 1e-8;
    let seconds = nutation(t * 10.0) - ABERRATION - FK5;
    ((earth + TAU / 2.0).to_degrees() + seconds / 3600.0).rem_euclid(360.0)
}

/// Light from the sun is that old when it arrives: seconds of arc, at the mean distance.
const ABERRATION: f64 = 20.4898;
/// From the reference frame of VSOP87 to the usual one, seconds of arc.
const FK5: f64 = 0.09033;

/// Nutation in longitude, seconds of arc; `t` in centuries from 2000. Good to half a second.
fn nutation(t: f64) -> f64 {
    let node = (125.04452 - 1934.136261 * t).to_radians();
    let sun = (280.4665 + 36000.7698 * t).to_radians();
    let moon = (218.3165 + 481267.8813 * t).to_radians();
    -17.20 * node.sin() - 1.32 * (2.0 * sun).sin() - 0.23 * (2.0 * moon).sin() + 0.21 * (2.0 * node).sin()
}

#[cfg(test)]
mod tests {
    use super::longitude;

    /// Meeus, example 25.b: 13 October 1992, 0 h terrestrial time, 199° 54' 21.8".
    #[test]
    fn agrees_with_the_worked_example() {
        let seconds = (longitude(2_448_908.5) - (199.0 + 54.0 / 60.0 + 21.8 / 3600.0)) * 3600.0;
        assert!(seconds.abs() < 3.0, "{seconds}");
    }

    /// The March equinox of 2000 was on the 20th at 7:35 universal time.
    #[test]
    fn is_zero_at_an_equinox() {
        let angle = longitude(2_451_623.5 + (7.0 + 35.0 / 60.0) / 24.0 + 64.0 / 86_400.0);
        assert!(!(0.002..=359.998).contains(&angle), "{angle}");
    }
}
