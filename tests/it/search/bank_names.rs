//! Departments and places of the fictional bank of generated sites, for tests and benches.

/// Departments.
pub(crate) const DEPARTMENTS: [&str; 10] = [
    "公司金融部",
    "个人金融部",
    "风险管理部",
    "授信审批部",
    "内控合规部",
    "信息科技部",
    "运营管理部",
    "国际业务部",
    "人力资源部",
    "计划财务部",
];
/// Places of work.
pub(crate) const PLACES: [&str; 16] = [
    "北京", "上海", "广州", "深圳", "杭州", "南京", "苏州", "武汉", "成都", "重庆", "西安", "厦门",
    "长沙", "青岛", "天津", "宁波",
];
