//! Cuts an outline into the ground nearest to each seed.

use super::Km;

/// One polygon for each seed, counter-clockwise; the outline is convex and counter-clockwise.
pub(super) fn cells(outline: &[Km], seeds: &[Km]) -> Vec<Vec<Km>> {
    let cell = |own: &Km| {
        let others = seeds.iter().filter(|other| *other != own);
        others.fold(outline.to_vec(), |polygon, other| nearer(&polygon, *own, *other))
    };
    seeds.iter().map(cell).collect()
}

/// Area in square kilometres; positive for a counter-clockwise ring (open or closed).
pub(super) fn area(ring: &[Km]) -> f64 {
    let next = |at: usize| ring[(at + 1) % ring.len()];
    (0..ring.len()).map(|at| ring[at].0 * next(at).1 - next(at).0 * ring[at].1).sum::<f64>() / 2.0
}

/// The part of a polygon that is nearer to `own` than to `other`.
fn nearer(polygon: &[Km], own: Km, other: Km) -> Vec<Km> {
    let side = |p: Km| {
        let middle = ((own.0 + other.0) / 2.0, (own.1 + other.1) / 2.0);
        (p.0 - middle.0) * (own.0 - other.0) + (p.1 - middle.1) * (own.1 - other.1)
    };
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for at in 0..polygon.len() {
        let (here, next) = (polygon[at], polygon[(at + 1) % polygon.len()]);
        let (here_side, next_side) = (side(here), side(next));
        if here_side >= 0.0 {
            kept.push(here);
        }
        if (here_side > 0.0 && next_side < 0.0) || (here_side < 0.0 && next_side > 0.0) {
            let part = here_side / (here_side - next_side);
            kept.push((here.0 + (next.0 - here.0) * part, here.1 + (next.1 - here.1) * part));
        }
    }
    kept
}
