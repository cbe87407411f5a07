//! Fields that every kind has.

use crate::fields::{Day, Located};
use crate::kinds::Waiver;
use crate::text::Language;
use crate::{choice, record};

choice! {
    /// Who may see a document.
    Visibility {
        Public = "public", "公开";
        Internal = "internal", "行内";
    }
}

record! {
    /// Fields that every kind has.
    Shared {
        id: Option<Located<String>> = "id", "编号", Optional, "就是网址，发布后不再改；不写则用文件名", "becomes the address and never changes; the file's name when absent", "";
        title: String = "title", "标题", Required, "页面的标题", "the page's title", "公司客户经理";
        summary: Option<String> = "summary", "简介", Optional, "一句话，列表和搜索结果里显示", "one sentence, shown in lists and results", "";
        published: Option<Located<Day>> = "published", "发布日期", Expected, "这一天起公开", "public from this day on", "2026-11-21";
        updated: Option<Located<Day>> = "updated", "更新日期", Optional, "内容最近一次改动的日期", "the day of the last change", "";
        draft: bool = "draft", "草稿", Optional, "是：不发布", "true: not published", "";
        withdrawn: Option<Located<Day>> = "withdrawn", "撤回日期", Optional, "从这一天起撤回", "withdrawn from this day on", "";
        tags: Vec<String> = "tags", "标签", Optional, "列表", "a list", "";
        language: Option<Language> = "language", "语言", Optional, "正文的语言，不写则同站点", "the language of the text; the site's when absent", "";
        aliases: Vec<Located<String>> = "aliases", "旧地址", Optional, "以前的网址，会转到这里", "former addresses that lead here", "";
        allow: Vec<Waiver> = "allow", "豁免", Optional, "放行规则发现的问题：规则、理由、批准人、有效期至", "findings that are allowed: rule, reason, approver, until", "";
        visibility: Option<Visibility> = "visibility", "公开范围", Optional, "公开或行内", "public or internal", "公开";
    }
}
