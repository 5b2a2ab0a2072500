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
