//! What was chosen, as bars whose names may be long: a name breaks over lines where a drawn one would run into its number.

/// One question, or one ballot.
pub(crate) struct Bars {
    pub title: String,
    pub note: String,
    /// Names with how often each was chosen.
    pub bars: Vec<(String, i64)>,
    /// What a full bar means.
    pub whole: i64,
}
