//! A campaign: an announcement under which several postings are open; its body is the announcement.

use super::recruiting::{self, Apply, Graduation, Recruitment, Step};
use super::{KindBody, Window};
use crate::fields::{Located, Moment, Reader, UnitRef};
use crate::kinds::Document;
use crate::record;

record! {
    /// A campaign's own fields; its postings inherit what they omit.
    Campaign {
        recruitment: Option<Recruitment> = "recruitment", "招聘类型", Expected, "社会招聘、校园招聘或实习生招聘", "social, campus or intern", "校园招聘";
        unit: Option<UnitRef> = "unit", "招聘单位", Expected, "单位的名称，见 units.yaml", "a unit's name, see units.yaml", "总行";
        opens: Option<Located<Moment>> = "opens", "报名开始", Optional, "不写则从发布日起", "from the day of publishing when absent", "";
        closes: Option<Located<Moment>> = "closes", "报名截止", Expected, "当天24点前有效", "the whole day counts", "2026-12-31";
        steps: Vec<Step> = "steps", "招聘流程", Optional, "环节和日期", "the steps and their days", "";
        apply: Option<Apply> = "apply", "应聘方式", Optional, "不写则用站点的", "the site's when absent", "";
        graduation: Option<Graduation> = "graduation", "毕业时间", Optional, "起止日期", "from and to", "";
        class: Option<String> = "class", "届别", Optional, "例如 2027届", "for example 2027届", "";
        conditions: Vec<String> = "conditions", "报考条件", Optional, "列表", "a list", "";
    }
}

impl KindBody for Campaign {
    fn recruitment(&self) -> Option<Recruitment> {
        self.recruitment
    }

    fn window(&self) -> Window<'_> {
        Window {
            opens: self.opens.as_ref().map(|opens| &opens.value),
            closes: self.closes.as_ref().map(|closes| &closes.value),
        }
    }

    fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn check(&self, _document: &Document, reader: &mut Reader) {
        recruiting::check_window(self.opens.as_ref(), self.closes.as_ref(), reader);
    }
}
