//! Words that people write for a field. They are not accepted, since a field has one name in each language; they say
//! which field is meant beyond doubt, where the nearest name by its letters would be another's.

use super::Field;

/// The Chinese key, a field that the same record must have, and the words, folded.
type Names = (&'static str, &'static str, &'static [&'static str]);

const NAMES: &[Names] = &[
    // In other kinds the post is not what the document is called.
    (
        "标题",
        "招聘人数",
        &[
            "岗位名称",
            "职位名称",
            "岗位",
            "职位",
            "招聘岗位",
            "招聘职位",
            "应聘岗位",
        ],
    ),
    (
        "报名截止",
        "报名截止",
        &[
            "截止日期",
            "截止时间",
            "截止",
            "报名截止日期",
            "报名截止时间",
            "申请截止",
            "申请截止日期",
            "申请截止时间",
            "投递截止",
            "投递截止日期",
            "投递截止时间",
            "网申截止",
            "网申截止日期",
            "网申截止时间",
            "deadline",
        ],
    ),
    (
        "报名开始",
        "报名开始",
        &[
            "开始日期",
            "开始时间",
            "报名开始日期",
            "报名开始时间",
            "网申开始",
            "网申开始时间",
        ],
    ),
    ("发布日期", "发布日期", &["发布时间", "发布日", "公布日期"]),
    (
        "招聘单位",
        "招聘单位",
        &[
            "公司",
            "单位",
            "用人单位",
            "用工单位",
            "招聘机构",
            "所属机构",
            "用人机构",
        ],
    ),
    (
        "部门",
        "部门",
        &["所属部门", "招聘部门", "用人部门", "所在部门"],
    ),
    (
        "岗位类别",
        "岗位类别",
        &["岗位类型", "职位类别", "职位类型", "岗位序列"],
    ),
    (
        "工作地点",
        "工作地点",
        &[
            "城市",
            "地点",
            "工作城市",
            "工作地",
            "工作地区",
            "工作地址",
            "办公地点",
            "上班地点",
            "所在城市",
        ],
    ),
    ("招聘类型", "招聘类型", &["招聘类别"]),
    (
        "招聘人数",
        "招聘人数",
        &[
            "名额",
            "人数",
            "招聘名额",
            "招聘数量",
            "需求人数",
            "拟招人数",
        ],
    ),
    ("学历", "学历", &["学历要求", "最低学历"]),
    ("专业", "专业", &["专业要求", "所学专业"]),
    (
        "工作年限",
        "工作年限",
        &[
            "经验",
            "工作经验",
            "经验要求",
            "工作经历",
            "工作年限要求",
            "从业年限",
        ],
    ),
    (
        "外语要求",
        "外语要求",
        &["外语", "外语水平", "英语要求", "英语水平", "语言要求"],
    ),
    ("资格证书", "资格证书", &["证书", "证书要求", "职业资格"]),
    (
        "薪酬",
        "薪酬",
        &[
            "工资",
            "待遇",
            "薪资",
            "薪资待遇",
            "薪酬待遇",
            "薪水",
            "月薪",
            "年薪",
            "薪资范围",
            "薪酬范围",
        ],
    ),
    (
        "福利待遇",
        "福利待遇",
        &["福利", "待遇", "员工福利", "福利保障"],
    ),
    (
        "应聘方式",
        "应聘方式",
        &["报名方式", "投递方式", "申请方式", "应聘渠道", "报名途径"],
    ),
    // What stands below 应聘方式.
    (
        "邮箱",
        "邮件标题",
        &["电子邮箱", "电子邮件", "简历邮箱", "投递邮箱", "报名邮箱"],
    ),
    (
        "网址",
        "邮件标题",
        &["网申地址", "报名网址", "投递网址", "报名链接"],
    ),
    ("咨询电话", "邮件标题", &["电话", "联系电话", "招聘电话"]),
];

/// The fields that a folded word is another name of; several where it may be either.
pub(super) fn meant_by(
    word: &str,
    find: impl Fn(&str) -> Option<&'static Field>,
) -> Vec<&'static Field> {
    let all = NAMES.iter().filter(|(_, _, words)| words.contains(&word));
    let beside = all.filter(|(_, beside, _)| find(beside).is_some());
    beside.filter_map(|(zh, _, _)| find(zh)).collect()
}
