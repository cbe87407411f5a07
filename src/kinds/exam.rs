//! An exam bank: its items are the body, shown with their answers folded away.

use super::KindBody;
use super::exam_items::{self};
use crate::fields::{Day, Located, NumberText, Reader};
use crate::kinds::Document;
use crate::{choice, record};

choice! {
    /// How a multiple choice answer is scored.
    Policy {
        AllOrNothing = "all-or-nothing", "全对得分";
        Partial = "partial", "少选得部分分";
        Negative = "negative", "错选倒扣";
    }
}

record! {
    /// Points by type of item.
    Scoring {
        true_false: Option<NumberText> = "true_false", "判断题", Optional, "每题分值", "points each", "1";
        single: Option<NumberText> = "single", "单选题", Optional, "每题分值", "points each", "1";
        multiple: Option<NumberText> = "multiple", "多选题", Optional, "每题分值", "points each", "2";
        blank: Option<NumberText> = "blank", "填空题", Optional, "每题分值", "points each", "2";
        policy: Option<Policy> = "policy", "多选规则", Optional, "全对得分、少选得部分分或错选倒扣", "how multiple choice is scored", "全对得分";
    }
}

record! {
    /// Items drawn for one paper, by type.
    Draw {
        true_false: Option<u32> = "true_false", "判断题", Optional, "题数", "how many", "10";
        single: Option<u32> = "single", "单选题", Optional, "题数", "how many", "10";
        multiple: Option<u32> = "multiple", "多选题", Optional, "题数", "how many", "10";
        blank: Option<u32> = "blank", "填空题", Optional, "题数", "how many", "5";
    }
}

record! {
    /// An exam's own fields.
    Exam {
        subject: Option<String> = "subject", "科目", Expected, "考什么", "the subject", "客户经理基础";
        time_limit: Option<u32> = "time_limit", "考试时长", Optional, "分钟", "minutes", "60";
        pass_mark: Option<NumberText> = "pass_mark", "及格分", Optional, "及格分", "points to pass", "60";
        scoring: Option<Scoring> = "scoring", "计分", Optional, "各题型分值", "points by type", "";
        draw: Option<Draw> = "draw", "组卷", Optional, "各题型抽几题", "items drawn by type", "";
        valid_as_of: Option<Located<Day>> = "valid_as_of", "依据截至日期", Expected, "法规和制度依据截至哪一天", "the day up to which its sources were read", "2026-11-21";
    }
}

impl KindBody for Exam {
    fn check(&self, document: &Document, reader: &mut Reader) {
        exam_items::check_items(document, reader);
    }
}
