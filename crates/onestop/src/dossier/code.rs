//! The code of a dossier, as the receipt and the national portal name it.

use super::clock::DeskRules;
use platform::{Ctx, Result, Tx, clock, numbers};

/// The next code of today: no gap, no repeat.
pub(super) async fn next(ctx: &Ctx, tx: &Tx, rules: &DeskRules) -> Result<String> {
    let day = ctx.now.with_timezone(&clock::vietnam()).format("%y%m%d").to_string();
    let number = numbers::next(tx, ctx.commune, "dossier", &day).await?;
    let (pattern, agency) = rules.code_pattern();
    Ok(fill(pattern, agency, &day, number))
}

fn fill(pattern: &str, agency: &str, day: &str, number: i64) -> String {
    pattern.replace("{agency}", agency).replace("{date}", day).replace("{number}", &format!("{number:04}"))
}

/// A code as somebody typed or scanned it.
pub(crate) fn typed(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_ascii_alphanumeric() || ".-".contains(*c))
        .take(60)
        .collect::<String>()
        .to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_the_shape_of_the_pattern() {
        assert_eq!(
            fill("{agency}-{date}-{number}", "000.00.01.H38", "261127", 13),
            "000.00.01.H38-261127-0013"
        );
        assert_eq!(typed(" 000.00.01.h38-261127-0013 "), "000.00.01.H38-261127-0013");
        assert_eq!(typed("<script>"), "SCRIPT");
    }
}
