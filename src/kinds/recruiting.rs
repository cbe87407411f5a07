//! Fields that postings and campaigns share: types of recruitment, steps, ways to apply, graduation windows.

use crate::fields::{
    Day, DisplayValue, Email, FieldType, FieldValue, Located, Moment, Reader, Web, read_record,
};
use crate::yaml::Node;
use crate::{choice, record, say};

choice! {
    /// Who is recruited.
    Recruitment {
        Social = "social", "社会招聘";
        Campus = "campus", "校园招聘";
        Intern = "intern", "实习生招聘";
    }
}

record! {
    /// One step of a recruiting process.
    Step {
        name: String = "name", "环节", Required, "例如 网申、笔试、面试", "for example written test", "笔试";
        date: Option<Located<Day>> = "date", "日期", Optional, "哪一天", "the day", "2026-12-20";
        place: Option<String> = "place", "地点", Optional, "在哪里", "where", "";
    }
}

record! {
    /// How to apply.
    Apply {
        url: Option<Web> = "url", "网址", Optional, "网申地址", "address of the application form", "https://apply.example.com/";
        email: Option<Email> = "email", "邮箱", Optional, "简历投递邮箱", "where to mail", "hr@example.com";
        address: Option<String> = "address", "地址", Optional, "邮寄地址", "postal address", "";
        subject: Option<String> = "subject", "邮件标题", Optional, "邮件标题的写法", "how to word the mail's subject", "岗位编号＋岗位名称";
        materials: Vec<String> = "materials", "报名材料", Optional, "要交的材料", "what to send", "[个人简历, 学历证明]";
        contact: Option<String> = "contact", "咨询电话", Optional, "招聘咨询电话", "telephone for questions", "";
        note: Option<String> = "note", "说明", Optional, "其他说明", "anything else", "";
    }
}

impl Apply {
    /// Whether it states any way at all.
    pub fn is_stated(&self) -> bool {
        self.url.is_some() || self.email.is_some() || self.address.is_some()
    }

    /// Takes from another what this one leaves out.
    pub fn fill_from(&mut self, other: &Apply) {
        // A posting that names a way of its own does not get a second one.
        if !self.is_stated() {
            self.url.clone_from(&other.url);
            self.email.clone_from(&other.email);
            self.address.clone_from(&other.address);
            self.subject = self.subject.take().or_else(|| other.subject.clone());
        }
        if self.materials.is_empty() {
            self.materials.clone_from(&other.materials);
        }
        self.contact = self.contact.take().or_else(|| other.contact.clone());
        self.note = self.note.take().or_else(|| other.note.clone());
    }
}

record! {
    /// When a candidate must have graduated.
    GraduationWindow {
        whose: Option<String> = "for", "适用", Optional, "境内院校或境外院校", "graduates of which schools", "境内院校";
        from: Option<Located<Day>> = "from", "起", Required, "最早毕业日期", "earliest day", "2026-09-01";
        to: Option<Located<Day>> = "to", "止", Required, "最晚毕业日期", "latest day", "2027-07-31";
    }
}

/// One or more graduation windows.
#[derive(Debug, Clone, Default)]
pub struct Graduation(pub Vec<GraduationWindow>);

impl FieldValue for Graduation {
    fn display_value(&self) -> DisplayValue<'_> {
        let periods = self.0.iter().map(|window| DisplayValue::Period {
            whose: window.whose.as_deref(),
            from: window.from.as_ref().map(|day| day.value),
            to: window.to.as_ref().map(|day| day.value),
        });
        DisplayValue::List(periods.collect())
    }
    fn unstated() -> DisplayValue<'static> {
        DisplayValue::List(Vec::new())
    }
    fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        self.0.convert_texts(convert);
    }
    const TYPE: FieldType = FieldType::Either(&[
        <GraduationWindow as FieldValue>::TYPE,
        FieldType::List(&<GraduationWindow as FieldValue>::TYPE),
    ]);
    fn read(node: &Node, reader: &mut Reader) -> Option<Graduation> {
        let windows: Vec<GraduationWindow> = match &node.value {
            crate::yaml::Value::List(items) => items
                .iter()
                .filter_map(|item| read_record(item, reader))
                .collect(),
            _ => vec![read_record(node, reader)?],
        };
        for window in &windows {
            if let (Some(from), Some(to)) = (&window.from, &window.to)
                && from.value > to.value
            {
                reader.error(
                    "dates-out-of-order",
                    to.span,
                    say!(
                        "毕业时间的“止”早于“起”",
                        "the graduation window ends before it begins"
                    ),
                    None,
                );
            }
        }
        Some(Graduation(windows))
    }
}

/// Reports a closing that comes before the opening.
pub(super) fn check_window(
    opens: Option<&Located<Moment>>,
    closes: Option<&Located<Moment>>,
    reader: &mut Reader,
) {
    let utc = jiff::tz::TimeZone::UTC;
    if let (Some(opens), Some(closes)) = (opens, closes)
        && closes.value.end(&utc) <= opens.value.start(&utc)
    {
        reader.error(
            "dates-out-of-order",
            closes.span,
            say!(
                "报名截止早于报名开始",
                "applications close before they open"
            ),
            Some(say!(
                "检查两个日期的先后和年份",
                "check the order and the years of the two dates"
            )),
        );
    }
}
