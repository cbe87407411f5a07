//! The accent colour. Enters: `#rrggbb`. Leaves: custom properties whose contrast is sufficient by construction.
//! Contrast is defined as in WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) over relative luminance.

/// Least contrast of accent text on the page.
const TEXT_CONTRAST: f64 = 4.6;
/// The page's background, light and dark, as in `css/00-tokens.css`.
const LIGHT_PAGE: [u8; 3] = [0xff, 0xff, 0xff];
const DARK_PAGE: [u8; 3] = [0x1f, 0x1e, 0x1b];

/// The CSS custom properties for an accent.
pub fn custom_properties(accent: &str) -> String {
    let colour = parse(accent);
    let light = with_contrast(colour, LIGHT_PAGE);
    let dark = with_contrast(colour, DARK_PAGE);
    format!(
        ":root{{--accent-light:{};--on-accent-light:{};--accent-dark:{};--on-accent-dark:{}}}\n",
        hex(light),
        hex(ink_on(light)),
        hex(dark),
        hex(ink_on(dark))
    )
}

/// The accent, dark enough to be readable on white, and a text colour that is readable on it.
pub fn on_white(accent: &str) -> ([u8; 3], [u8; 3]) {
    let colour = with_contrast(parse(accent), LIGHT_PAGE);
    (colour, ink_on(colour))
}

fn parse(text: &str) -> [u8; 3] {
    let channel = |at: usize| {
        text.get(at..at + 2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok())
            .unwrap_or(0)
    };
    [channel(1), channel(3), channel(5)]
}

fn hex(colour: [u8; 3]) -> String {
    format!("#{:02x}{:02x}{:02x}", colour[0], colour[1], colour[2])
}

fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Black or white, whichever is more readable on a colour.
fn ink_on(colour: [u8; 3]) -> [u8; 3] {
    if contrast(colour, [255; 3]) >= contrast(colour, [0; 3]) {
        [255; 3]
    } else {
        [0; 3]
    }
}

/// Moves a colour towards black or white, in small steps, until it is readable on a page.
fn with_contrast(colour: [u8; 3], page: [u8; 3]) -> [u8; 3] {
    let towards: f64 = if luminance(page) > 0.5 { 0.0 } else { 255.0 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mixture of two channels lies between them"
    )]
    let mixed = |from: f64, share: f64| (from + (towards - from) * share).round() as u8;
    (0..=20)
        .map(|step| {
            let share = f64::from(step) / 20.0;
            colour.map(|channel| mixed(f64::from(channel), share))
        })
        .find(|candidate| contrast(*candidate, page) >= TEXT_CONTRAST)
        .unwrap_or(ink_on(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_accent_is_readable_on_both_pages_and_text_is_readable_on_it() {
        for accent in [
            "#0b5c5a", "#ffe600", "#ffffff", "#000000", "#777777", "#c8102e",
        ] {
            for page in [LIGHT_PAGE, DARK_PAGE] {
                let colour = with_contrast(parse(accent), page);
                assert!(contrast(colour, page) >= 4.5, "{accent}");
                assert!(contrast(colour, ink_on(colour)) >= 4.5, "{accent}");
            }
        }
    }
}
