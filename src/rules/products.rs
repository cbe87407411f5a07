//! Products: the facts that a page which offers one must state. Enters: a product. Leaves: a finding for each fact that
//! is missing, at the head of the document.

use super::finding::Finding;
use super::subject::Subject;
use crate::kinds::Body;
use crate::say;

/// One finding for each of name, provider, category, rate or fee, risk notice and telephone that is not there.
pub(super) fn missing_facts(subject: &Subject) -> Vec<Finding> {
    let Some(document) = subject.document else {
        return Vec::new();
    };
    let Body::Product(product) = &document.body else {
        return Vec::new();
    };
    let states =
        |value: &Option<String>| value.as_ref().is_some_and(|text| !text.trim().is_empty());
    let facts = &product.facts;
    let elements = [
        (!document.shared.title.trim().is_empty(), "标题", "title"),
        (states(&product.provider), "提供机构", "provider"),
        (states(&product.category), "产品类别", "category"),
        (
            states(&facts.rate) || states(&facts.fee),
            "要素中的利率或费用",
            "facts: rate or fee",
        ),
        (states(&product.risk_notice), "风险提示", "risk_notice"),
        (states(&product.contact), "咨询投诉电话", "contact"),
    ];
    elements
        .into_iter()
        .filter(|(is_there, ..)| !is_there)
        .map(|(_, zh, en)| {
            let message = say!("产品页缺少“{zh}”", "the product page lacks `{en}`");
            Finding::new(document.head, message).lacking(zh, en)
        })
        .collect()
}
