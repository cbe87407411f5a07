//! Vocabularies: units, departments, locations, categories. Enters: `content/*.yaml`. Leaves: entries that
//! documents name by id, name or other name. Without a file, the words themselves are the entries.

use crate::diagnostic::{Diagnostic, Sink};
use crate::fields::{
    DeclaredKeys, DisplayValue, Field, FieldType, FieldValue, Jurisdiction, Located, Reader,
    Record, did_you_mean, nearest, read_record,
};
use crate::text::{SourceFile, Span, fold};
use crate::yaml::{Node, Value, parse_yaml};
use crate::{record, say};
use std::collections::BTreeMap;
use std::sync::Arc;

mod additions;
mod checks;
use checks::{bad_id, place_of, taken};

/// Which vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VocabularyName {
    /// Employing units.
    Units,
    /// Departments.
    Departments,
    /// Places of work.
    Locations,
    /// Job categories.
    Categories,
}

impl VocabularyName {
    /// All vocabularies.
    pub const ALL: [VocabularyName; 4] = [
        VocabularyName::Units,
        VocabularyName::Departments,
        VocabularyName::Locations,
        VocabularyName::Categories,
    ];

    /// The file's stem, the first segment of its lists' addresses.
    pub fn folder(self) -> &'static str {
        match self {
            VocabularyName::Units => "units",
            VocabularyName::Departments => "departments",
            VocabularyName::Locations => "locations",
            VocabularyName::Categories => "categories",
        }
    }

    /// The name of one entry, in Chinese and English.
    fn noun(self) -> (&'static str, &'static str) {
        match self {
            VocabularyName::Units => ("招聘单位", "unit"),
            VocabularyName::Departments => ("部门", "department"),
            VocabularyName::Locations => ("工作地点", "location"),
            VocabularyName::Categories => ("岗位类别", "category"),
        }
    }

    fn unknown_code(self) -> &'static str {
        match self {
            VocabularyName::Units => "unknown-unit",
            VocabularyName::Departments => "unknown-department",
            VocabularyName::Locations => "unknown-location",
            VocabularyName::Categories => "unknown-category",
        }
    }
}

record! {
    /// One entry of a vocabulary. Which keys make sense depends on the vocabulary.
    Entry {
        id: String = "id", "编号", Required, "英文字母、数字和减号", "ASCII letters, digits and hyphens", "corporate-banking";
        name: String = "name", "名称", Required, "页面上显示的名称", "the name that pages show", "公司金融部";
        other_names: Vec<String> = "other_names", "别名", Optional, "文档里也可以这样称呼", "other names that documents may use", "[公司业务部]";
        legal_name: Option<String> = "legal_name", "法定名称", Optional, "单位的注册名称", "a unit's registered name", "";
        parent: Option<Located<String>> = "parent", "上级", Optional, "上级的编号", "the id of the entry above", "";
        unit: Option<Located<String>> = "unit", "招聘单位", Optional, "部门所属单位的编号", "the id of the unit a department belongs to", "";
        region: Option<String> = "region", "地区", Optional, "地点所在地区，用作小标题", "the heading a location stands under", "华东";
        province: Option<String> = "province", "省份", Optional, "地点所在的省、自治区、直辖市、特区或州", "a location's province, state or municipality", "江苏省";
        country: Option<String> = "country", "国家或地区", Optional, "两个字母的代码", "the two-letter ISO code", "CN";
        address: Option<String> = "address", "地址", Optional, "街道地址", "street address", "";
        postcode: Option<String> = "postcode", "邮政编码", Optional, "邮政编码", "postal code", "";
        jurisdiction: Vec<Located<Jurisdiction>> = "jurisdiction", "法域", Optional, "cn、tw、hk 中的一个或几个", "one or more of cn, tw, hk", "cn";
    }
}

/// One vocabulary, as read.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    entries: Vec<Entry>,
    by_word: BTreeMap<String, usize>,
    /// The entries by their ids as written, which most lookups use: they need no folding.
    by_id: BTreeMap<String, usize>,
    file: Option<Arc<SourceFile>>,
    /// Whether the file holds entries that could not be read.
    has_unread: bool,
}

/// All vocabularies of a site.
#[derive(Debug, Clone, Default)]
pub struct Vocabularies {
    units: Vocabulary,
    departments: Vocabulary,
    locations: Vocabulary,
    categories: Vocabulary,
}

/// An entry as a document names it.
#[derive(Debug, Clone, Default)]
pub struct EntryRef {
    /// The entry's id; where there is no vocabulary, made of the word's own characters.
    pub id: String,
    /// The name that pages show.
    pub name: String,
    /// Where the document names it.
    pub span: Span,
}

impl Vocabularies {
    /// One of the four.
    pub fn get(&self, name: VocabularyName) -> &Vocabulary {
        match name {
            VocabularyName::Units => &self.units,
            VocabularyName::Departments => &self.departments,
            VocabularyName::Locations => &self.locations,
            VocabularyName::Categories => &self.categories,
        }
    }

    /// Replaces the names that people read by what `convert` makes of them.
    pub fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
        for vocabulary in [
            &mut self.units,
            &mut self.departments,
            &mut self.locations,
            &mut self.categories,
        ] {
            for entry in &mut vocabulary.entries {
                entry.convert_fields(convert);
            }
        }
    }

    /// Stores a vocabulary that has been read.
    pub fn set(&mut self, name: VocabularyName, vocabulary: Vocabulary) {
        *match name {
            VocabularyName::Units => &mut self.units,
            VocabularyName::Departments => &mut self.departments,
            VocabularyName::Locations => &mut self.locations,
            VocabularyName::Categories => &mut self.categories,
        } = vocabulary;
    }
}

impl Vocabulary {
    /// Reads a vocabulary file. A file that is not a list yields no vocabulary; words are then entries, as where there
    /// is no file.
    pub fn parse(file: &Arc<SourceFile>, name: VocabularyName, sink: &mut Sink) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let whole = Span::new(0, file.text.len());
        let Some(node) = parse_yaml(
            file,
            whole,
            &DeclaredKeys::of(vec![entry_fields()], Vec::new()),
            sink,
        ) else {
            return vocabulary;
        };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            Value::Null => &[],
            _ => {
                let start = node.span.start as usize;
                sink.push(
                    Diagnostic::error(
                        "wrong-type",
                        say!(
                            "词表要写成一条一条的列表",
                            "a vocabulary is a list of entries"
                        ),
                    )
                    .at(file, file.character(start))
                    .help(say!(
                        "每条以“- 编号: …”开头，下一行缩进两格写“名称: …”",
                        "begin each entry with `- id: …` and write `name: …` below, indented by two"
                    )),
                );
                return vocabulary;
            }
        };
        vocabulary.file = Some(file.clone());
        let empty = Vocabularies::default();
        for item in items {
            let mut reader = Reader::new(file, &empty, sink);
            match read_record::<Entry>(item, &mut reader) {
                Some(entry) => vocabulary.add(entry, item, name, file, sink),
                None => vocabulary.has_unread = true,
            }
        }
        let ids = vocabulary.entries.iter().map(|entry| &entry.id);
        let places = ids.filter_map(|id| Some((id.clone(), *vocabulary.by_word.get(&fold(id))?)));
        vocabulary.by_id = places.collect();
        vocabulary
    }

    fn add(
        &mut self,
        entry: Entry,
        item: &Node,
        name: VocabularyName,
        file: &Arc<SourceFile>,
        sink: &mut Sink,
    ) {
        if let Some(fault) = bad_id(&entry.id, item, file) {
            sink.push(fault);
        }
        self.has_unread |= entry.id.is_empty() || entry.name.is_empty();
        let index = self.entries.len();
        let words = [&entry.id, &entry.name]
            .into_iter()
            .chain(&entry.other_names)
            .filter(|word| !word.is_empty());
        for word in words {
            let owner = *self.by_word.entry(fold(word)).or_insert(index);
            if owner != index {
                let fault = taken(word, &entry, &self.entries[owner], name);
                sink.push(fault.at(file, place_of(word, item)));
            }
        }
        self.entries.push(entry);
    }

    /// The file, if it exists and could be read.
    pub fn file(&self) -> Option<&Arc<SourceFile>> {
        self.file.as_ref()
    }

    /// Whether every entry of a file was read, so that a word that is not there does not exist.
    fn is_whole(&self) -> bool {
        self.file.is_some() && !self.has_unread
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An entry by id, name or other name.
    pub fn entry(&self, word: &str) -> Option<&Entry> {
        let by_id = self.by_id.get(word);
        let place = by_id.or_else(|| self.by_word.get(&fold(word)));
        place.map(|&index| &self.entries[index])
    }

    /// The entry above one.
    pub fn parent(&self, entry: &Entry) -> Option<&Entry> {
        self.entry(&entry.parent.as_ref()?.value)
    }

    /// How many entries are above one.
    pub fn depth(&self, id: &str) -> usize {
        self.with_parents(id).len() - 1
    }

    /// The entry and those above it, lowest first; a chain that is too long is cut, and a circle ends where it began.
    pub fn with_parents(&self, id: &str) -> Vec<String> {
        let mut line = vec![id.to_owned()];
        while line.len() <= MAX_LEVELS
            && let Some(entry) = line.last().and_then(|id| self.entry(id))
            && let Some(parent) = self.parent(entry)
            && !line.contains(&parent.id)
        {
            line.push(parent.id.clone());
        }
        line
    }
}

/// The most entries above one.
const MAX_LEVELS: usize = 32;

/// The most bytes and the most characters of an id made of a word. File systems allow 255 bytes for the name of a folder.
const LONGEST_ID: (usize, usize) = (160, 100);
/// The bytes of a longer word that come before its hash.
const BEFORE_HASH: usize = 80;

/// Makes an id of a word's own characters: letters and digits of any script stay, the rest becomes `-`. The end of a
/// long one is a hash, so that different words have different ids.
pub fn word_id(word: &str) -> String {
    let mut id = String::new();
    for c in word.trim().chars().map(crate::text::fold_char) {
        let invisible = crate::files::name_fault(c.encode_utf8(&mut [0; 4]))
            .is_some_and(crate::files::NameFault::is_grave);
        match c.is_alphanumeric() && !invisible {
            true => id.push(c),
            false if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            false => {}
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    if id.len() > LONGEST_ID.0 || id.chars().count() > LONGEST_ID.1 {
        let hash = blake3::hash(id.as_bytes()).to_hex();
        id.truncate(id.floor_char_boundary(BEFORE_HASH));
        id.push('-');
        id.push_str(&hash[..16]);
    }
    // Some words are devices of Windows, and no folder there.
    if !id.is_empty() && crate::files::name_fault(&id).is_some() {
        id.push_str("-1");
    }
    id
}

/// The id of a word that no vocabulary lists: one of signs alone has its hash.
fn entry_id(word: &str) -> String {
    let id = word_id(word);
    if id.is_empty() {
        format!("x-{}", &blake3::hash(word.trim().as_bytes()).to_hex()[..16])
    } else {
        id
    }
}

/// Reads the name of an entry and reports an unknown one with the nearest.
fn read_entry(node: &Node, name: VocabularyName, reader: &mut Reader) -> Option<EntryRef> {
    let word = reader.scalar(node)?;
    let vocabulary = reader.vocabularies.get(name);
    if let Some(entry) = vocabulary.entry(word) {
        return Some(EntryRef {
            id: entry.id.clone(),
            name: entry.name.clone(),
            span: node.span,
        });
    }
    let Some(file) = vocabulary.file().filter(|_| vocabulary.is_whole()) else {
        return Some(EntryRef {
            id: entry_id(word),
            name: word.to_owned(),
            span: node.span,
        });
    };
    let path = &file.path;
    let (zh, en) = name.noun();
    let message = say!("没有“{word}”这个{zh}", "there is no {en} `{word}`");
    let lines = vocabulary.new_entry(word);
    let mut diagnostic = Diagnostic::error(name.unknown_code(), message)
        .at(reader.file, node.span)
        .help(say!(
            "可选的见 {path}；确需新增，在它的末尾加两行：“{0}”和“{1}”",
            "{path} lists them; to add a new one, write two lines at its end: `{0}` and `{1}`",
            lines[0],
            lines[1]
        ));
    let names = vocabulary.entries.iter().flat_map(|entry| {
        std::iter::once(entry.name.as_str()).chain(entry.other_names.iter().map(String::as_str))
    });
    let near = if reader.sink.may_advise(&reader.file.path) {
        nearest(word, names)
    } else {
        Vec::new()
    };
    if !near.is_empty() {
        diagnostic = diagnostic.label(did_you_mean(&near));
    }
    if !Vocabulary::has_typo(word, &near)
        && let Some(fix) = vocabulary.addition(&lines)
    {
        diagnostic = diagnostic.fix_in(file, fix);
    }
    reader.sink.push(diagnostic);
    None
}

/// Declares a reference type for one vocabulary.
macro_rules! entry_ref {
    ($(#[$doc:meta])* $Name:ident, $vocabulary:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default)]
        pub struct $Name(pub EntryRef);
        impl FieldValue for $Name {
    fn display_value(&self) -> DisplayValue<'_> {
            DisplayValue::Entry(VocabularyName::$vocabulary, &self.0)
    }
            const TYPE: FieldType = FieldType::Entry(VocabularyName::$vocabulary);
            const SPLITS: bool = true;
            fn stays_whole(text: &str, reader: &Reader) -> bool {
                let vocabulary = reader.vocabularies.get(VocabularyName::$vocabulary);
                match vocabulary.file() {
                    Some(_) => vocabulary.entry(text).is_some(),
                    // Words serve by themselves, and a comma may be a name's own: Hong Kong, Central.
                    None => !text.contains(['、', '，', '；']),
                }
            }
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                read_entry(node, VocabularyName::$vocabulary, reader).map($Name)
            }
            fn convert_texts(&mut self, convert: &dyn Fn(&str) -> String) {
                self.0.name = convert(&self.0.name);
            }
        }
    };
}

entry_ref!(
    /// A unit, as a document names it.
    UnitRef,
    Units
);
entry_ref!(
    /// A department, as a document names it.
    DepartmentRef,
    Departments
);
entry_ref!(
    /// A location, as a document names it.
    LocationRef,
    Locations
);
entry_ref!(
    /// A category, as a document names it.
    CategoryRef,
    Categories
);

/// The fields of a vocabulary's entries, for the schema.
pub fn entry_fields() -> &'static [Field] {
    Entry::FIELDS
}

#[cfg(test)]
mod tests {
    use super::word_id;

    #[test]
    fn an_id_is_never_too_long_for_a_folder_and_different_words_keep_different_ids() {
        assert_eq!(word_id(" 总行 / 信息科技部 "), "总行-信息科技部");
        let long = "部".repeat(5_000);
        let (one, other) = (word_id(&long), word_id(&format!("{long}二")));
        assert!(one.len() <= 100 && one.starts_with("部部"), "{one}");
        assert_ne!(one, other);
        assert_eq!(word_id(&"a".repeat(101)).len(), 97);
        assert_eq!(word_id(&"部".repeat(53)), "部".repeat(53));
    }
}
