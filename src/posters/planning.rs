//! Which postings get a poster. Enters: the settings, a site, the font files. Leaves: the posters of an edition and
//! diagnostics; a posting that would need a missing glyph or too large a code has none.

use super::layout::MOST_BYTES;
use super::typeface::{REGIONS, region};
use super::words::PosterWords;
use super::{FontData, HEIGHT, PosterFont, Posters, Typeface, WIDTH};
use crate::diagnostic::{Diagnostic, Sink, Text};
use crate::fields::Located;
use crate::files::{load_bytes, site_file, system_face, system_fonts};
use crate::kinds::Config;
use crate::say;
use crate::site::Site;
use crate::text::{Language, Span};
use crate::views::texts::Texts;
use crate::views::{PosterView, Views};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The word for the machine's own fonts.
const SYSTEM: &str = "system";
/// Families of Chinese faces that come in one design for each region; the region's name ends theirs.
const REGIONAL: [&str; 5] = [
    "Noto Sans CJK",
    "Source Han Sans",
    "Noto Sans",
    "PingFang",
    "Heiti",
];
/// Families of Chinese faces for all regions.
const UNIVERSAL: [&str; 7] = [
    "Microsoft YaHei",
    "Microsoft JhengHei",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Droid Sans Fallback",
];

/// The font files of a build; each is read once.
#[derive(Default)]
struct Fonts {
    system: Option<fontdb::Database>,
    files: BTreeMap<PathBuf, FontData>,
}

impl Fonts {
    fn file(&mut self, disk: PathBuf) -> Option<FontData> {
        if let Some(file) = self.files.get(&disk) {
            return Some(file.clone());
        }
        let file = FontData::new(load_bytes(&disk).ok()?);
        Some(self.files.entry(disk).or_insert(file).clone())
    }

    fn system(&mut self, language: Language, bold: bool) -> Option<PosterFont> {
        let of = |region: &str| {
            REGIONAL
                .iter()
                .map(|family| format!("{family}{region}"))
                .collect::<Vec<_>>()
        };
        let families = [
            of(region(language)),
            UNIVERSAL.map(str::to_owned).to_vec(),
            REGIONS.into_iter().flat_map(of).collect(),
        ]
        .concat();
        let fonts = self.system.get_or_insert_with(system_fonts);
        let (disk, index) = system_face(fonts, &families, bold)?;
        self.file(disk)?.face_at(index)
    }
}

/// Loads the typeface of each edition; empty where the settings ask for no posters or the font is faulty.
pub fn load_typefaces(root: &Path, config: &Config, sink: &mut Sink) -> Vec<Arc<Typeface>> {
    let Some(font) = &config.posters.font else {
        return Vec::new();
    };
    if config.base_url.host().is_none() {
        sink.push(
            Diagnostic::warning(
                "poster-without-address",
                say!(
                    "没有门户的完整网址，海报上的二维码无处可指，这次不做海报",
                    "without the portal's whole URL the code on a poster leads nowhere; no posters are made"
                ),
            )
            .at(&config.file, font.span)
            .help(say!(
                "在 gangwei.yaml 写“网址: https://…/”",
                "write `base_url: https://…/` in gangwei.yaml"
            )),
        );
        return Vec::new();
    }
    if font.value == SYSTEM {
        sink.push(
            Diagnostic::note(
                "poster-system-font",
                say!(
                    "海报用的是这台电脑上的字体，换一台电脑生成的海报可能不同",
                    "posters use this machine's fonts and may look different when built elsewhere"
                ),
            )
            .at(&config.file, font.span),
        );
    }
    let mut typefaces = Vec::new();
    let mut fonts = Fonts::default();
    for language in &config.editions {
        let Some(typeface) = load_typeface(root, config, &mut fonts, *language, sink) else {
            return Vec::new();
        };
        typefaces.push(Arc::new(typeface));
    }
    typefaces
}

fn load_typeface(
    root: &Path,
    config: &Config,
    fonts: &mut Fonts,
    language: Language,
    sink: &mut Sink,
) -> Option<Typeface> {
    let font = config.posters.font.as_ref()?;
    let is_system = font.value == SYSTEM;
    let regular = if is_system {
        fonts.system(language, false)
    } else {
        load_font(root, config, font, fonts, language, sink)
    };
    if is_system && regular.is_none() {
        sink.push(
            Diagnostic::error(
                "poster-font",
                say!(
                    "这台电脑上没有找到中文字体，做不了海报",
                    "this machine has no Chinese font, so no posters can be made"
                ),
            )
            .at(&config.file, font.span)
            .help(say!(
                "装一个中文字体，例如 Noto Sans CJK，或把字体文件放进站点，写成“字体: fonts/文件名”",
                "install one, for example Noto Sans CJK, or put a font file into the site and name it: `font: fonts/FILE`"
            )),
        );
    }
    let regular = regular?;
    let bold = match &config.posters.bold {
        Some(bold) => Some(load_font(root, config, bold, fonts, language, sink)?),
        None if is_system => fonts.system(language, true),
        None => None,
    };
    Some(Typeface { regular, bold })
}

fn load_font(
    root: &Path,
    config: &Config,
    named: &Located<String>,
    fonts: &mut Fonts,
    language: Language,
    sink: &mut Sink,
) -> Option<PosterFont> {
    let found = site_file(root, &named.value, sink);
    let font = found
        .and_then(|found| fonts.file(found.disk))
        .and_then(|file| file.face_for(language));
    if font.is_none() {
        sink.push(
            Diagnostic::error(
                "poster-font",
                say!(
                    "“{}”不是站点里能用的字体文件",
                    "`{}` is not a usable font file of the site",
                    named.value
                ),
            )
            .at(&config.file, named.span)
            .help(say!(
                "把 .ttf、.otf 或 .ttc 字体文件放进站点的文件夹，从 gangwei.yaml 所在处写起，例如 fonts/heiti.otf",
                "put a .ttf, .otf or .ttc file into the site and write its path from gangwei.yaml on, for example fonts/heiti.otf"
            )),
        );
    }
    font
}

/// Decides which postings of an edition get a poster, and what each says.
pub fn plan_posters(
    site: &Site,
    texts: &Texts,
    typeface: Option<&Arc<Typeface>>,
    sink: &mut Sink,
) -> Posters {
    let Some(typeface) = typeface else {
        return Posters::default();
    };
    let views = Views::plain(site, texts);
    let settings = &site.config.posters;
    let mut posters = Posters {
        typeface: Some(typeface.clone()),
        colour: settings.colour.as_ref().map_or_else(
            || site.config.accent.clone(),
            |colour| colour.value.to_lowercase(),
        ),
        ..Posters::default()
    };
    let all: Vec<(usize, PosterWords)> = (0..site.documents.len())
        .filter_map(|index| Some((index, Posters::words_of(&views, index)?)))
        .collect();
    let characters: BTreeSet<char> = (all.iter())
        .flat_map(|(_, words)| words.characters())
        .collect();
    let missing = typeface.missing(characters.into_iter());
    if let (Some((_, words)), Some(font)) = (all.first(), &settings.font) {
        let common = named(words.shared_characters(), &missing);
        if !common.is_empty() {
            sink.push(
                Diagnostic::warning(
                    "poster-glyphs",
                    say!(
                        "海报的字体里没有每张海报都要用的这些字：{common}；这次不做海报",
                        "the posters' font lacks characters that every poster needs: {common}; no posters are made"
                    ),
                )
                .at(&site.config.file, font.span)
                .help(choose_another()),
            );
            return posters;
        }
    }
    for (index, words) in all {
        if let Some(fault) = fault(&words, &missing) {
            let source = &site.documents[index].document.source;
            sink.push(fault.at(source, Span::new(0, 0)));
        } else {
            posters
                .views
                .insert(index, poster_view(&views, index, &words));
            posters.words.insert(index, words);
        }
    }
    posters
}

/// What a posting's page says of its poster.
fn poster_view(views: &Views, index: usize, words: &PosterWords) -> PosterView {
    let url = views.link(&views.site.poster_path(index, "png"));
    PosterView {
        absolute: views.site.config.base_url.absolute(&url),
        url,
        svg: views.link(&views.site.poster_path(index, "svg")),
        width: WIDTH,
        height: HEIGHT,
        alt: format!("{} · {}", words.title, words.organization),
    }
}

/// The first of the characters that are missing, for a message.
fn named(characters: impl Iterator<Item = char>, missing: &BTreeSet<char>) -> String {
    let some: BTreeSet<char> = characters.filter(|c| missing.contains(c)).collect();
    some.into_iter().take(20).collect()
}

fn choose_another() -> Text {
    say!(
        "换一个字更全的中文字体，或换个写法",
        "choose a Chinese font with more characters, or write it differently"
    )
}

fn fault(words: &PosterWords, missing: &BTreeSet<char>) -> Option<Diagnostic> {
    let some = named(words.characters(), missing);
    if !some.is_empty() {
        return Some(
            Diagnostic::warning(
                "poster-glyphs",
                say!(
                    "海报的字体里没有这些字：{some}；这个岗位没有海报",
                    "the posters' font lacks these characters: {some}; this posting has no poster"
                ),
            )
            .help(choose_another()),
        );
    }
    if words.address.len() > MOST_BYTES {
        return Some(
            Diagnostic::warning(
                "poster-address",
                say!(
                    "岗位的网址有{0}个字符，最多{1}个；再长，二维码太密，手机扫不出。这个岗位没有海报",
                    "the posting's URL has {0} characters; {1} are the most that make a code that telephones read. This posting has no poster",
                    words.address.len(),
                    MOST_BYTES
                ),
            )
            .help(say!(
                "把岗位编号写短一些，用字母和数字",
                "use a shorter id of letters and digits"
            )),
        );
    }
    None
}
