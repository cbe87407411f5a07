//! What must hold for every text, whatever its characters: no panic, nothing lost between Latin words, code as written,
//! every position on the border of a character, and output that is escaped.

use gangwei::markdown::{
    Blanks, Links, Profile, Target, outline, render, replace_running_text, standard_html,
};
use gangwei::text::Language;
use gangwei::text::conversion::Converter;
use proptest::prelude::*;
use scraper::{Html, Selector};
use std::sync::OnceLock;

const CHINESE: Profile = Profile::new(Blanks::All, true);

struct AsWritten;

impl Links for AsWritten {
    fn link(&self, target: &str) -> Target {
        Target::Address(target.to_owned())
    }

    fn picture(&self, target: &str) -> Target {
        Target::Address(target.to_owned())
    }

    fn blank_label(&self, _number: usize) -> std::borrow::Cow<'_, str> {
        "".into()
    }
}

/// Texts made of what markdown and Chinese make trouble with.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[岗位职责学历发展干系里后面软件网络]{1,4}",
        "[a-z]{1,5}",
        "[0-9]{1,3}",
        "[，。：；“”‘’（）《》—…·、！？]{1,2}",
        "[*_~`]{1,3}",
        "[ \\n>#|\\[\\](){}!<&;\\\\-]{1,3}",
        "(https://a\\.cn/x_y|www\\.a\\.cn|a@b\\.cn|``|\\n\\n|<b>|</b>|<!--|\\[\\^1\\]|___|XX万元)",
        "[\u{E000}\u{F8FF}\u{FFFE}\u{FFFF}\u{FDD0}\u{FDD1}\u{FDD4}\u{FDEF}\u{200B}\u{FEFF}\u{E0100}\u{FE0F}😀\u{20000}한가ア]{1,2}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The elements of a page with their attributes, in order; words left out.
fn tags(html: &str) -> Vec<String> {
    let all = Selector::parse("*").expect("selector");
    let page = Html::parse_fragment(html);
    let tags = page.select(&all).map(|element| {
        let mut attributes: Vec<(&str, &str)> = element.value().attrs().collect();
        // A picture's description and a title are words.
        attributes.retain(|(name, _)| !["alt", "title"].contains(name));
        attributes.sort_unstable();
        format!("{} {attributes:?}", element.value().name())
    });
    tags.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_every_position_is_the_border_of_a_character(text in texts()) {
        let outline = outline(&text, CHINESE);
        let spans = outline.links.iter().map(|link| link.span).chain(outline.typos.iter().map(|typo| typo.1));
        for span in spans.chain([outline.deepest.1]) {
            prop_assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
        }
        let html = render(&text, CHINESE, &[], &AsWritten);
        // Documents with these are refused; here they only must not panic.
        let marks = ['\u{FDD0}', '\u{FDD2}', '\u{FDD3}', '\u{FDD4}'];
        prop_assert!(text.contains(marks) || !html.contains(marks), "{html:?}");
    }

    #[test]
    fn any_bytes_render_without_panic_and_without_scripts(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        let html = render(&text, CHINESE, &[], &AsWritten);
        let page = Html::parse_fragment(&html);
        let script = Selector::parse("script, style, iframe, object, [onclick], [onerror], [style]").expect("selector");
        prop_assert_eq!(page.select(&script).count(), 0, "{}", html);
    }

    #[test]
    fn the_space_between_latin_words_never_vanishes(
        before in "[岗位，。“”a-z ]{0,6}[a-zA-Z]", marks in "(\\*\\*)?", after in "[a-zA-Z][岗位，。“”a-z ]{0,6}"
    ) {
        // Four spaces make code, which no line goes on in.
        prop_assume!(!before.starts_with("    "));
        let text = format!("{marks}{before}{marks}\n{marks}{after}{marks}");
        let html = standard_html(&text, Profile { autolinks: true, extensions: true, ..Profile::standard() });
        let words: String = Html::parse_fragment(&html).root_element().text().collect();
        let (last, first) = (before.chars().last(), after.chars().next());
        let kept = words.split('\n').zip(words.split('\n').skip(1)).any(|(left, right)| {
            left.trim_matches('*').ends_with(|c| Some(c) == last) && right.trim_matches('*').starts_with(|c| Some(c) == first)
        });
        prop_assert!(kept, "{html:?}");
    }

    #[test]
    fn code_is_never_changed(code in "[岗位a-z*_~，。“”：/.@ ]{1,20}", around in "[岗位，*~“”]{0,4}") {
        let code = code.trim().to_owned();
        prop_assume!(!code.is_empty());
        let text = format!("岗位\n\n```\n{code}\n```\n\n岗{around}`{code}`岗位\n");
        let html = render(&text, Profile::new(Blanks::None, true), &[], &AsWritten);
        let page = Html::parse_fragment(&html);
        let selector = Selector::parse("code").expect("selector");
        let found: Vec<String> = page.select(&selector).map(|code| code.text().collect()).collect();
        prop_assert_eq!(found, vec![format!("{code}\n"), code], "{}", html);
    }

    #[test]
    fn converting_an_edition_never_changes_markup(text in texts()) {
        // Documents with noncharacters are refused before they get here.
        let text: String = text.chars().filter(|c| !matches!(c, '\u{FDD0}'..='\u{FDEF}')).collect();
        let profile = Profile::new(Blanks::None, true);
        static CONVERTER: OnceLock<Converter> = OnceLock::new();
        let converter = CONVERTER.get_or_init(|| {
            Converter::new(Language::Hans, Language::HantTw, &[]).expect("converter")
        });
        let converted = replace_running_text(&text, profile, &|pieces| converter.convert_pieces(pieces));
        let anchors: Vec<String> = outline(&text, profile).headings.into_iter().map(|heading| heading.id).collect();
        let (before, after) = (
            render(&text, profile, &anchors, &AsWritten),
            render(&converted.text, profile, &anchors, &AsWritten),
        );
        prop_assert_eq!(tags(&before), tags(&after), "{} became {}", before, after);
    }

    #[test]
    fn the_target_of_a_link_is_never_changed(target in "https://a\\.cn/[a-z*_~，：“”]{0,12}", words in "[岗位]{1,4}") {
        let text = format!("**见：**[{words}](<{target}>)岗位");
        let html = standard_html(&text, Profile::standard());
        let page = Html::parse_fragment(&html);
        let selector = Selector::parse("a").expect("selector");
        let href = page.select(&selector).next().and_then(|link| link.value().attr("href")).unwrap_or("").to_owned();
        let decoded = percent_encoding::percent_decode_str(&href).decode_utf8_lossy().into_owned();
        prop_assert_eq!(decoded, target, "{}", html);
    }
}
