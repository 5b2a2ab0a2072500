//! Colours by meaning, equal to `style/tokens.css` (`tests/theme.rs` holds both together).
//!
//! Segments after Okabe & Ito (2008), adjusted to a contrast of 3:1 on paper and to differ for every kind of colour vision; well-known segments keep their colour and
//! marker whatever the map, the rest go by place. One ramp shows magnitude, even in OKLab lightness.

use super::Theme;
use crate::analysis::{Label, SegmentName};

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// From `0xRRGGBB`.
    const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// This colour with `share` (0 to 1) of `other` mixed in.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let mix =
            |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * share).round() as u8;
        Self(
            mix(self.0, other.0),
            mix(self.1, other.1),
            mix(self.2, other.2),
        )
    }

    /// Contrast with another colour, 1 to 21, after WCAG 2.2.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let value = f64::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                libm::pow((value + 0.055) / 1.055, 2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The page.
    pub paper: Colour,
    /// What lies on the page.
    pub paper_2: Colour,
    /// Text and strong marks.
    pub ink: Colour,
    /// Secondary text.
    pub ink_2: Colour,
    /// Rules and grid lines.
    pub hairline: Colour,
    /// What can be pressed.
    pub accent: Colour,
    /// Text on the accent.
    pub accent_ink: Colour,
    /// Loss and errors only.
    pub loss: Colour,
    /// The focus ring.
    pub focus: Colour,
    /// Segments.
    pub segments: [Colour; 8],
    /// Magnitude, from little to much.
    pub ramp: [Colour; 7],
}

const LIGHT: Palette = Palette {
    paper: Colour::hex(0xfaf9f6),
    paper_2: Colour::hex(0xffffff),
    ink: Colour::hex(0x1c1b19),
    ink_2: Colour::hex(0x5c5a54),
    hairline: Colour::hex(0xdcd8cf),
    accent: Colour::hex(0x1a5fa8),
    accent_ink: Colour::hex(0xffffff),
    loss: Colour::hex(0xb3261e),
    focus: Colour::hex(0x1a5fa8),
    segments: [
        Colour::hex(0x0068a8),
        Colour::hex(0xc67b02),
        Colour::hex(0x128a62),
        Colour::hex(0xb5588d),
        Colour::hex(0x3493cf),
        Colour::hex(0xda3a00),
        Colour::hex(0x7e7207),
        Colour::hex(0x666766),
    ],
    ramp: [
        Colour::hex(0xe8f3f2),
        Colour::hex(0xb6d7d7),
        Colour::hex(0x82bcc1),
        Colour::hex(0x559eaa),
        Colour::hex(0x2e8092),
        Colour::hex(0x1a6176),
        Colour::hex(0x124356),
    ],
};

const DARK: Palette = Palette {
    paper: Colour::hex(0x17181a),
    paper_2: Colour::hex(0x212326),
    ink: Colour::hex(0xecebe7),
    ink_2: Colour::hex(0xa9a7a0),
    hairline: Colour::hex(0x3a3c40),
    accent: Colour::hex(0x7db7f0),
    accent_ink: Colour::hex(0x10202f),
    loss: Colour::hex(0xff8a80),
    focus: Colour::hex(0x9cc9f7),
    segments: [
        Colour::hex(0x4f98db),
        Colour::hex(0xe6a01a),
        Colour::hex(0x3dbb85),
        Colour::hex(0xd690c0),
        Colour::hex(0x86cbf3),
        Colour::hex(0xed7d3f),
        Colour::hex(0xd8cc4a),
        Colour::hex(0x95969a),
    ],
    ramp: [
        Colour::hex(0x1e2e35),
        Colour::hex(0x284c57),
        Colour::hex(0x306c79),
        Colour::hex(0x41929e),
        Colour::hex(0x57afb5),
        Colour::hex(0x84cfce),
        Colour::hex(0xbcede7),
    ],
};

impl Palette {
    /// The colours of `theme`.
    pub const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// The colour of a magnitude between 0 and 1.
    pub fn ramp_at(&self, magnitude: f64) -> Colour {
        let place = magnitude.clamp(0.0, 1.0) * (self.ramp.len() - 1) as f64;
        let below = (place as usize).min(self.ramp.len() - 2);
        self.ramp[below].mixed(self.ramp[below + 1], place - below as f64)
    }

    /// The ink that reads best on `ground`: black or white, one of which has a contrast of 4.5 on anything.
    pub fn ink_on(&self, ground: Colour) -> Colour {
        let (dark, white) = (Colour::hex(0x000000), Colour::hex(0xffffff));
        if ground.contrast(dark) >= ground.contrast(white) {
            dark
        } else {
            white
        }
    }
}

/// The form of a point, so that colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// ●
    Circle,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ◆
    Diamond,
    /// ✚
    Cross,
    /// ▼
    Wedge,
}

/// The colour (its number in `--segment-n`, from 1) and marker of the segment at `place`.
pub fn segment_sign(label: &Label, place: u16) -> (u8, Marker) {
    // Six forms and seven colours have no divisor in common, so that signs come again only after 42 places.
    const MARKERS: [Marker; 6] = [
        Marker::Circle,
        Marker::Square,
        Marker::Triangle,
        Marker::Diamond,
        Marker::Cross,
        Marker::Wedge,
    ];
    let by_place = |place: u16| {
        let marker = MARKERS[usize::from(place) % MARKERS.len()];
        ((place % 7) as u8 + 1, marker)
    };
    match label {
        Label::Known(name) => known_sign(*name),
        Label::Ready(_) | Label::Own(_) | Label::Moved(_) => by_place(place),
        Label::Cluster { number, .. } => by_place(number.saturating_sub(1)),
    }
}

const fn known_sign(name: SegmentName) -> (u8, Marker) {
    match name {
        SegmentName::Champions => (1, Marker::Circle),
        SegmentName::LoyalCustomers => (3, Marker::Square),
        SegmentName::PotentialLoyalists => (5, Marker::Triangle),
        SegmentName::NewCustomers => (4, Marker::Diamond),
        SegmentName::Promising => (4, Marker::Triangle),
        SegmentName::NeedAttention => (7, Marker::Square),
        SegmentName::AboutToSleep => (2, Marker::Circle),
        SegmentName::AtRisk => (6, Marker::Circle),
        SegmentName::CantLoseThem => (6, Marker::Diamond),
        SegmentName::Hibernating => (8, Marker::Square),
        SegmentName::Lost => (8, Marker::Triangle),
        SegmentName::Others => (8, Marker::Circle),
        SegmentName::Noise => (8, Marker::Triangle),
        SegmentName::Unclustered => (8, Marker::Diamond),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_on_every_step_of_the_ramp() {
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(theme);
            for step in 0..=60 {
                let ground = palette.ramp_at(f64::from(step) / 60.0);
                let contrast = ground.contrast(palette.ink_on(ground));
                assert!(contrast >= 4.5, "{theme:?} {step}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn no_two_clusters_share_a_sign_and_no_two_of_six_a_form() {
        let signs: Vec<_> = (1..=20)
            .map(|number| {
                segment_sign(
                    &Label::Cluster {
                        number,
                        suggestion: None,
                        standing: None,
                    },
                    0,
                )
            })
            .collect();
        for (place, sign) in signs.iter().enumerate() {
            assert!(!signs[..place].contains(sign), "{sign:?} twice");
            let before = &signs[place.saturating_sub(5)..place];
            assert!(before.iter().all(|other| other.1 != sign.1), "{sign:?}");
        }
    }
}
