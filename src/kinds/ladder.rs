//! The document kind of career ladders: their grades, lowest first.

use super::KindBody;
use crate::fields::{NumberText, Reader};
use crate::kinds::Document;
use crate::{record, say};
use std::collections::BTreeSet;

record! {
    /// One grade of a ladder.
    Grade {
        id: String = "id", "编号", Required, "英文字母、数字和减号", "ASCII letters, digits and hyphens", "senior";
        name: String = "name", "名称", Required, "职级的名称", "the grade's name", "高级";
        requirements: Vec<String> = "requirements", "任职要求", Expected, "列表", "a list", "";
        clients: Option<String> = "clients", "客户", Optional, "管理哪类客户", "which clients", "";
        products: Option<String> = "products", "产品", Optional, "可以办理哪些产品", "which products", "";
        budget: Option<String> = "budget", "费用", Optional, "营销费用", "marketing budget", "";
        manages: Option<String> = "manages", "管理范围", Optional, "带谁", "whom it manages", "";
        promotion: Vec<String> = "promotion", "晋升条件", Optional, "列表", "a list", "";
        exit: Vec<String> = "exit", "退出条件", Optional, "列表", "a list", "";
    }
}

record! {
    /// A stage of the selection, and its weight.
    Stage {
        stage: String = "stage", "环节", Required, "例如 笔试", "for example written test", "笔试";
        weight: Option<NumberText> = "weight", "权重", Optional, "百分数", "percent", "20";
    }
}

record! {
    /// A ladder's own fields.
    Ladder {
        sequence: Option<String> = "sequence", "岗位序列", Expected, "例如 客户经理序列", "for example account managers", "客户经理序列";
        entry: Vec<String> = "entry", "基本条件", Optional, "列表", "a list", "";
        grades: Vec<Grade> = "grades", "职级", Required, "从低到高", "lowest first", "";
        selection: Vec<Stage> = "selection", "选拔方式", Optional, "环节和权重", "stages and weights", "";
    }
}

impl Ladder {
    /// The grade with an id or a name.
    pub fn grade(&self, word: &str) -> Option<&Grade> {
        self.grades
            .iter()
            .find(|grade| grade.id == word || grade.name == word)
    }
}

impl KindBody for Ladder {
    fn check(&self, document: &Document, reader: &mut Reader) {
        let mut seen = BTreeSet::new();
        for grade in &self.grades {
            if !seen.insert(&grade.id) {
                reader.error(
                    "duplicate-id",
                    document.head,
                    say!(
                        "职级编号“{}”写了两次",
                        "the grade id `{}` is written twice",
                        grade.id
                    ),
                    None,
                );
            }
        }
    }
}
