//! Flat pictures of hills, fields and houses, painted point by point: no photograph of anybody or of any place.

use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use platform::{Error, Result};

const WIDE: u32 = 1440;
const HIGH: u32 = 810;

type Colour = [u8; 3];

/// A picture by its name, as JPEG.
pub fn paint(art: &str) -> Result<Vec<u8>> {
    let (sky, hills): ([Colour; 2], [Colour; 4]) = match art {
        "winter" => (
            [[214, 224, 230], [240, 238, 230]],
            [[168, 186, 192], [134, 160, 162], [98, 130, 126], [66, 98, 88]],
        ),
        "market" | "festival" => (
            [[250, 226, 178], [253, 243, 220]],
            [[176, 198, 150], [126, 166, 112], [84, 136, 84], [228, 206, 160]],
        ),
        _ => (
            [[190, 220, 226], [250, 240, 212]],
            [[150, 190, 160], [106, 164, 112], [66, 132, 78], [36, 102, 58]],
        ),
    };
    let mut picture =
        RgbImage::from_fn(WIDE, HIGH, |_, y| mix(sky[0], sky[1], f64::from(y) / f64::from(HIGH) * 1.4));
    disc(&mut picture, 1120.0, 190.0, 74.0, [248, 214, 120]);
    for (n, colour) in hills.iter().enumerate() {
        hill(&mut picture, n as f64, *colour);
    }
    match art {
        "terraces" | "winter" => terraces(&mut picture, hills[3]),
        "phone" => phone(&mut picture),
        "hall" => hall(&mut picture),
        "market" => market(&mut picture),
        "festival" => festival(&mut picture),
        _ => return Err(Error::internal(format!("no picture {art}"))),
    }
    let mut out = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut out, 82)).map_err(Error::internal)?;
    Ok(out)
}

fn mix(from: Colour, to: Colour, part: f64) -> Rgb<u8> {
    let part = part.clamp(0.0, 1.0);
    Rgb(std::array::from_fn(|n| (f64::from(from[n]) * (1.0 - part) + f64::from(to[n]) * part) as u8))
}

fn fill(picture: &mut RgbImage, colour: Colour, inside: impl Fn(f64, f64) -> bool) {
    for (x, y, point) in picture.enumerate_pixels_mut() {
        if inside(f64::from(x), f64::from(y)) {
            *point = Rgb(colour);
        }
    }
}

fn disc(picture: &mut RgbImage, cx: f64, cy: f64, r: f64, colour: Colour) {
    fill(picture, colour, |x, y| (x - cx).hypot(y - cy) < r);
}

fn block(picture: &mut RgbImage, from: (f64, f64), to: (f64, f64), colour: Colour) {
    fill(picture, colour, |x, y| x >= from.0 && x < to.0 && y >= from.1 && y < to.1);
}

/// The upper edge of a hill: nearer ones are lower and rounder.
fn edge(n: f64, x: f64) -> f64 {
    let wave = (x / (230.0 - 20.0 * n) + n * 1.9).sin() * (86.0 - 16.0 * n) + (x / 97.0 + n).sin() * 16.0;
    330.0 + n * 112.0 + wave
}

fn hill(picture: &mut RgbImage, n: f64, colour: Colour) {
    fill(picture, colour, |x, y| y > edge(n, x));
}

/// Bent lines of light along the nearest hill.
fn terraces(picture: &mut RgbImage, base: Colour) {
    let light: Colour = std::array::from_fn(|n| base[n].saturating_add(60));
    fill(picture, light, |x, y| {
        let depth = y - edge(3.0, x) - 14.0;
        depth > 0.0 && (depth + (x / 150.0).sin() * 18.0).rem_euclid(34.0) < 7.0
    });
}

fn roof(picture: &mut RgbImage, middle: f64, top: f64, half: f64, height: f64, colour: Colour) {
    fill(picture, colour, |x, y| {
        let down = (y - top) / height;
        (0.0..1.0).contains(&down) && (x - middle).abs() < half * (0.35 + 0.65 * down)
    });
}

fn hall(picture: &mut RgbImage) {
    block(picture, (430.0, 520.0), (1010.0, 720.0), [246, 232, 204]);
    roof(picture, 720.0, 400.0, 350.0, 130.0, [163, 59, 27]);
    block(picture, (660.0, 590.0), (780.0, 720.0), [90, 58, 40]);
    for x in [490.0, 570.0, 830.0, 910.0] {
        block(picture, (x, 575.0), (x + 50.0, 650.0), [120, 168, 180]);
    }
}

fn phone(picture: &mut RgbImage) {
    block(picture, (570.0, 190.0), (870.0, 740.0), [27, 35, 30]);
    block(picture, (588.0, 222.0), (852.0, 700.0), [255, 253, 248]);
    block(picture, (588.0, 222.0), (852.0, 286.0), [30, 107, 60]);
    // As a QR code looks, without meaning anything.
    fill(picture, [27, 35, 30], |x, y| {
        let (column, row) = (((x - 624.0) / 16.0).floor(), ((y - 330.0) / 16.0).floor());
        let inside = (0.0..12.0).contains(&column) && (0.0..12.0).contains(&row);
        let corner = |a: f64, b: f64| (0.0..4.0).contains(&(column - a)) && (0.0..4.0).contains(&(row - b));
        let eye = corner(0.0, 0.0) || corner(8.0, 0.0) || corner(0.0, 8.0);
        inside && (eye || ((column * 7.0 + row * 5.0 + column * row).rem_euclid(3.0) < 1.0))
    });
    block(picture, (640.0, 580.0), (800.0, 628.0), [30, 107, 60]);
}

fn market(picture: &mut RgbImage) {
    let roofs: [Colour; 5] = [[163, 59, 27], [30, 107, 60], [185, 138, 14], [60, 110, 130], [163, 59, 27]];
    for (n, colour) in roofs.into_iter().enumerate() {
        let x = 90.0 + 260.0 * n as f64;
        block(picture, (x + 14.0, 560.0), (x + 22.0, 730.0), [90, 58, 40]);
        block(picture, (x + 198.0, 560.0), (x + 206.0, 730.0), [90, 58, 40]);
        roof(picture, x + 110.0, 480.0, 130.0, 84.0, colour);
        block(picture, (x + 10.0, 650.0), (x + 210.0, 690.0), [130, 92, 60]);
        for fruit in 0..6 {
            let spot = x + 32.0 + 31.0 * f64::from(fruit);
            disc(
                picture,
                spot,
                640.0,
                16.0,
                if (fruit + n as i32) % 2 == 0 { [224, 140, 40] } else { [84, 150, 70] },
            );
        }
    }
}

fn festival(picture: &mut RgbImage) {
    for n in 0..18 {
        let x = 60.0 + 76.0 * f64::from(n);
        let y = 250.0 + (x / 230.0).sin() * 26.0;
        let colour = [[163, 59, 27], [185, 138, 14], [30, 107, 60], [60, 110, 130]][n as usize % 4];
        fill(picture, colour, |px, py| {
            py > y && py < y + 60.0 && (px - x).abs() < 26.0 * (1.0 - (py - y) / 60.0)
        });
    }
    for n in 0..9 {
        let x = 250.0 + 118.0 * f64::from(n);
        let y = 640.0 - (f64::from(n) - 4.0).abs() * 10.0;
        disc(picture, x, y - 66.0, 22.0, [232, 196, 160]);
        roof(picture, x, y - 44.0, 52.0, 120.0, [[27, 35, 30], [124, 42, 16], [18, 74, 40]][n as usize % 3]);
    }
}
