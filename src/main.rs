//! The program: flags in, exit code out.
fn main() -> std::process::ExitCode {
    let site = std::env::args().nth(1).unwrap_or(".".into());
    let options = gangwei::pipeline::Options { out: std::path::Path::new(&site).join("public"), site: site.into(), base_url: None, as_of: None, today: jiff::Timestamp::now(), drafts: false, strict: false };
    let mut t = gangwei::timings::Timings::start();
    let outcome = gangwei::pipeline::build(&options, &mut t).unwrap();
    print!("{}", gangwei::diagnostic::render_text(&outcome.diagnostics, gangwei::diagnostic::Terminal{lang: gangwei::diagnostic::Lang::Zh, colour:false, width:100}));
    println!("{:?} {:?}", outcome.published, t);
    0.into()
}
