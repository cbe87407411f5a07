//! Generated documents for tests and benches of search: job postings of a fictional bank, with as many different words
//! as real postings have. The same number of documents always gives the same documents.

use super::bank_names::{DEPARTMENTS, PLACES};
use gangwei::search::{FacetValue, SearchDocument, SearchSection};

const CATEGORIES: [&str; 12] = [
    "客户经理",
    "授信审查岗",
    "综合柜员",
    "科技开发岗",
    "风险经理",
    "合规管理岗",
    "产品经理",
    "数据分析师",
    "审计员",
    "理财经理",
    "系统运维岗",
    "法律事务岗",
];
const WORDS: [&str; 96] = [
    "客户需求",
    "授信材料",
    "贷后检查",
    "结算业务",
    "支付渠道",
    "风险预警",
    "制度文件",
    "系统上线",
    "数据报送",
    "营销活动",
    "网点运营",
    "外汇业务",
    "反洗钱",
    "信息安全",
    "内部审计",
    "合规检查",
    "绩效考核",
    "薪酬福利",
    "劳动合同",
    "校园招聘",
    "工作经验",
    "沟通能力",
    "团队合作",
    "商业银行",
    "金融市场",
    "资产负债",
    "流动性",
    "利率风险",
    "信用评级",
    "押品管理",
    "尽职调查",
    "财务分析",
    "会计核算",
    "税务申报",
    "预算管理",
    "成本控制",
    "项目管理",
    "需求分析",
    "架构设计",
    "软件测试",
    "数据库",
    "中间件",
    "机器学习",
    "数据治理",
    "指标体系",
    "模型验证",
    "压力测试",
    "消费者权益",
    "投诉处理",
    "服务质量",
    "现金管理",
    "供应链金融",
    "国际结算",
    "贸易融资",
    "跨境人民币",
    "托管业务",
    "资产管理",
    "财富管理",
    "私人银行",
    "信用卡",
    "普惠金融",
    "绿色信贷",
    "乡村振兴",
    "小微企业",
    "重点行业",
    "区域政策",
    "法律法规",
    "监管要求",
    "规章制度",
    "操作流程",
    "业务连续性",
    "应急预案",
    "培训计划",
    "人才储备",
    "行长办公会",
    "总行机关",
    "分行营业部",
    "支行网点",
    "长期激励",
    "调研报告",
    "本科及以上学历",
    "计算机相关专业",
    "英语六级",
    "注册会计师",
    "法律职业资格",
    "三年以上",
    "责任心强",
    "学习能力",
    "逻辑思维",
    "文字功底",
    "抗压能力",
    "出差",
    "负责",
    "参与",
    "牵头",
    "落实",
];
const LATIN: [&str; 24] = [
    "Java",
    "Python",
    "SQL",
    "Linux",
    "Oracle",
    "Spark",
    "Excel",
    "CPA",
    "CFA",
    "FRM",
    "IT",
    "AI",
    "5G",
    "API",
    "KPI",
    "MySQL",
    "Kubernetes",
    "Flink",
    "Hadoop",
    "Office",
    "PMP",
    "CET-6",
    "ESG",
    "App",
];
/// Common characters that pseudo-words are made of.
const CHARACTERS: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";

/// A small random number generator. The same seed gives the same numbers on every machine.
pub struct Numbers(pub u64);

impl Numbers {
    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }

    /// A number below a limit. Small numbers are more frequent, roughly by Zipf's law.
    fn skewed(&mut self, limit: usize) -> usize {
        let one = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((limit as f64).powf(one) as usize)
            .saturating_sub(1)
            .min(limit - 1)
    }

    /// One of the words.
    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// Generates documents. If there is a function `traditional`, it converts every sixth one to Traditional characters.
pub fn documents(
    count: usize,
    traditional: Option<&dyn Fn(&str) -> String>,
) -> Vec<SearchDocument> {
    let mut numbers = Numbers(20_261_122);
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let pseudo_words: Vec<String> = (0..6_000)
        .map(|_| {
            let length = 2 + numbers.below(5) / 3;
            (0..length)
                .map(|_| characters[numbers.skewed(characters.len())])
                .collect()
        })
        .collect();
    (0..count)
        .map(|index| {
            let mut document = posting(index, &mut numbers, &pseudo_words);
            if let Some(convert) = traditional
                && index % 6 == 5
            {
                document.title = convert(&document.title);
                for section in &mut document.sections {
                    section.heading = convert(&section.heading);
                    section.text = convert(&section.text);
                }
            }
            document
        })
        .collect()
}

fn posting(index: usize, numbers: &mut Numbers, pseudo_words: &[String]) -> SearchDocument {
    let department = numbers.below(DEPARTMENTS.len());
    let category = numbers.below(CATEGORIES.len());
    let place = numbers.below(PLACES.len());
    let recruitment = numbers.below(3);
    let special = &pseudo_words[numbers.skewed(pseudo_words.len())];
    let published = 20_000 + numbers.below(730) as i32;
    let low = 8_000 + 1_000 * numbers.below(20) as u32;
    let mut document = SearchDocument {
        url: format!("jobs/HR-2026-{index:05}/"),
        title: format!(
            "{}分行{}{special}{}",
            PLACES[place], DEPARTMENTS[department], CATEGORIES[category]
        ),
        kind: "job",
        number: format!("HR-2026-{index:05}"),
        tags: vec![["急聘", "应届", "轮岗", "驻外"][numbers.below(4)].to_owned()],
        words: vec![
            DEPARTMENTS[department].into(),
            PLACES[place].into(),
            CATEGORIES[category].into(),
        ],
        published: Some(published),
        closes: Some(published + 30 + numbers.below(60) as i32),
        salary: Some((low, low + 6_000)),
        closed: published < 20_500,
        shown: vec![
            "本科及以上".to_owned(),
            format!("{},000–{},000元/月", low / 1_000, low / 1_000 + 6),
        ],
        language: (index % 50 == 7).then_some("en"),
        ..SearchDocument::default()
    };
    let value = |facet: &'static str, letter: char, number: usize, name: &str| {
        FacetValue::new(facet, &format!("{letter}-{number}"), name)
    };
    let recruitments = ["社会招聘", "校园招聘", "实习生招聘"];
    document.facets = vec![
        value("category", 'c', category, CATEGORIES[category]),
        value("department", 'd', department, DEPARTMENTS[department]),
        FacetValue::new("kind", "job", "岗位"),
        value("location", 'l', place, PLACES[place]),
        value("recruitment", 'r', recruitment, recruitments[recruitment]),
    ];
    for (number, heading) in ["岗位职责", "任职条件", "我们提供"].into_iter().enumerate()
    {
        let mut text = String::new();
        for _ in 0..3 + numbers.below(5) {
            for _ in 0..=numbers.below(3) {
                for _ in 0..2 + numbers.below(4) {
                    match numbers.below(20) {
                        0..=8 => text.push_str(WORDS[numbers.skewed(WORDS.len())]),
                        9 => text.push_str(numbers.pick(&LATIN)),
                        10 => text.push_str(["的", "与", "等", "及", "和"][numbers.below(5)]),
                        _ => text.push_str(&pseudo_words[numbers.skewed(pseudo_words.len())]),
                    }
                }
                text.push('，');
            }
            text.pop();
            text.push_str("；\n");
        }
        document.sections.push(SearchSection {
            anchor: format!("s{number}"),
            heading: heading.to_owned(),
            text,
        });
    }
    document
}
