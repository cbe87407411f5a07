//! Posters through the real binary: what they hold, what another maker's reader reads off them, when there are none.

use crate::common::{SETTINGS, Site, outputs};
use std::collections::BTreeMap;
use std::fs;

const FONT: &[u8] = include_bytes!("../fonts/poster-test.otf");
const POSTERS: &str = "posters: {font: fonts/test.otf}\n";

fn posting(title: &str) -> String {
    format!(
        "---\ntitle: {title}\nlocations: [上海]\nrecruitment: social\nheadcount: 2\nsalary: 8000-12000元/月\npublished: 2026-11-01\ncloses: 2026-12-31\n---\n\n柜员。\n"
    )
}

fn site(title: &str) -> Site {
    let site = Site::new([
        ("gangwei.yaml", format!("{SETTINGS}{POSTERS}")),
        (
            "content/locations.yaml",
            "- {id: sh, name: 上海}\n".to_owned(),
        ),
        ("content/jobs/J-1.md", posting(title)),
    ]);
    site.write("fonts/test.otf", FONT);
    site
}

/// Width, height and the pixels' brightness.
fn decode(png: &[u8]) -> (usize, usize, Vec<u8>) {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    let grey = pixels
        .chunks_exact(3)
        .map(|p| ((u16::from(p[0]) + u16::from(p[1]) + u16::from(p[2])) / 3) as u8);
    (info.width as usize, info.height as usize, grey.collect())
}

fn read_code(png: &[u8]) -> String {
    let (width, height, grey) = decode(png);
    read_grey(width, height, &grey)
}

fn read_grey(width: usize, height: usize, grey: &[u8]) -> String {
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "one code");
    grids[0].decode().expect("readable").1
}

/// The code of an SVG: its last path of rectangles alone, painted and read.
fn read_svg_code(svg: &str) -> String {
    let tree = roxmltree::Document::parse(svg).expect("well-formed");
    let path = (tree.descendants())
        .filter(|node| node.attribute("shape-rendering") == Some("crispEdges"))
        .filter_map(|node| node.attribute("d"))
        .max_by_key(|path| path.len())
        .expect("code");
    let mut grey = vec![255; 1080 * 1620];
    for rectangle in path.split('Z').filter(|rectangle| !rectangle.is_empty()) {
        let corners: Vec<Vec<usize>> = rectangle[1..]
            .split('L')
            .map(|point| {
                point
                    .split(' ')
                    .map(|n| n.parse().expect("whole"))
                    .collect()
            })
            .collect();
        for row in corners[0][1]..corners[2][1] {
            grey[row * 1080 + corners[0][0]..row * 1080 + corners[2][0]].fill(0);
        }
    }
    read_grey(1080, 1620, &grey)
}

fn text<'a>(files: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&files[path]).expect("UTF-8")
}

#[test]
fn the_code_leads_to_the_posting_and_the_page_shows_the_poster() {
    let site = site("对公客户经理 (Java)");
    let files = site.outputs();
    let png = &files["jobs/J-1/poster.png"];
    let address = "https://a.example/jobs/J-1/";
    assert_eq!(read_code(png), address);
    assert_eq!(read_svg_code(text(&files, "jobs/J-1/poster.svg")), address);
    let (width, height, _) = decode(png);
    assert_eq!((width, height), (1080, 1620));
    assert!(png.len() < 150_000, "{}", png.len());
    let page = text(&files, "jobs/J-1/index.html");
    for held in [
        "property=\"og:image\" content=\"https://a.example/jobs/J-1/poster.png\"",
        "property=\"og:image:width\" content=\"1080\"",
        "property=\"og:image:alt\"",
        "href=\"/jobs/J-1/poster.svg\"",
        "<img src=\"/jobs/J-1/poster.png\" width=\"1080\" height=\"1620\"",
        "长按海报，即可保存或转发给朋友。",
    ] {
        assert!(page.contains(held), "{held}");
    }
}

#[test]
fn without_the_setting_there_is_no_poster_and_no_shared_picture() {
    let site = site("柜员");
    site.write("gangwei.yaml", SETTINGS);
    let files = site.outputs();
    assert!(!files.keys().any(|path| path.contains("poster")));
    assert!(!text(&files, "jobs/J-1/index.html").contains("og:image"));
    assert!(!site.path().join(".gangwei-cache").exists());
}

#[test]
fn a_hostile_title_is_escaped_in_the_svg() {
    let site = site("'<script>&\"柜员]]>'");
    let files = site.outputs();
    let svg = text(&files, "jobs/J-1/poster.svg");
    let tree = roxmltree::Document::parse(svg).expect("well-formed");
    let title = tree
        .descendants()
        .find(|node| node.has_tag_name("title") || node.tag_name().name() == "title")
        .and_then(|node| node.text().map(str::to_owned));
    assert_eq!(title.as_deref(), Some("<script>&\"柜员]]>"));
    assert!(
        tree.descendants()
            .all(|node| node.tag_name().name() != "script")
    );
}

#[test]
fn a_character_that_the_font_lacks_is_named_and_only_that_posting_has_no_poster() {
    let site = site("龘龘柜员");
    site.write("content/jobs/J-2.md", posting("柜员"));
    let reported = site.build(&[]).expect(0).stderr;
    assert!(
        reported.contains("poster-glyphs") && reported.contains('龘'),
        "{reported}"
    );
    let files = outputs(&site.out());
    assert!(!files.contains_key("jobs/J-1/poster.png"));
    assert!(!text(&files, "jobs/J-1/index.html").contains("og:image"));
    assert!(files.contains_key("jobs/J-2/poster.png"));
}

#[test]
fn a_file_that_is_no_font_stops_the_build_at_its_place() {
    for (name, bytes) in [
        ("fonts/test.otf", &b"no font"[..]),
        ("fonts/test.otf", &FONT[..40]),
    ] {
        let site = site("柜员");
        site.write(name, bytes);
        let reported = site.build(&[]).expect(1).stderr;
        assert!(reported.contains("poster-font"), "{reported}");
        assert!(reported.contains("gangwei.yaml:"), "{reported}");
    }
    let outside = site("柜员");
    outside.write(
        "gangwei.yaml",
        format!("{SETTINGS}posters: {{font: ../test.otf}}\n"),
    );
    fs::write(outside.around().join("test.otf"), FONT).expect("font");
    assert!(outside.build(&[]).expect(1).stderr.contains("poster-font"));
}

#[test]
fn without_a_host_no_poster_is_made_and_the_author_is_told() {
    let site = site("柜员");
    site.write(
        "gangwei.yaml",
        format!(
            "{}{POSTERS}",
            SETTINGS.replace("base_url: https://a.example/\n", "")
        ),
    );
    let reported = site.build(&[]).expect(0).stderr;
    assert!(reported.contains("poster-without-address"), "{reported}");
    assert!(
        !outputs(&site.out())
            .keys()
            .any(|path| path.contains("poster"))
    );
}

#[test]
fn an_address_too_long_for_a_code_is_told() {
    let site = site("柜员");
    let base = format!("https://a.example/{}/", "hr".repeat(300));
    let reported = site.build(&["--base-url", &base]).expect(0).stderr;
    assert!(reported.contains("poster-address"), "{reported}");
    assert!(!outputs(&site.out()).contains_key("jobs/J-1/poster.png"));
}

fn kept(site: &Site) -> Vec<std::path::PathBuf> {
    let folder = site.path().join(".gangwei-cache/posters");
    let mut kept: Vec<_> = fs::read_dir(folder)
        .expect("kept posters")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name.len() == 64))
        .collect();
    kept.sort();
    kept
}

#[test]
fn a_kept_poster_is_used_again_and_never_trusted_when_it_was_changed() {
    let site = site("柜员");
    let first = site.outputs()["jobs/J-1/poster.png"].clone();
    let [path] = &kept(&site)[..] else {
        panic!("one kept poster")
    };
    // A whole file under the right key is taken as it is: another picture, sealed, shows that it was not drawn again.
    let key = path
        .file_name()
        .expect("name")
        .to_string_lossy()
        .into_owned();
    let (png, svg) = (&b"another picture"[..], &b"and its print"[..]);
    let content = [&(png.len() as u64).to_le_bytes()[..], png, svg].concat();
    let mut hasher = blake3::Hasher::new();
    hasher.update(key.as_bytes());
    hasher.update(&content);
    let mut sealed = [&hasher.finalize().as_bytes()[..], &content].concat();
    fs::write(path, &sealed).expect("kept");
    let again = site.outputs();
    assert_eq!(again["jobs/J-1/poster.png"], png);
    assert_eq!(again["jobs/J-1/poster.svg"], svg);
    sealed.push(b'!');
    fs::write(path, &sealed).expect("kept");
    assert_eq!(site.outputs()["jobs/J-1/poster.png"], first);
    site.write("content/jobs/J-1.md", posting("客户经理"));
    assert_ne!(site.outputs()["jobs/J-1/poster.png"], first);
    assert_eq!(kept(&site).len(), 1, "what is no longer used goes");
    fs::remove_dir_all(site.path().join(".gangwei-cache")).expect("safe to delete");
    site.write("content/jobs/J-1.md", posting("柜员"));
    assert_eq!(site.outputs()["jobs/J-1/poster.png"], first);
}

#[test]
fn a_closed_posting_loses_its_poster() {
    let site = site("柜员");
    assert!(site.outputs().contains_key("jobs/J-1/poster.png"));
    site.build(&["--as-of", "2027-01-01"]).expect(0);
    let files = outputs(&site.out());
    assert!(files.contains_key("jobs/J-1/index.html"));
    assert!(!files.keys().any(|path| path.contains("poster")));
    assert!(!text(&files, "jobs/J-1/index.html").contains("og:image"));
}

#[test]
fn posters_are_the_same_on_any_number_of_threads() {
    let made = |threads: &str| {
        let site = site("对公客户经理");
        for id in 2..6 {
            site.write(&format!("content/jobs/J-{id}.md"), posting("柜员"));
        }
        site.build(&["--threads", threads]).expect(0);
        let mut files = outputs(&site.out());
        files.retain(|path, _| path.contains("poster"));
        assert_eq!(files.len(), 10);
        files
    };
    assert!(made("1") == made("4"));
}

#[test]
fn an_edition_has_posters_in_its_own_script_that_lead_to_its_own_pages() {
    let site = site("对公客户经理");
    site.write(
        "gangwei.yaml",
        format!("{SETTINGS}{POSTERS}editions: [zh-Hant-TW]\n"),
    );
    let files = site.outputs();
    let folder = "zh-hant-tw/jobs/J-1";
    let svg = text(&files, &format!("{folder}/poster.svg"));
    assert!(svg.contains("<title>企業客戶經理</title>"), "{svg:.400}");
    assert!(svg.contains("應徵截止"), "{svg:.400}");
    assert_eq!(
        read_code(&files[&format!("{folder}/poster.png")]),
        "https://a.example/zh-hant-tw/jobs/J-1/"
    );
    let page = text(&files, &format!("{folder}/index.html"));
    assert!(page.contains("https://a.example/zh-hant-tw/jobs/J-1/poster.png"));
    assert_ne!(
        files[&format!("{folder}/poster.png")],
        files["jobs/J-1/poster.png"]
    );
}

#[test]
fn the_code_holds_a_chinese_number_encoded() {
    let site = site("柜员");
    site.write("content/jobs/柜员.md", posting("柜员"));
    let files = site.outputs();
    assert_eq!(
        read_code(&files["jobs/柜员/poster.png"]),
        "https://a.example/jobs/%E6%9F%9C%E5%91%98/"
    );
}

#[test]
fn an_announced_posting_has_a_poster_and_what_nobody_may_see_yet_has_none() {
    let site = site("柜员");
    let opens_later = posting("柜员").replace("closes:", "opens: 2026-12-01\ncloses:");
    site.write("content/jobs/J-2.md", opens_later);
    let scheduled = posting("柜员").replace("2026-11-01", "2026-12-01");
    site.write("content/jobs/J-3.md", scheduled);
    site.write(
        "content/jobs/J-4.md",
        posting("柜员").replace("closes:", "draft: true\ncloses:"),
    );
    site.build(&["--as-of", "2026-11-20"]).expect(0);
    let files = outputs(&site.out());
    let posters: Vec<&String> = files
        .keys()
        .filter(|path| path.contains("poster"))
        .collect();
    assert_eq!(
        posters,
        [
            "jobs/J-1/poster.png",
            "jobs/J-1/poster.svg",
            "jobs/J-2/poster.png",
            "jobs/J-2/poster.svg"
        ]
    );
    assert!(text(&files, "jobs/J-2/poster.svg").contains("2026年12月1日"));
}

#[test]
fn characters_that_every_poster_needs_are_named_once_at_the_font() {
    let site = site("柜员");
    site.write("content/jobs/J-2.md", posting("柜员"));
    site.write(
        "gangwei.yaml",
        format!("{SETTINGS}{POSTERS}notice: 龘不收费\n"),
    );
    let reported = site.build(&[]).expect(0).stderr;
    assert_eq!(reported.matches("poster-glyphs").count(), 1, "{reported}");
    assert!(
        reported.contains('龘') && reported.contains("gangwei.yaml:"),
        "{reported}"
    );
    let files = outputs(&site.out());
    assert!(!files.keys().any(|path| path.contains("poster")));
}

#[test]
fn marks_that_nobody_sees_need_no_glyph() {
    let site = site("\"柜\\u200B员\\uFE0F\"");
    assert!(site.outputs().contains_key("jobs/J-1/poster.png"));
}

#[test]
fn the_machine_s_fonts_are_used_with_a_note_or_their_lack_is_told() {
    let site = site("柜员");
    site.write(
        "gangwei.yaml",
        format!("{SETTINGS}posters: {{font: system}}\n"),
    );
    let run = site.build(&[]);
    assert!(run.stderr.contains("poster-system-font"), "{}", run.stderr);
    if run.stderr.contains("poster-font]") {
        assert!(!site.out().join("jobs/J-1/poster.png").exists());
    } else {
        assert!(site.out().join("jobs/J-1/poster.png").exists());
    }
}

#[test]
fn a_portal_for_a_folder_has_posters_that_lead_to_the_site() {
    let site = site("柜员");
    site.build(&["--portable"]).expect(0);
    let files = outputs(&site.out());
    assert_eq!(
        read_code(&files["jobs/J-1/poster.png"]),
        "https://a.example/jobs/J-1/"
    );
    let page = text(&files, "jobs/J-1/index.html");
    assert!(page.contains("content=\"https://a.example/jobs/J-1/poster.png\""));
    assert!(page.contains("src=\"../../jobs/J-1/poster.png\""));
}
