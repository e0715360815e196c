use demo::map::{AREA_KM2, Cell, Place, cells, geojson, points};
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = include_str!("../../../../data/demo/gia-phu.geojson");

#[test]
fn committed_map_is_the_generated_map() {
    assert!(FILE == geojson(), "run: cargo run -p demo --example write_map");
    assert!(FILE.contains("\"geometry_invented\": true"));
}

/// Twice the area of a ring, in square millionths of a degree.
fn doubled_area(ring: &[Place]) -> i128 {
    ring.windows(2)
        .map(|p| i128::from(p[0].0) * i128::from(p[1].1) - i128::from(p[1].0) * i128::from(p[0].1))
        .sum()
}

fn edges(cells: &[Cell]) -> BTreeMap<(Place, Place), usize> {
    let mut count = BTreeMap::new();
    for pair in cells.iter().flat_map(|cell| cell.ring.windows(2)) {
        *count.entry((pair[0], pair[1])).or_default() += 1;
    }
    count
}

#[test]
fn villages_tile_the_outline_without_gap_or_overlap() {
    let cells = cells();
    assert_eq!(cells.len(), 14);
    for cell in &cells {
        assert_eq!(cell.ring.first(), cell.ring.last());
        assert!(doubled_area(&cell.ring) > 0, "counter-clockwise");
        let places: BTreeSet<&Place> = cell.ring.iter().collect();
        assert_eq!(places.len(), cell.ring.len() - 1, "a ring does not touch itself");
    }
    let edges = edges(&cells);
    assert!(edges.values().all(|n| *n == 1), "a border belongs to one cell on each side");
    // What has no neighbour on the other side is the outline: one closed ring whose area is the sum of all cells.
    let outer: BTreeMap<Place, Place> =
        edges.keys().filter(|(a, b)| !edges.contains_key(&(*b, *a))).copied().collect();
    let first = *outer.keys().next().unwrap();
    let mut ring = vec![first];
    while ring.len() == 1 || ring.last() != Some(&first) {
        ring.push(outer[ring.last().unwrap()]);
    }
    assert_eq!(ring.len() - 1, outer.len(), "one outline");
    assert_eq!(doubled_area(&ring), cells.iter().map(|c| doubled_area(&c.ring)).sum::<i128>());
}

#[test]
fn no_two_borders_cross() {
    let edges = edges(&cells());
    let lines: Vec<(Place, Place)> =
        edges.keys().filter(|(a, b)| a < b || !edges.contains_key(&(*b, *a))).copied().collect();
    let turn =
        |a: Place, b: Place, c: Place| ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum();
    for (at, (a, b)) in lines.iter().enumerate() {
        for (c, d) in &lines[at + 1..] {
            let apart = [a, b].into_iter().all(|end| end != c && end != d);
            let crosses = turn(*a, *b, *c) != turn(*a, *b, *d) && turn(*c, *d, *a) != turn(*c, *d, *b);
            assert!(!(apart && crosses), "{a:?} {b:?} crosses {c:?} {d:?}");
        }
    }
}

#[test]
fn area_is_the_articles_and_points_lie_inside() {
    let cells = cells();
    let degrees2: f64 = cells.iter().map(|c| doubled_area(&c.ring) as f64 / 2e12).sum();
    assert!((degrees2 * 103.01 * 110.735 - AREA_KM2).abs() < 0.05);
    let all = cells.iter().flat_map(|c| &c.ring);
    assert!(
        all.into_iter()
            .all(|p| (104_010_000..104_110_000).contains(&p.0) && (22_290_000..22_390_000).contains(&p.1))
    );
    let slugs: BTreeSet<String> = points().into_iter().map(|p| p.slug).collect();
    assert_eq!(slugs.len(), points().len());
    for point in points() {
        let ring = &cells[usize::from(point.village.0) - 1].ring;
        let (x, y) = (point.place.0 as f64, point.place.1 as f64);
        let crossings = ring.windows(2).filter(|pair| {
            let (a, b) = ((pair[0].0 as f64, pair[0].1 as f64), (pair[1].0 as f64, pair[1].1 as f64));
            (a.1 > y) != (b.1 > y) && x < (b.0 - a.0) * (y - a.1) / (b.1 - a.1) + a.0
        });
        assert_eq!(crossings.count() % 2, 1, "{} lies outside its village", point.name);
    }
}
