//! Moments of the new moon, after J. Meeus, "Astronomical Algorithms", chapter 49 (good to about twenty
//! seconds), and the difference between terrestrial and universal time, after the polynomials of
//! F. Espenak and J. Meeus.

/// Days between new moons, on average.
pub(crate) const SYNODIC_MONTH: f64 = 29.530_588_861;
/// The new moon of lunation 0, 6 January 2000, Julian day.
pub(crate) const EPOCH: f64 = 2_451_550.097_66;

/// Factor, power of the eccentricity of the earth, and multiples of the anomaly of the sun, of the anomaly
/// of the moon, and of the argument of latitude.
type Term = (f64, i32, f64, f64, f64);

#[rustfmt::skip]
const TERMS: [Term; 24] = [
    (-0.407_20, 0, 0.0, 1.0, 0.0), (0.172_41, 1, 1.0, 0.0, 0.0), (0.016_08, 0, 0.0, 2.0, 0.0),
    (0.010_39, 0, 0.0, 0.0, 2.0), (0.007_39, 1, -1.0, 1.0, 0.0), (-0.005_14, 1, 1.0, 1.0, 0.0),
    (0.002_08, 2, 2.0, 0.0, 0.0), (-0.001_11, 0, 0.0, 1.0, -2.0), (-0.000_57, 0, 0.0, 1.0, 2.0),
    (0.000_56, 1, 1.0, 2.0, 0.0), (-0.000_42, 0, 0.0, 3.0, 0.0), (0.000_42, 1, 1.0, 0.0, 2.0),
    (0.000_38, 1, 1.0, 0.0, -2.0), (-0.000_24, 1, -1.0, 2.0, 0.0), (-0.000_07, 0, 2.0, 1.0, 0.0),
    (0.000_04, 0, 0.0, 2.0, -2.0), (0.000_04, 0, 3.0, 0.0, 0.0), (0.000_03, 0, 1.0, 1.0, -2.0),
    (0.000_03, 0, 0.0, 2.0, 2.0), (-0.000_03, 0, 1.0, 1.0, 2.0), (0.000_03, 0, -1.0, 1.0, 2.0),
    (-0.000_02, 0, -1.0, 1.0, -2.0), (-0.000_02, 0, 1.0, 3.0, 0.0), (0.000_02, 0, 0.0, 4.0, 0.0),
];

/// Pull of the planets: factor, angle at lunation 0 and its growth with each lunation, in degrees.
#[rustfmt::skip]
const PLANETS: [(f64, f64, f64); 14] = [
    (0.000_325, 299.77, 0.107_408), (0.000_165, 251.88, 0.016_321), (0.000_164, 251.83, 26.651_886),
    (0.000_126, 349.42, 36.412_478), (0.000_110, 84.66, 18.206_239), (0.000_062, 141.74, 53.303_771),
    (0.000_060, 207.14, 2.453_732), (0.000_056, 154.84, 7.306_860), (0.000_047, 34.52, 27.261_239),
    (0.000_042, 207.19, 0.121_824), (0.000_040, 291.34, 1.844_379), (0.000_037, 161.72, 24.198_154),
    (0.000_035, 239.56, 25.513_099), (0.000_023, 331.55, 3.592_518),
];

/// Julian day, terrestrial time, of new moon number `k` after that of January 2000.
pub(crate) fn new_moon(k: i32) -> f64 {
    let k = f64::from(k);
    let t = k / 1236.85;
    let (t2, t3) = (t * t, t * t * t);
    let mean = EPOCH + SYNODIC_MONTH * k + 0.000_154_37 * t2 - 0.000_000_150 * t3;
    let eccentricity = 1.0 - 0.002_516 * t - 0.000_007_4 * t2;
    let sun = (2.5534 + 29.105_356_70 * k - 0.000_001_4 * t2).to_radians();
    let moon = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t2 + 0.000_012_38 * t3).to_radians();
    let latitude = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t2 - 0.000_002_27 * t3).to_radians();
    let node = (124.7746 - 1.563_755_88 * k + 0.002_067_2 * t2).to_radians();
    let orbit: f64 = TERMS
        .iter()
        .map(|(a, e, s, m, f)| a * eccentricity.powi(*e) * (s * sun + m * moon + f * latitude).sin())
        .sum();
    // The growth of the first angle slows down a little.
    let bend = |at: usize| if at == 0 { -0.009_173 * t2 } else { 0.0 };
    let planets: f64 = PLANETS
        .iter()
        .enumerate()
        .map(|(at, (a, start, step))| a * (start + step * k + bend(at)).to_radians().sin())
        .sum();
    mean + orbit - 0.000_17 * node.sin() + planets
}

/// Terrestrial minus universal time in days, at a Julian day.
pub(crate) fn delta_t(jd: f64) -> f64 {
    let year = 2000.0 + (jd - 2_451_545.0) / 365.25;
    let poly = |from: f64, c: &[f64]| c.iter().rev().fold(0.0, |sum, c| sum * (year - from) + c);
    let seconds = match year {
        // Before 1900, where this crate only needs the first lunar months, the curve is nearly flat.
        y if y < 1920.0 => poly(1900.0, &[-2.79, 1.494_119, -0.059_893_9, 0.006_196_6, -0.000_197]),
        y if y < 1941.0 => poly(1920.0, &[21.20, 0.844_93, -0.076_100, 0.002_093_6]),
        y if y < 1961.0 => poly(1950.0, &[29.07, 0.407, -1.0 / 233.0, 1.0 / 2547.0]),
        y if y < 1986.0 => poly(1975.0, &[45.45, 1.067, -1.0 / 260.0, -1.0 / 718.0]),
        y if y < 2005.0 => {
            poly(2000.0, &[63.86, 0.334_5, -0.060_374, 0.001_727_5, 0.000_651_814, 0.000_023_735_99])
        }
        y if y < 2050.0 => poly(2000.0, &[62.92, 0.322_17, 0.005_589]),
        y => -20.0 + 32.0 * ((y - 1820.0) / 100.0).powi(2) - 0.562_8 * (2150.0 - y),
    };
    seconds / 86_400.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Meeus, example 49.a: the new moon of February 1977.
    #[test]
    fn agrees_with_the_worked_example() {
        assert!((new_moon(-283) - 2_443_192.651_18).abs() < 0.000_02, "{}", new_moon(-283));
    }

    #[test]
    fn time_difference_has_no_jumps() {
        for year in [1920, 1941, 1961, 1986, 2005, 2050] {
            let jd = 2_451_545.0 + f64::from(year - 2000) * 365.25;
            let jump = (delta_t(jd - 0.1) - delta_t(jd + 0.1)) * 86_400.0;
            assert!(jump.abs() < 1.0, "{year}: {jump}");
        }
        assert!((delta_t(2_451_545.0) * 86_400.0 - 63.8).abs() < 0.2);
    }
}
