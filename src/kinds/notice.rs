//! A notice: interviews, tests, results, corrections.

use super::KindBody;
use super::reference::{CampaignRef, Reference};
use crate::fields::{Day, Located};
use crate::record;

record! {
    /// A notice's own fields.
    Notice {
        notice_type: Option<String> = "notice_type", "公告类型", Expected, "面试通知、笔试通知、录用公示、更正公告等", "what the notice is", "面试通知";
        campaign: Option<CampaignRef> = "campaign", "招聘批次", Optional, "招聘批次的编号", "a campaign's id", "";
        until: Option<Located<Day>> = "until", "公示截止", Optional, "公示到哪一天", "shown until this day", "";
    }
}

impl KindBody for Notice {
    fn references(&self) -> Vec<(&'static str, &Reference)> {
        self.campaign.iter().map(CampaignRef::target).collect()
    }
}
