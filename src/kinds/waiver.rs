//! A waiver: the entry by which an author allows a finding of the rules.

use crate::fields::{Day, Located};
use crate::record;

record! {
    /// One waiver.
    Waiver {
        rule: Located<String> = "rule", "规则", Required, "放行哪条规则", "the rule's code", "age-limit";
        reason: String = "reason", "理由", Required, "为什么放行", "why", "";
        approver: Located<String> = "approver", "批准人", Required, "谁批准的，见 gangwei.yaml", "who approved, see gangwei.yaml", "";
        until: Option<Located<Day>> = "until", "有效期至", Required, "到哪一天为止，最长一年", "the last day, a year ahead at most", "2027-06-30";
        hash: Option<String> = "hash", "文字指纹", Optional, "基线里用：放行哪一处文字", "in a baseline: which text", "";
    }
}
