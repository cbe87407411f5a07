//! Customers, other banks and branches by name in a report. Enters: one file. Leaves: their names; beside blanks they are what
//! masking forgot, in a text without blanks they are worth a note.

use super::found;
use super::masks::has_blanks;
use super::parties::{Party, find_parties};
use crate::rules::{Finding, Subject};

/// Finds named customers, banks and branches.
pub(crate) fn find(subject: &Subject) -> Vec<Finding> {
    let masked = has_blanks(subject);
    let start = subject.text.body;
    let body = &subject.text.text[start..];
    find_parties(body, &own_names(subject))
        .into_iter()
        // The bank's own branches are named everywhere, and only a masked text has any to hide.
        .filter(|(_, party)| masked || *party != Party::Branch)
        .map(|(range, party)| {
            let what = match party {
                Party::Company => ("真实的客户或单位名称", "the name of a customer or company"),
                Party::Bank => ("别家银行的名称", "the name of another bank"),
                Party::Branch => ("真实的机构名称", "the name of a branch"),
            };
            let finding = found(subject, start + range.start..start + range.end, what);
            if masked { finding } else { finding.lesser() }
        })
        .collect()
}

/// The names of the organisation itself.
pub(crate) fn own_names<'a>(subject: &'a Subject) -> Vec<&'a str> {
    let organization = &subject.config.organization;
    let legal = organization.legal_name.as_deref();
    std::iter::once(organization.name.as_str())
        .chain(legal)
        .filter(|name| !name.is_empty())
        .collect()
}
