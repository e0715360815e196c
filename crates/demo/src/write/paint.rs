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
        "house" => house(&mut picture),
        "fall" => fall(&mut picture),
        "loom" => loom(&mut picture),
        "bowl" => bowl(&mut picture),
        "rows" => rows(&mut picture),
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

/// A house on stilts with its stairs.
fn house(picture: &mut RgbImage) {
    for n in 0..6 {
        let x = 450.0 + 108.0 * f64::from(n);
        block(picture, (x, 640.0), (x + 16.0, 750.0), [90, 58, 40]);
    }
    block(picture, (420.0, 520.0), (1020.0, 650.0), [168, 120, 76]);
    for n in 0..12 {
        let x = 420.0 + 50.0 * f64::from(n);
        block(picture, (x, 520.0), (x + 3.0, 650.0), [132, 92, 60]);
    }
    roof(picture, 720.0, 380.0, 400.0, 150.0, [116, 92, 62]);
    block(picture, (520.0, 560.0), (600.0, 612.0), [60, 44, 34]);
    block(picture, (840.0, 560.0), (920.0, 612.0), [60, 44, 34]);
    for n in 0..5 {
        let step = f64::from(n) * 20.0;
        block(picture, (690.0 - step * 0.4, 650.0 + step), (770.0 + step * 0.4, 656.0 + step), [90, 58, 40]);
    }
}

/// Water that falls over rocks into a pool.
fn fall(picture: &mut RgbImage) {
    fill(picture, [92, 98, 94], |x, y| y > 330.0 && (x - 720.0).abs() < 250.0 + (y / 31.0).sin() * 22.0);
    fill(picture, [226, 238, 240], |x, y| {
        y > 330.0 && y < 700.0 && (x - 720.0).abs() < 62.0 + (y - 330.0) * 0.1 + (y / 23.0).sin() * 9.0
    });
    fill(picture, [188, 212, 218], |x, y| {
        y > 340.0
            && y < 690.0
            && ((x - 720.0) / 17.0 + (y / 60.0).sin()).rem_euclid(2.0) < 0.5
            && (x - 720.0).abs() < 60.0
    });
    fill(picture, [120, 172, 178], |x, y| ((x - 720.0) / 430.0).hypot((y - 742.0) / 62.0) < 1.0);
}

/// Bands of cloth with a pattern that nobody owns.
fn loom(picture: &mut RgbImage) {
    block(picture, (300.0, 250.0), (1140.0, 770.0), [246, 238, 220]);
    let colours: [Colour; 5] = [[124, 42, 16], [27, 35, 30], [185, 138, 14], [18, 74, 96], [163, 59, 27]];
    for (n, colour) in colours.into_iter().enumerate() {
        let top = 274.0 + 98.0 * n as f64;
        block(picture, (300.0, top), (1140.0, top + 70.0), colour);
        fill(picture, [246, 238, 220], |x, y| {
            let across = ((x - 300.0).rem_euclid(60.0) - 30.0).abs() + (y - top - 35.0).abs();
            x > 300.0 && x < 1140.0 && y > top && y < top + 70.0 && (12.0..20.0).contains(&across)
        });
    }
    block(picture, (280.0, 236.0), (1160.0, 256.0), [90, 58, 40]);
    block(picture, (280.0, 766.0), (1160.0, 786.0), [90, 58, 40]);
}

fn bowl(picture: &mut RgbImage) {
    block(picture, (0.0, 600.0), (1440.0, 810.0), [150, 106, 70]);
    for (x, colour) in [(460.0, [224, 140, 40]), (980.0, [84, 150, 70])] {
        fill(picture, colour, |px, py| ((px - x) / 150.0).hypot((py - 560.0) / 46.0) < 1.0);
        fill(picture, [250, 248, 242], |px, py| {
            py > 560.0 && ((px - x) / 160.0).hypot((py - 560.0) / 120.0) < 1.0
        });
    }
    fill(picture, [255, 255, 252], |x, y| ((x - 720.0) / 190.0).hypot((y - 520.0) / 84.0) < 1.0);
    fill(picture, [60, 110, 130], |x, y| y > 540.0 && ((x - 720.0) / 210.0).hypot((y - 540.0) / 160.0) < 1.0);
}

/// Rows of vegetables that run to the hills.
fn rows(picture: &mut RgbImage) {
    fill(picture, [122, 88, 58], |_, y| y > 560.0);
    fill(picture, [92, 158, 76], |x, y| {
        let depth = (y - 540.0) / 270.0;
        depth > 0.07 && ((x - 720.0) / (150.0 * depth)).rem_euclid(1.0) < 0.62
    });
}
