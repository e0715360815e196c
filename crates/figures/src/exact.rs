//! Exact decimal numbers: fractions are rounded once, half up, when they are written.

use std::fmt;

/// `digits` divided by ten to the power of `scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exact {
    digits: i128,
    scale: u32,
}

/// More decimals than this nobody wrote.
const MAX_SCALE: u32 = 12;

impl Exact {
    pub fn whole(value: i64) -> Exact {
        Exact { digits: value.into(), scale: 0 }
    }

    /// The decimal that the number was written as: 42.24, not its binary neighbour. `None` for what is no number.
    pub fn of_f64(value: f64) -> Option<Exact> {
        let text = value.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let scale = u32::try_from(fraction.len()).ok().filter(|scale| *scale <= MAX_SCALE)?;
        let digits = format!("{whole}{fraction}")
            .parse::<i128>()
            .ok()
            .filter(|digits| digits.abs() < 10i128.pow(24))?;
        Some(Exact { digits, scale }.trimmed())
    }

    /// `self · factor / by`, rounded half up (away from zero); `None` when `by` is zero.
    pub fn over(self, by: Exact, factor: i128, places: u32) -> Option<Exact> {
        if by.digits == 0 {
            return None;
        }
        let over = self.digits.checked_mul(factor)?.checked_mul(10i128.checked_pow(by.scale + places)?)?;
        let under = by.digits.checked_mul(10i128.checked_pow(self.scale)?)?;
        let sign = over.signum() * under.signum();
        let (over, under) = (over.abs(), under.abs());
        let digits = sign * (over.checked_mul(2)?.checked_add(under)? / (under * 2));
        Some(Exact { digits, scale: places }.trimmed())
    }

    pub fn rounded(self, places: u32) -> Exact {
        self.over(Exact::whole(1), 1, places).unwrap_or(self)
    }

    pub fn less(self, other: Exact) -> Exact {
        let scale = self.scale.max(other.scale);
        let at = |number: Exact| number.digits * 10i128.pow(scale - number.scale);
        Exact { digits: at(self) - at(other), scale }.trimmed()
    }

    pub fn to_f64(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    pub fn places(self) -> usize {
        self.scale as usize
    }

    fn trimmed(mut self) -> Exact {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }
}

/// With a decimal point and without needless zeros: 95.7, 100, 42.24.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = 10i128.pow(self.scale);
        let (whole, fraction) = (self.digits / power, (self.digits % power).abs());
        let sign = if self.digits < 0 && whole == 0 { "-" } else { "" };
        match self.scale {
            0 => write!(f, "{whole}"),
            scale => write!(f, "{sign}{whole}.{fraction:0width$}", width = scale as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: i64, whole: i64) -> String {
        Exact::whole(part)
            .over(Exact::whole(whole), 100, 1)
            .map_or_else(String::new, |value| value.to_string())
    }

    #[test]
    fn shares_are_rounded_half_up() {
        assert_eq!([share(9563, 9993), share(2135, 2626), share(12, 14)], ["95.7", "81.3", "85.7"]);
        assert_eq!([share(2, 6), share(1, 6), share(14, 14)], ["33.3", "16.7", "100"]);
        // 1/8 is 12.5 %, exactly; 1/16 is 6.25 % and goes up, -1/16 away from zero.
        assert_eq!(
            [share(1, 8), share(1, 16), share(-1, 16), share(0, 9), share(1, 0)],
            ["12.5", "6.3", "-6.3", "0", ""]
        );
    }

    #[test]
    fn decimals_stay_what_was_written() {
        let area = Exact::of_f64(42.24).unwrap();
        assert_eq!(area.to_string(), "42.24");
        assert_eq!(Exact::whole(9993).over(area, 1, 1).unwrap().to_string(), "236.6");
        assert_eq!(Exact::whole(9993).over(Exact::whole(2626), 1, 2).unwrap().to_string(), "3.81");
        assert_eq!(Exact::of_f64(-0.05).unwrap().to_string(), "-0.05");
        assert_eq!(Exact::of_f64(18.0).unwrap().less(area).to_string(), "-24.24");
        assert_eq!(Exact::of_f64(2.345).unwrap().rounded(2).to_string(), "2.35");
        assert!(Exact::of_f64(f64::NAN).is_none() && Exact::of_f64(1e300).is_none());
    }
}
