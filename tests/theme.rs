//! Holds the colours of the charts and of the page together, and both to their contrast.

use gyeol::charts::Theme;
use gyeol::charts::theme::{Colour, Palette};

const TOKENS: &str = include_str!("../style/tokens.css");

/// The colours of a rule of the style sheet, by name.
fn tokens_of(selector: &str) -> Vec<(String, Colour)> {
    let (_, rest) = TOKENS
        .split_once(&format!("{selector} {{"))
        .expect("the theme has a rule");
    let (body, _) = rest.split_once('}').expect("the rule ends");
    let declarations = body.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
        let rgb = u32::from_str_radix(value.strip_suffix(';')?, 16).ok()?;
        let colour = Colour((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8);
        Some((name.to_owned(), colour))
    });
    declarations.collect()
}

fn colours_of(palette: &Palette) -> Vec<(String, Colour)> {
    let mut colours = vec![
        ("paper".to_owned(), palette.paper),
        ("paper-2".to_owned(), palette.paper_2),
        ("ink".to_owned(), palette.ink),
        ("ink-2".to_owned(), palette.ink_2),
        ("hairline".to_owned(), palette.hairline),
        ("accent".to_owned(), palette.accent),
        ("accent-ink".to_owned(), palette.accent_ink),
        ("loss".to_owned(), palette.loss),
        ("focus".to_owned(), palette.focus),
    ];
    let numbered = |name: &'static str, from: usize, colours: &[Colour]| {
        let named = colours.iter().enumerate();
        named
            .map(|(place, colour)| (format!("{name}-{}", place + from), *colour))
            .collect::<Vec<_>>()
    };
    colours.extend(numbered("segment", 1, &palette.segments));
    colours.extend(numbered("ramp", 0, &palette.ramp));
    colours
}

#[test]
fn charts_and_page_share_their_colours() {
    for (theme, selector) in [
        (Theme::Light, ":root"),
        (Theme::Dark, "[data-theme=\"dark\"]"),
    ] {
        let tokens = tokens_of(selector);
        for expected in colours_of(Palette::of(theme)) {
            assert!(tokens.contains(&expected), "{theme:?} {expected:?}");
        }
    }
}

#[test]
fn text_and_marks_stand_out_from_the_paper() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for ground in [palette.paper, palette.paper_2] {
            for text in [palette.ink, palette.ink_2, palette.accent, palette.loss] {
                let contrast = text.contrast(ground);
                assert!(
                    contrast >= 4.5,
                    "{theme:?} {text:?} on {ground:?}: {contrast:.2}"
                );
            }
            for mark in palette
                .segments
                .into_iter()
                .chain([palette.focus, palette.ramp[4]])
            {
                let contrast = mark.contrast(ground);
                assert!(
                    contrast >= 3.0,
                    "{theme:?} {mark:?} on {ground:?}: {contrast:.2}"
                );
            }
        }
        assert!(palette.accent_ink.contrast(palette.accent) >= 4.5);
    }
}

#[test]
fn the_ramp_grows_evenly_away_from_the_paper() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        let contrasts: Vec<f64> = palette
            .ramp
            .iter()
            .map(|colour| colour.contrast(palette.paper))
            .collect();
        assert!(
            contrasts.windows(2).all(|pair| pair[0] < pair[1]),
            "{theme:?} {contrasts:.2?}"
        );
    }
}

/// What linear RGB becomes to people without one kind of cone, and to those with all: Machado, Oliveira & Fernandes
/// (2009), "A physiologically-based model for simulation of color vision deficiency", severity 1.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    (
        "all cones",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Lightness and two axes of colour in OKLab (Ottosson 2020), in which equal distances look about equal.
fn seen(colour: Colour, vision: &[[f64; 3]; 3]) -> [f64; 3] {
    let rgb = [colour.0, colour.1, colour.2].map(|channel| match f64::from(channel) / 255.0 {
        value if value <= 0.040_45 => value / 12.92,
        value => ((value + 0.055) / 1.055).powf(2.4),
    });
    let product = |matrix: &[[f64; 3]; 3], of: [f64; 3]| {
        matrix.map(|row| {
            row.iter()
                .zip(of)
                .map(|(weight, value)| weight * value)
                .sum::<f64>()
        })
    };
    let seen = product(vision, rgb).map(|value| value.clamp(0.0, 1.0));
    let cones = product(
        &[
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        seen,
    );
    product(
        &[
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ],
        cones.map(f64::cbrt),
    )
}

/// Somebody who looks closely tells two colours apart at 0.02.
#[test]
fn segments_differ_for_every_kind_of_colour_vision() {
    for theme in [Theme::Light, Theme::Dark] {
        let segments = Palette::of(theme).segments;
        for (name, vision) in &VISIONS {
            let seen = segments.map(|colour| seen(colour, vision));
            for (place, one) in seen.iter().enumerate() {
                for other in &seen[..place] {
                    let squares = one.iter().zip(other).map(|(a, b)| (a - b).powi(2));
                    let distance = squares.sum::<f64>().sqrt();
                    assert!(distance > 0.05, "{theme:?}, {name}: {distance:.3}");
                }
            }
        }
    }
}
