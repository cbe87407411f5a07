//! A posting: one job that candidates apply for. What it omits comes from its campaign.

use super::recruiting::{self, Apply, Graduation, Recruitment, Step};
use super::reference::{CampaignRef, ExamRef, GradeRef, ProductRef, Reference, ReportRef};
use super::{Campaign, KindBody, Window};
use crate::fields::{
    CategoryRef, Day, DepartmentRef, EntryRef, Experience, Headcount, Located, LocationRef, Moment,
    Reader, Salary, UnitRef, VocabularyName,
};
use crate::kinds::Document;
use crate::{choice, record, say};

choice! {
    /// The nature of the work.
    Employment {
        FullTime = "full-time", "全职";
        PartTime = "part-time", "非全日制";
        Contract = "contract", "合同制";
        Temporary = "temporary", "临时";
        Intern = "intern", "实习";
    }
}

choice! {
    /// The contract offered.
    ContractType {
        Labour = "labour-contract", "劳动合同";
        Dispatch = "dispatch", "劳务派遣";
        Outsourcing = "outsourcing", "业务外包";
        Internship = "internship", "实习协议";
    }
}

choice! {
    /// The least education asked for; every value means "or above".
    Education {
        Any = "any", "不限";
        HighSchool = "high-school", "高中";
        Secondary = "secondary-vocational", "中专";
        College = "college", "大专";
        Associate = "associate", "副学士";
        Bachelor = "bachelor", "本科";
        Master = "master", "硕士";
        Doctor = "doctor", "博士";
    }
}

record! {
    /// A posting's own fields.
    Job {
        unit: Option<UnitRef> = "unit", "招聘单位", Expected, "单位的名称，见 units.yaml", "a unit's name, see units.yaml", "总行";
        department: Option<DepartmentRef> = "department", "部门", Optional, "部门的名称，见 departments.yaml", "a department's name, see departments.yaml", "公司金融部";
        category: Option<CategoryRef> = "category", "岗位类别", Optional, "类别的名称，见 categories.yaml", "a category's name, see categories.yaml", "市场营销";
        campaign: Option<CampaignRef> = "campaign", "招聘批次", Optional, "招聘批次的编号；没写的项从那里继承", "a campaign's id; what is left out comes from it", "";
        locations: Vec<LocationRef> = "locations", "工作地点", Expected, "一个或几个地点，见 locations.yaml", "one or more places, see locations.yaml", "[上海]";
        recruitment: Option<Recruitment> = "recruitment", "招聘类型", Expected, "社会招聘、校园招聘或实习生招聘", "social, campus or intern", "社会招聘";
        employment: Option<Employment> = "employment", "工作性质", Optional, "全职、非全日制、实习等", "full-time, part-time, intern …", "全职";
        contract_type: Option<ContractType> = "contract_type", "用工形式", Optional, "劳动合同、劳务派遣等", "the contract offered", "劳动合同";
        headcount: Option<Headcount> = "headcount", "招聘人数", Expected, "数字、若干，或按地点分写", "a number, several, or by place", "2";
        education: Option<Education> = "education", "学历", Expected, "最低学历", "the least education asked for", "本科";
        degree: Option<String> = "degree", "学位", Optional, "最低学位", "the least degree", "";
        majors: Vec<String> = "majors", "专业", Optional, "列表", "a list", "[金融, 会计]";
        experience: Option<Experience> = "experience", "工作年限", Optional, "例如 2年、18个月、2年同业，其中1年客户经理", "for example 2年 or 18个月", "2年";
        languages: Vec<String> = "languages", "外语要求", Optional, "例如 英语 CET-4 425", "for example English CET-4 425", "";
        certificates: Vec<String> = "certificates", "资格证书", Optional, "列表", "a list", "";
        graduation: Option<Graduation> = "graduation", "毕业时间", Optional, "起止日期", "from and to", "";
        class: Option<String> = "class", "届别", Optional, "例如 2027届", "for example 2027届", "";
        salary: Option<Salary> = "salary", "薪酬", Expected, "例如 15000-25000元/月、20-30万元/年", "for example 15000-25000元/月", "15000-25000元/月";
        benefits: Vec<String> = "benefits", "福利待遇", Optional, "列表", "a list", "";
        opens: Option<Located<Moment>> = "opens", "报名开始", Optional, "不写则从发布日起", "from the day of publishing when absent", "";
        closes: Option<Located<Moment>> = "closes", "报名截止", Expected, "当天24点前有效", "the whole day counts", "2026-12-31";
        review_by: Option<Located<Day>> = "review_by", "复核日期", Optional, "招满即止的岗位要写", "for postings open until filled", "";
        apply: Option<Apply> = "apply", "应聘方式", Expected, "不写则用站点的", "the site's when absent", "";
        steps: Vec<Step> = "steps", "招聘流程", Optional, "环节列表", "the steps", "";
        grade: Option<GradeRef> = "grade", "职级", Optional, "例如 account-manager/senior", "for example account-manager/senior", "";
        exams: Vec<ExamRef> = "exams", "相关题库", Optional, "题库的编号", "ids of exams", "";
        products: Vec<ProductRef> = "products", "相关产品", Optional, "产品的编号", "ids of products", "";
        reports: Vec<ReportRef> = "reports", "相关模板", Optional, "报告模板的编号", "ids of reports", "";
    }
}

impl Job {
    /// Every nature of the work that is certain, the stated one first. Recruiting interns and an internship agreement say
    /// that it is an internship, which may be full-time as well. Social and campus recruitment, a labour contract and
    /// dispatch say nothing of it: each of them is found with full hours and with few.
    pub fn employments(&self) -> Vec<Employment> {
        let is_internship = self.recruitment == Some(Recruitment::Intern)
            || self.contract_type == Some(ContractType::Internship);
        let mut all: Vec<Employment> = self.employment.into_iter().collect();
        if is_internship && !all.contains(&Employment::Intern) {
            all.push(Employment::Intern);
        }
        all
    }

    /// Takes from the campaign what the posting leaves out.
    pub fn inherit(&mut self, campaign: &Campaign) {
        self.unit = self.unit.take().or_else(|| campaign.unit.clone());
        self.recruitment = self.recruitment.or(campaign.recruitment);
        self.opens = self.opens.take().or_else(|| campaign.opens.clone());
        self.closes = self.closes.take().or_else(|| campaign.closes.clone());
        self.graduation = self
            .graduation
            .take()
            .or_else(|| campaign.graduation.clone());
        self.class = self.class.take().or_else(|| campaign.class.clone());
        if self.steps.is_empty() {
            self.steps.clone_from(&campaign.steps);
        }
        if let Some(way) = &campaign.apply {
            self.apply.get_or_insert_with(Apply::default).fill_from(way);
        }
    }
}

impl KindBody for Job {
    fn references(&self) -> Vec<(&'static str, &Reference)> {
        let mut references = Vec::new();
        references.extend(self.campaign.iter().map(CampaignRef::target));
        references.extend(self.grade.iter().map(GradeRef::target));
        references.extend(self.exams.iter().map(ExamRef::target));
        references.extend(self.products.iter().map(ProductRef::target));
        references.extend(self.reports.iter().map(ReportRef::target));
        references
    }

    fn entries(&self) -> Vec<(VocabularyName, &EntryRef)> {
        let mut entries = Vec::new();
        entries.extend(
            self.unit
                .iter()
                .map(|unit| (VocabularyName::Units, &unit.0)),
        );
        entries.extend(
            self.department
                .iter()
                .map(|department| (VocabularyName::Departments, &department.0)),
        );
        entries.extend(
            self.category
                .iter()
                .map(|category| (VocabularyName::Categories, &category.0)),
        );
        entries.extend(
            self.locations
                .iter()
                .map(|location| (VocabularyName::Locations, &location.0)),
        );
        entries
    }

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

    fn check(&self, document: &Document, reader: &mut Reader) {
        recruiting::check_window(self.opens.as_ref(), self.closes.as_ref(), reader);
        if let (Some(published), Some(closes)) = (&document.shared.published, &self.closes)
            && closes.value.day(&jiff::tz::TimeZone::UTC) < published.value
        {
            reader.error(
                "dates-out-of-order",
                closes.span,
                say!(
                    "报名截止早于发布日期",
                    "applications close before the posting is published"
                ),
                Some(say!(
                    "检查两个日期的先后和年份",
                    "check the order and the years of the two dates"
                )),
            );
        }
    }
}
