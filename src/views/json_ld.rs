//! JSON-LD: JobPosting on an open posting's own page, BreadcrumbList, Article, Organization. It states only facts that
//! the page shows; required and recommended properties after the job posting guide of search engines.

use super::absolute::{absolute, absolute_links, changed_at};
use crate::fields::{Experience, Headcount, Moment, PayUnit, Salary, VocabularyName};
use crate::kinds::{Apply, Education, Employment, Job};
use crate::site::ResolvedDocument;
use crate::views::{LinkView, Views};
use serde_json::{Map, Value, json};

/// All JSON-LD of a document's page, each text safe inside a script element; `body` is the page's own HTML.
pub(super) fn json_ld(
    views: &Views,
    index: usize,
    body: &str,
    breadcrumbs: &[LinkView],
) -> Vec<String> {
    let resolved = &views.site.documents[index];
    let mut all = vec![breadcrumb_json_ld(views, breadcrumbs)];
    if let Some(job) = resolved.document.body.job() {
        all.extend(job_posting(views, resolved, job, body).map(|posting| script_safe(&posting)));
    }
    if let Some(schema_type) = resolved.document.id.kind.schema_type {
        all.push(script_safe(&article(views, resolved, schema_type)));
    }
    all
}

/// JSON that is safe inside a script element: its text cannot end the element or begin a comment, since both need a
/// `<`.
fn script_safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// BreadcrumbList.
pub(super) fn breadcrumb_json_ld(views: &Views, breadcrumbs: &[LinkView]) -> String {
    let items: Vec<Value> = breadcrumbs
        .iter()
        .enumerate()
        .map(|(index, crumb)| {
            json!({ "@type": "ListItem", "position": index + 1, "name": crumb.title, "item": absolute(views, &crumb.url) })
        })
        .collect();
    script_safe(
        &json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items }),
    )
}

/// Organization, on the home page.
pub(super) fn organization_json_ld(views: &Views) -> Option<String> {
    let organization = organization(views)?;
    let mut value = json!({ "@context": "https://schema.org" });
    if let (Value::Object(value), Value::Object(organization)) = (&mut value, organization) {
        value.extend(organization);
    }
    Some(script_safe(&value))
}

fn organization(views: &Views) -> Option<Value> {
    let settings = &views.site.config.organization;
    if settings.name.is_empty() {
        return None;
    }
    let mut value = json!({ "@type": "Organization", "name": settings.name });
    if let Some(legal_name) = &settings.legal_name {
        value["legalName"] = legal_name.clone().into();
    }
    if let Some(same_as) = settings.same_as.first() {
        value["sameAs"] = same_as.0.clone().into();
    }
    if let Some(logo) = settings.logo_path() {
        value["logo"] = absolute(views, &views.shared_link(logo)).into();
    }
    Some(value)
}

/// JobPosting, or nothing where applications are not open or a required property is missing.
fn job_posting(views: &Views, resolved: &ResolvedDocument, job: &Job, body: &str) -> Option<Value> {
    if !resolved.state.is_open() || !job.apply.as_ref().is_some_and(Apply::is_stated) {
        return None;
    }
    let document = &resolved.document;
    let published = document.shared.published.as_ref()?;
    let mut posting = Map::new();
    let mut set = |key: &str, value: Value| {
        posting.insert(key.to_owned(), value);
    };
    set("@context", "https://schema.org".into());
    set("@type", "JobPosting".into());
    set("title", document.shared.title.clone().into());
    set(
        "description",
        absolute_links(views, body).into_owned().into(),
    );
    set("datePosted", published.value.iso().into());
    let mut employer = organization(views)?;
    if let Some(unit) = &job.unit {
        employer["name"] = unit.0.name.clone().into();
        let entry = views
            .site
            .vocabularies
            .get(VocabularyName::Units)
            .entry(&unit.0.id);
        if let Some(legal_name) = entry.and_then(|entry| entry.legal_name.clone()) {
            employer["legalName"] = legal_name.into();
        }
    }
    set("hiringOrganization", employer);
    let places: Vec<Value> = job
        .locations
        .iter()
        .map(|location| place(views, &location.0))
        .collect();
    set("jobLocation", one_or_list(places)?);
    set(
        "identifier",
        json!({ "@type": "PropertyValue", "name": views.site.config.organization.name, "value": document.id.id }),
    );
    set("url", absolute(views, &views.document_url(document)).into());
    // Applications go to a form or a mailbox elsewhere, never through this page.
    set("directApply", false.into());
    if let Some(closes) = &job.closes {
        set("validThrough", valid_through(views, &closes.value).into());
    }
    let types = job.employments().into_iter().map(employment_type);
    if let Some(types) = one_or_list(types.map(Value::from).collect()) {
        set("employmentType", types);
    }
    if let Some(salary) = &job.salary {
        posting_salary(salary, &mut set);
    }
    if let Some(credential) = job.education.and_then(credential) {
        set(
            "educationRequirements",
            json!({ "@type": "EducationalOccupationalCredential", "credentialCategory": credential }),
        );
    }
    if let Some(months) = job
        .experience
        .as_ref()
        .map(Experience::months)
        .filter(|&months| months > 0)
    {
        set(
            "experienceRequirements",
            json!({ "@type": "OccupationalExperienceRequirements", "monthsOfExperience": months }),
        );
    }
    if let Some(total) = job.headcount.as_ref().and_then(Headcount::total) {
        set("totalJobOpenings", total.into());
    }
    if let Some(category) = &job.category {
        set("occupationalCategory", category.0.name.clone().into());
    }
    if !job.benefits.is_empty() {
        set("jobBenefits", job.benefits.join(views.comma()).into());
    }
    set(
        "inLanguage",
        document.language(views.site.config.language).tag().into(),
    );
    Some(Value::Object(posting))
}

fn one_or_list(mut values: Vec<Value>) -> Option<Value> {
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(Value::Array(values)),
    }
}

fn place(views: &Views, location: &crate::fields::EntryRef) -> Value {
    let mut address = json!({ "@type": "PostalAddress", "addressLocality": location.name });
    if let Some(entry) = views
        .site
        .vocabularies
        .get(VocabularyName::Locations)
        .entry(&location.id)
    {
        for (key, value) in [
            ("addressRegion", &entry.province),
            ("addressCountry", &entry.country),
            ("streetAddress", &entry.address),
            ("postalCode", &entry.postcode),
        ] {
            if let Some(value) = value {
                address[key] = value.clone().into();
            }
        }
    }
    json!({ "@type": "Place", "address": address })
}

/// The last second of the last day, with the site's offset; an exact end as it is.
fn valid_through(views: &Views, closes: &Moment) -> String {
    let zone = &views.site.config.time_zone;
    let end = match closes {
        Moment::Day(day) => day
            .end(zone)
            .saturating_sub(jiff::SignedDuration::from_secs(1))
            .unwrap_or(jiff::Timestamp::MAX),
        Moment::Exact(time, _) => *time,
    };
    end.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

fn employment_type(employment: Employment) -> &'static str {
    match employment {
        Employment::FullTime => "FULL_TIME",
        Employment::PartTime => "PART_TIME",
        Employment::Contract => "CONTRACTOR",
        Employment::Temporary => "TEMPORARY",
        Employment::Intern => "INTERN",
    }
}

fn posting_salary(salary: &Salary, set: &mut impl FnMut(&str, Value)) {
    let Some(range) = &salary.range else { return };
    let unit = match range.unit {
        PayUnit::Hour => "HOUR",
        PayUnit::Day => "DAY",
        PayUnit::Month => "MONTH",
        PayUnit::Year => "YEAR",
    };
    let value = if range.min == range.max {
        json!({ "@type": "QuantitativeValue", "value": range.min, "unitText": unit })
    } else {
        json!({ "@type": "QuantitativeValue", "minValue": range.min, "maxValue": range.max, "unitText": unit })
    };
    set(
        "baseSalary",
        json!({ "@type": "MonetaryAmount", "currency": range.currency, "value": value }),
    );
}

fn credential(education: Education) -> Option<&'static str> {
    match education {
        Education::Any => None,
        Education::HighSchool | Education::Secondary => Some("high school"),
        Education::College | Education::Associate => Some("associate degree"),
        Education::Bachelor => Some("bachelor degree"),
        Education::Master | Education::Doctor => Some("postgraduate degree"),
    }
}

fn article(views: &Views, resolved: &ResolvedDocument, schema_type: &str) -> Value {
    let document = &resolved.document;
    let mut value = json!({
        "@context": "https://schema.org",
        "@type": schema_type,
        "headline": document.shared.title,
        "description": document.summary(),
        "url": absolute(views, &views.document_url(document)),
        "inLanguage": document.language(views.site.config.language).tag(),
    });
    if let Some(published) = &document.shared.published {
        value["datePublished"] = published.value.iso().into();
    }
    if let Some(changed) = changed_at(views, document) {
        value["dateModified"] = changed[..10].into();
    }
    if let Some(publisher) = organization(views) {
        value["publisher"] = publisher;
    }
    let authors: Vec<Value> = resolved
        .document
        .body
        .authors()
        .iter()
        .map(|name| json!({ "@type": "Organization", "name": name }))
        .collect();
    value["author"] = one_or_list(authors)
        .or_else(|| organization(views))
        .unwrap_or(Value::Null);
    value
}
