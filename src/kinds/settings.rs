//! Settings: `gangwei.yaml` as written, then as resolved. Two types, so that a default is decided in one place.

use super::KEYS;
use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{
    Day, DisplayValue, FieldType, FieldValue, Jurisdiction, Located, Reader, Record, Vocabularies,
    Web, unknown_keys,
};
use crate::kinds::{Apply, Visibility};
use crate::text::url::BaseUrl;
use crate::text::{Language, SourceFile, Span};
use crate::yaml::{Node, Value, parse_yaml};
use crate::{record, say};
use jiff::tz::TimeZone;
use std::sync::Arc;

record! {
    /// Who employs.
    OrganizationSettings {
        name: String = "name", "名称", Required, "机构的简称", "the organisation's name", "";
        legal_name: Option<String> = "legal_name", "法定名称", Optional, "机构的全称", "its registered name", "";
        logo: Option<Located<String>> = "logo", "标志", Optional, "static/ 里的图片，从 / 写起", "a picture in static/, written from the root", "/logo.svg";
        same_as: Vec<Web> = "same_as", "官方网址", Optional, "官方网站", "its own web sites", "";
    }
}

impl OrganizationSettings {
    /// The path of the logo among the portal's files.
    pub fn logo_path(&self) -> Option<&str> {
        let logo = self.logo.as_ref()?;
        Some(logo.value.trim_start_matches('/'))
    }
}

record! {
    /// One entry of the menu or the footer.
    MenuItem {
        title: String = "title", "标题", Required, "显示的文字", "the words shown", "";
        url: Located<String> = "url", "网址", Required, "站内地址或完整网址", "an address of the site, or a whole URL", "/jobs/";
    }
}

record! {
    /// When a posting counts as closing soon, and as archived.
    LifecycleSettings {
        soon_days: Option<u32> = "soon_days", "即将截止天数", Optional, "截止前几天算即将截止", "days before closing that count as soon", "7";
        archive_days: Option<u32> = "archive_days", "归档天数", Optional, "截止后几天归档", "days after closing until archived", "180";
    }
}

record! {
    /// One term of the glossary: how an edition writes it. Without any of these it stays as it is in every edition.
    GlossaryTerm {
        term: String = "term", "原词", Required, "文档里的写法", "as the documents write it", "网点";
        hans: Option<String> = "zh-hans", "简体", Optional, "简体版的写法", "for a Simplified edition", "";
        hant: Option<String> = "zh-hant", "繁体", Optional, "各繁体版的写法", "for every Traditional edition", "";
        hant_tw: Option<String> = "zh-hant-tw", "台湾", Optional, "zh-Hant-TW 版的写法", "for the edition zh-Hant-TW", "分行";
        hant_hk: Option<String> = "zh-hant-hk", "香港", Optional, "zh-Hant-HK 版的写法", "for the edition zh-Hant-HK", "";
    }
}

/// Words that mean the same to a reader who searches.
#[derive(Debug, Clone, Default)]
pub struct SynonymGroup(pub Vec<String>);

impl FieldValue for SynonymGroup {
    fn display_value(&self) -> DisplayValue<'_> {
        self.0.display_value()
    }
    const TYPE: FieldType = FieldType::Notation("synonyms");
    fn read(node: &Node, reader: &mut Reader) -> Option<SynonymGroup> {
        let words: Vec<String> = if let Value::List(_) = &node.value {
            FieldValue::read(node, reader)?
        } else {
            let parts = reader.scalar(node)?.split(['|', '｜', '、', '，', ',']);
            parts.map(|word| word.trim().to_owned()).collect()
        };
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        if words.len() < 2 {
            reader.error(
                "wrong-type",
                node.span,
                say!("一组同义词至少两个", "synonyms are two words or more"),
                Some(say!(
                    "例如 薪酬 | 薪资 | 待遇",
                    "for example 薪酬 | 薪资 | 待遇"
                )),
            );
            return None;
        }
        Some(SynonymGroup(words))
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        self.0.convert_texts(convert);
    }
}

record! {
    /// Words that search knows beyond the text.
    SearchTuning {
        synonyms: Vec<SynonymGroup> = "synonyms", "同义词", Optional, "一行一组，例如 薪酬 | 薪资 | 待遇", "a group in a line, for example 薪酬 | 薪资 | 待遇", "";
        pronunciations: Vec<(String, String)> = "pronunciations", "读音", Optional, "词和拼音，例如 行长: hang zhang", "a word and its pinyin, for example 行长: hang zhang", "";
    }
}

crate::choice! {
    /// The effect of the rules' findings on a build.
    Gate {
        Error = "error", "错误";
        Warn = "warn", "警告";
        Off = "off", "关闭";
    }
}

record! {
    /// How the content is checked before it is published.
    CheckSettings {
        gate: Option<Gate> = "gate", "闸门", Optional, "error：有错误不发布；warn：只警告；off：不检查", "error: nothing is published with errors; warn: they are warnings; off: no rules", "error";
        approvers: Vec<String> = "approvers", "批准人", Optional, "谁可以批准豁免", "who may approve waivers", "";
        packs: Vec<Located<String>> = "packs", "规则包", Optional, "本行自己的规则文件", "the bank's own rule files", "[rules/our-bank.yaml]";
        baseline: Option<Located<String>> = "baseline", "基线", Optional, "已知问题的豁免清单", "a file of waivers for known findings", "baseline.yaml";
    }
}

record! {
    /// Whether every posting gets a poster, and how it looks.
    PosterSettings {
        font: Option<Located<String>> = "font", "字体", Optional, "站点里的字体文件；system：用这台电脑的中文字体；不写则没有海报", "a font file of the site, or system for the machine's Chinese font; without it there are no posters", "fonts/heiti.otf";
        bold: Option<Located<String>> = "bold", "粗体", Optional, "标题用的粗体字体文件", "a bold font file for titles", "";
        colour: Option<Located<String>> = "colour", "颜色", Optional, "不写则用主色", "the accent when absent", "\"#0b5c5a\"";
    }
}

record! {
    /// The limits of a publish.
    PublishSettings {
        max_removals: Option<u32> = "max_removals", "最多删去", Optional, "一次发布最多删去百分之几的页面", "the share of pages that one publish may remove, in percent", "20";
        max_changes: Option<u32> = "max_changes", "最多截止", Optional, "门户隔了几天才重建时，最多百分之几的内容可以一下子截止", "the share of what is listed that may close at once in a portal not rebuilt for days, in percent", "50";
    }
}

record! {
    /// `gangwei.yaml` as written.
    Settings {
        title: String = "title", "标题", Required, "门户的名称", "the portal's name", "人才门户";
        organization: OrganizationSettings = "organization", "机构", Required, "用人机构", "who employs", "";
        base_url: Option<Located<Web>> = "base_url", "网址", Expected, "门户的网址，可以带路径", "the portal's URL; it may hold a path", "https://careers.example.com/";
        language: Option<Language> = "language", "语言", Optional, "zh-Hans、zh-Hant 或 en", "zh-Hans, zh-Hant or en", "zh-Hans";
        editions: Vec<Located<Language>> = "editions", "其他版本", Optional, "另出哪些文字的版本，例如 [zh-Hant-TW, zh-Hant-HK]", "other scripts to publish in, for example [zh-Hant-TW, zh-Hant-HK]", "";
        glossary: Vec<GlossaryTerm> = "glossary", "术语", Optional, "各版本里固定的写法", "how editions write a term", "";
        time_zone: Option<Located<String>> = "time_zone", "时区", Optional, "例如 Asia/Shanghai", "for example Asia/Shanghai", "Asia/Shanghai";
        jurisdictions: Vec<Located<Jurisdiction>> = "jurisdictions", "法域", Optional, "cn、tw、hk 中的一个或几个", "one or more of cn, tw, hk", "[cn]";
        visibility: Option<SiteVisibility> = "visibility", "公开范围", Optional, "公开，或全部（行内网站）", "public, or all for an internal site", "公开";
        theme: Option<Located<String>> = "theme", "主题", Optional, "themes/ 下的文件夹", "a folder under themes/", "";
        accent: Option<Located<String>> = "accent", "主色", Optional, "例如 #0b5c5a", "for example #0b5c5a", "\"#0b5c5a\"";
        menu: Vec<MenuItem> = "menu", "菜单", Optional, "不写则按内容自动生成", "made from the content when absent", "";
        footer: Vec<MenuItem> = "footer", "页脚", Optional, "页脚的链接", "links of the footer", "";
        apply: Option<Apply> = "apply", "应聘方式", Optional, "岗位没写时用", "used where a posting says nothing", "";
        notice: Option<String> = "notice", "防骗提示", Optional, "每个招聘页面上的提示", "the anti-fraud notice on every recruiting page", "";
        lifecycle: LifecycleSettings = "lifecycle", "期限", Optional, "即将截止和归档的天数", "days of closing soon and archiving", "";
        search: SearchTuning = "search", "搜索", Optional, "同义词和读音", "synonyms and pronunciations", "";
        check: CheckSettings = "check", "检查", Optional, "发布前的检查", "the check before publishing", "";
        posters: PosterSettings = "posters", "海报", Optional, "每个岗位的海报", "a poster for every posting", "";
        publish: PublishSettings = "publish", "发布", Optional, "发布时的限制", "limits of publishing", "";
        clock: Option<Located<Day>> = "clock", "演示日期", Optional, "演示用的固定日期", "a fixed day for demonstrations", "";
    }
}

crate::choice! {
    /// Which documents a build holds.
    SiteVisibility {
        Public = "public", "公开";
        All = "all", "全部";
    }
}

/// The settings as the stages use them: every default decided.
#[derive(Debug, Clone)]
pub struct Config {
    /// The settings file, for faults that are found later.
    pub file: Arc<SourceFile>,
    /// The portal's name.
    pub title: String,
    /// Who employs.
    pub organization: OrganizationSettings,
    /// Where the portal lives.
    pub base_url: BaseUrl,
    /// Whether `base_url` has a host, so that absolute URLs can be written.
    pub has_origin: bool,
    /// The language of the interface, and of documents that name none.
    pub language: Language,
    /// The edition's own segment of addresses, with a slash; empty for the source edition.
    pub segment: String,
    /// All editions, the source edition first.
    pub editions: Vec<Language>,
    /// Terms that editions write in a way of their own.
    pub glossary: Vec<GlossaryTerm>,
    /// The zone in which days begin and end.
    pub time_zone: TimeZone,
    /// The zone's name.
    pub time_zone_name: String,
    /// Whether internal documents are in the build.
    pub internal: bool,
    /// The folder of the theme that lies over the embedded one.
    pub theme: Option<Located<String>>,
    /// The accent colour, `#rrggbb`.
    pub accent: String,
    /// The menu; empty for one made from the content.
    pub menu: Vec<MenuItem>,
    /// Links of the footer.
    pub footer: Vec<MenuItem>,
    /// The way to apply where a posting states none.
    pub apply: Apply,
    /// The anti-fraud notice.
    pub notice: Option<String>,
    /// Days before closing that count as soon.
    pub soon_days: u32,
    /// Days after closing until archived.
    pub archive_days: u32,
    /// Words that search knows beyond the text.
    pub search: SearchTuning,
    /// Whether every posting gets a poster, and how it looks.
    pub posters: PosterSettings,
    /// The share of the documents' pages that one publish may remove, in percent.
    pub max_removals: u32,
    /// The share of what is listed that may close at once in a portal that was not rebuilt for days, in percent.
    pub max_changes: u32,
    /// The fixed day of a demonstration.
    pub clock: Option<Day>,
    /// How the content is checked.
    pub check: CheckSettings,
    /// Whose law is applied where a document names no place, as written.
    pub jurisdictions: Vec<Located<Jurisdiction>>,
}

/// The accent where the settings name none.
const ACCENT: &str = "#0b5c5a";

impl Config {
    /// Whether a document of this visibility is in the build.
    pub fn shows(&self, visibility: Visibility) -> bool {
        self.internal || visibility == Visibility::Public
    }

    /// The settings of another edition, the words that people read converted.
    #[must_use]
    pub fn in_edition(&self, language: Language, convert: &dyn Fn(&str) -> String) -> Config {
        let mut config = self.clone();
        config.language = language;
        config.segment = format!("{}/", language.segment());
        config.title = convert(&config.title);
        config.organization.convert_texts(convert);
        config.menu.convert_texts(convert);
        config.footer.convert_texts(convert);
        config.apply.convert_texts(convert);
        config.notice.convert_texts(convert);
        config.search.synonyms.convert_texts(convert);
        config
    }

    /// The link to an output path of this edition.
    pub fn link(&self, output_path: &str) -> String {
        if self.segment.is_empty() {
            self.base_url.link(output_path)
        } else {
            self.base_url
                .link(&format!("{}{output_path}", self.segment))
        }
    }

    /// The link to an output path that all editions share: assets, files of `static/` and files beside documents.
    pub fn shared_link(&self, output_path: &str) -> String {
        self.base_url.link(output_path)
    }

    /// Reads the settings. `base_url` of the command line wins over the file's.
    pub fn parse(
        file: &Arc<SourceFile>,
        base_url: Option<&str>,
        sink: &mut Sink,
    ) -> Option<Config> {
        let whole = Span::new(0, file.text.len());
        let node = parse_yaml(file, whole, &*KEYS, sink)?;
        let entries = match node.value {
            Value::Map(entries) => entries,
            _ => Vec::new(),
        };
        let vocabularies = Vocabularies::default();
        let mut reader = Reader::new(file, &vocabularies, sink);
        unknown_keys(&entries, &[Settings::FIELDS], &mut reader);
        let settings = Settings::read_fields(
            &entries,
            Span::new(0, file.text.lines().next().map_or(0, str::len)),
            &mut reader,
        );
        Some(resolve(settings, base_url, &mut reader))
    }
}

fn resolve(settings: Settings, base_url: Option<&str>, reader: &mut Reader) -> Config {
    let (time_zone_name, time_zone) = resolve_time_zone(settings.time_zone.as_ref(), reader);
    let accent = settings
        .accent
        .as_ref()
        .map_or(ACCENT.to_owned(), |accent| accent.value.to_lowercase());
    if let Some(written) = &settings.accent
        && !is_colour(&accent)
    {
        report_colour(written, reader);
    }
    if let Some(written) = &settings.posters.colour
        && !is_colour(&written.value.to_lowercase())
    {
        report_colour(written, reader);
    }
    if let Some(theme) = &settings.theme
        && !is_folder_name(&theme.value)
    {
        reader.error(
            "bad-theme",
            theme.span,
            say!(
                "主题只写 themes/ 下的文件夹名",
                "a theme is the name of a folder under themes/"
            ),
            None,
        );
    }
    let written = settings.base_url.map(|url| url.value.0);
    if base_url.is_none() && written.is_none() {
        report_no_base_url(reader);
    }
    let base = base_url.map(str::to_owned).or(written);
    let base = base.filter(|url| !url.is_empty());
    report_menu(settings.menu.iter().chain(&settings.footer), reader);
    let editions = resolve_editions(settings.language, &settings.editions, reader);
    let Settings {
        title,
        organization,
        base_url: _,
        language,
        editions: _,
        glossary,
        time_zone: _,
        jurisdictions,
        visibility,
        theme,
        accent: _,
        menu,
        footer,
        apply,
        notice,
        lifecycle,
        search,
        check,
        posters,
        publish,
        clock,
    } = Settings {
        base_url: None,
        ..settings
    };
    Config {
        file: reader.file.clone(),
        title,
        organization,
        has_origin: base.is_some(),
        base_url: BaseUrl::parse(base.as_deref().unwrap_or("/")),
        language: language.unwrap_or_default(),
        segment: String::new(),
        editions,
        glossary,
        time_zone,
        time_zone_name,
        internal: visibility == Some(SiteVisibility::All),
        theme: theme.filter(|theme| is_folder_name(&theme.value)),
        accent: if is_colour(&accent) {
            accent
        } else {
            ACCENT.to_owned()
        },
        menu,
        footer,
        apply: apply.unwrap_or_default(),
        notice,
        soon_days: lifecycle.soon_days.unwrap_or(7),
        archive_days: lifecycle.archive_days.unwrap_or(180),
        search,
        check,
        posters,
        jurisdictions,
        max_removals: publish.max_removals.unwrap_or(20).min(100),
        max_changes: publish.max_changes.unwrap_or(50).min(100),
        clock: clock.map(|clock| clock.value),
    }
}

/// The time zone of the site and its name.
fn resolve_time_zone(written: Option<&Located<String>>, reader: &mut Reader) -> (String, TimeZone) {
    let name = written.map_or("Asia/Shanghai", |zone| zone.value.as_str());
    let zone = jiff::tz::TimeZoneDatabase::bundled()
        .get(name)
        .unwrap_or_else(|_| {
            let span = written.map(|zone| zone.span).unwrap_or_default();
            reader.error(
                "unknown-time-zone",
                span,
                say!("没有“{name}”这个时区", "there is no time zone `{name}`"),
                Some(say!(
                    "例如 Asia/Shanghai、Asia/Taipei、Asia/Hong_Kong",
                    "for example Asia/Shanghai"
                )),
            );
            TimeZone::UTC
        });
    (name.to_owned(), zone)
}

fn report_menu<'m>(items: impl Iterator<Item = &'m MenuItem>, reader: &mut Reader) {
    for item in items {
        let url = &item.url.value;
        let in_portal = url.starts_with('/') && !crate::text::url::begins_with_host(url);
        let is_written = item.url.span != Span::default();
        if is_written && crate::text::url::has_user(url) {
            let told = crate::fields::user_in_address(url).at(reader.file, item.url.span);
            reader.sink.push(told);
        } else if is_written && !in_portal && !crate::text::url::has_safe_scheme(url) {
            reader.error(
                "bad-url",
                item.url.span,
                say!(
                    "“{url}”不能作菜单的网址",
                    "`{url}` cannot be the address of a menu entry"
                ),
                Some(say!(
                    "写站内地址（/jobs/）或完整网址（https://…）",
                    "write an address of the portal (/jobs/) or a whole URL (https://…)"
                )),
            );
        }
    }
}

fn report_no_base_url(reader: &mut Reader) {
    let mut diagnostic = Diagnostic::warning(
        "no-base-url",
        say!("还没有写门户的网址", "the settings have no base_url"),
    )
    .at(reader.file, Span::new(0, 0));
    diagnostic.help = Some(say!(
        "在 gangwei.yaml 加一行“网址: https://…/”；没有它，订阅和站点地图里写不出完整地址",
        "add `base_url: https://…/` to gangwei.yaml; feeds and the sitemap need it"
    ));
    reader.sink.push(diagnostic);
}

/// The source edition, then the others, each once.
fn resolve_editions(
    source: Option<Language>,
    others: &[Located<Language>],
    reader: &mut Reader,
) -> Vec<Language> {
    let mut editions = vec![source.unwrap_or_default()];
    for edition in others {
        let problem = match edition.value {
            Language::En => Some(say!(
                "英文不能由中文转换而来",
                "English is not converted from Chinese"
            )),
            language if editions.contains(&language) => Some(say!(
                "“{0}”已经有了",
                "`{0}` is there already",
                language.tag()
            )),
            language => {
                editions.push(language);
                None
            }
        };
        if let Some(problem) = problem {
            reader.error(
                "bad-edition",
                edition.span,
                problem,
                Some(say!(
                    "其他版本写 zh-Hans、zh-Hant、zh-Hant-TW、zh-Hant-HK 中的几个，站点自己的语言不用写",
                    "name zh-Hans, zh-Hant, zh-Hant-TW or zh-Hant-HK; the site's own language is always published"
                )),
            );
        }
    }
    editions
}

fn is_folder_name(name: &str) -> bool {
    !name.contains(['/', '\\']) && !name.starts_with('.')
}

fn report_colour(written: &Located<String>, reader: &mut Reader) {
    reader.error(
        "bad-colour",
        written.span,
        say!("颜色“{}”读不懂", "`{}` is not a colour", written.value),
        Some(say!(
            "写成 \"#0b5c5a\"：井号和六位十六进制数",
            "write six hexadecimal digits after #, in quotes"
        )),
    );
}

fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].chars().all(|c| c.is_ascii_hexdigit())
}
