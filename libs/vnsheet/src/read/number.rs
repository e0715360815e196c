use super::Read;
use crate::value::{ProblemKind, Value};

/// Largest whole number that a cell of Excel holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(crate) fn whole(n: f64) -> Read {
    if !n.is_finite() || n.abs() > EXACT {
        Err(ProblemKind::NumberForm)
    } else if n.fract() != 0.0 {
        Err(ProblemKind::NumberNotWhole)
    } else {
        Ok((Value::Whole(n as i64), None))
    }
}

pub(crate) fn whole_text(text: &str) -> Read {
    match vntext::parse_whole_vi(text) {
        Ok(n) => Ok((Value::Whole(n), None)),
        Err(_) => whole(decimal(text)?),
    }
}

pub(crate) fn decimal_text(text: &str) -> Read {
    Ok((Value::Decimal(decimal(text)?), None))
}

/// Vietnamese first ("1.234,5"), then as programs write it.
fn decimal(text: &str) -> Result<f64, ProblemKind> {
    if let Ok(n) = vntext::parse_number_vi(text) {
        return Ok(n);
    }
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    match text.parse::<f64>() {
        Ok(n) if plain && n.is_finite() => Ok(n),
        _ => Err(ProblemKind::NumberForm),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_typed() {
        let value = |text| whole_text(text).map(|(v, _)| v);
        assert_eq!(value("1.234"), Ok(Value::Whole(1234)));
        assert_eq!(value("12"), Ok(Value::Whole(12)));
        assert_eq!(value("1,5"), Err(ProblemKind::NumberNotWhole));
        assert_eq!(value("nhiều"), Err(ProblemKind::NumberForm));
        assert_eq!(value("inf"), Err(ProblemKind::NumberForm));
        assert_eq!(decimal_text("1.234,5").map(|(v, _)| v), Ok(Value::Decimal(1234.5)));
        assert_eq!(whole(2.5), Err(ProblemKind::NumberNotWhole));
        assert_eq!(whole(f64::NAN), Err(ProblemKind::NumberForm));
    }
}
