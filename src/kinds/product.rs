//! A product page: the facts first, the risk notice beside them.

use super::{KindBody, Validity};
use crate::fields::{Day, Located};
use crate::record;

record! {
    /// The facts that decide.
    Facts {
        rate: Option<String> = "rate", "利率", Optional, "利率或收益的说法", "rate", "";
        fee: Option<String> = "fee", "费用", Optional, "收费", "fee", "";
        term: Option<String> = "term", "期限", Optional, "期限", "term", "";
        minimum: Option<String> = "minimum", "起点金额", Optional, "起点金额", "least amount", "";
        risk_level: Option<String> = "risk_level", "风险等级", Optional, "例如 R2", "for example R2", "";
        currency: Option<String> = "currency", "币种", Optional, "币种", "currency", "";
        registration: Option<String> = "registration", "登记编码", Optional, "产品登记编码", "registration code", "";
    }
}

record! {
    /// A product's own fields.
    Product {
        category: Option<String> = "category", "产品类别", Expected, "例如 对公贷款", "for example corporate loan", "对公贷款";
        provider: Option<String> = "provider", "提供机构", Expected, "由谁提供", "who provides it", "";
        audience: Option<String> = "audience", "适用客户", Optional, "给谁用", "whom it suits", "";
        channels: Vec<String> = "channels", "办理渠道", Optional, "列表", "a list", "";
        facts: Facts = "facts", "要素", Expected, "利率、费用、期限等", "rate, fee, term and so on", "";
        risk_notice: Option<String> = "risk_notice", "风险提示", Expected, "风险提示", "the risk notice", "";
        contact: Option<String> = "contact", "咨询投诉电话", Expected, "咨询和投诉电话", "telephone for questions and complaints", "";
        valid_from: Option<Located<Day>> = "valid_from", "生效日期", Optional, "从哪天起办理", "offered from", "";
        valid_to: Option<Located<Day>> = "valid_to", "失效日期", Optional, "办理到哪天", "offered until", "";
    }
}

impl KindBody for Product {
    fn validity(&self) -> Option<Validity> {
        let day = |written: &Option<Located<Day>>| written.as_ref().map(|day| day.value);
        let (from, to) = (day(&self.valid_from), day(&self.valid_to));
        (from.is_some() || to.is_some()).then_some(Validity { from, to })
    }
}
