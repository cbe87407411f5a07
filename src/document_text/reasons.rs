//! Why the reader decided as it did, in words of both languages. Enters: nothing. Leaves: reasons with a name that
//! programs can rely on and a sentence for people.

/// Declares reasons with their names and words.
macro_rules! reasons {
    ($(#[$doc:meta])* $name:ident { $($(#[$entry:meta])* $variant:ident = $id:literal, $zh:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$entry])* #[doc = $en] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The name that does not change.
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id),* }
            }

            /// The reason in Chinese.
            pub fn zh(self) -> &'static str {
                match self { $($name::$variant => $zh),* }
            }

            /// The reason in English.
            pub fn en(self) -> &'static str {
                match self { $($name::$variant => $en),* }
            }
        }
    };
}

reasons! {
    /// Why a block is what it is.
    Reason {
        Title = "title", "全文开头单独的一行，看作标题", "a short line alone at the beginning of the text is its title";
        Style = "style", "文件里用了标题样式", "the file gives it the style of a heading";
        MarkdownHeading = "markdown-heading", "行首有井号", "number signs stand before it";
        Numbered = "numbered", "同级编号的行都短，后面有内容，看作标题", "lines with numbers of this kind are short and have content below them";
        Known = "known", "是常用的小标题", "the words are known as a heading";
        Colon = "colon", "短行以冒号结尾，后面有内容", "a short line ends with a colon and has content below it";
        Bracketed = "bracketed", "整行在方头括号里", "ornamental brackets enclose the whole line";
        Bold = "bold", "整行加粗，后面有内容", "the whole short line is bold and has content below it";
        Ornament = "ornament", "符号引出的短行，后面有内容", "a short line follows an ornament and has content below it";
        Plain = "plain", "没有编号也没有符号，是一段话", "it has no number and no mark: a paragraph";
        Clause = "clause", "条文，编号保留", "a clause of a policy keeps its number";
        Reference = "reference", "参考文献，编号保留", "an entry of a bibliography keeps its number";
        LabelLine = "label-line", "“名称：内容”，单独一行", "a name, a colon and a value stand on a line of their own";
        NumberedItem = "numbered-item", "编号引出的一条", "a number begins an item";
        MarkedItem = "marked-item", "符号引出的一条", "a mark begins an item";
        LetteredItem = "lettered-item", "字母引出的一条，字母保留", "a letter begins an item and stays";
        WordList = "word-list", "文件里是自动编号的列表", "the file's own numbering makes it an item";
        TableCell = "table-cell", "在表格的单元格里", "it stands in a cell of a table";
        Verbatim = "verbatim", "已经是 Markdown 的写法，原样保留", "it is markdown already and stays as it is";
    }
}

reasons! {
    /// Why characters are in no block.
    NotTakenReason {
        Indentation = "indentation", "行首的空白只是排版", "blanks at the beginning of a line are layout";
        ListMark = "list-mark", "列表的编号或符号，改由列表表示", "the list itself shows the number or the mark";
        HeadingMark = "heading-mark", "标题的记号，改由标题表示", "the heading itself shows the mark";
        Decoration = "decoration", "装饰性的符号", "the sign only decorates";
        HeadingColon = "heading-colon", "标题后面的冒号", "a heading needs no colon";
        Separator = "separator", "分隔用的标点", "the sign only parts what is now apart";
        Rule = "rule", "分隔线", "the line only parts what is now apart";
        PageNumber = "page-number", "页码", "it is the number of a page";
        RunningHead = "running-head", "页眉或页脚", "it is the head or the foot of a page";
        Control = "control", "看不见的控制字符", "control characters cannot be seen";
        ZeroWidth = "zero-width", "没有宽度的字符", "the character has no width";
        Direction = "direction", "改变书写方向的字符", "the character changes the direction of writing";
        ByteOrderMark = "byte-order-mark", "字节顺序标记", "it is a byte order mark";
        Hyphen = "hyphen", "换行处断词的连字符", "a line break parted the word with it";
        LetterSpacing = "letter-spacing", "字与字之间拉开的空格", "blanks only spread the letters";
    }
}

reasons! {
    /// What a person should look at.
    NoteReason {
        NumberRepeated = "number-repeated", "编号重复", "the number stands twice";
        NumberSkipped = "number-skipped", "编号跳过了", "numbers are missing before it";
        NumberingRestarts = "numbering-restarts", "编号从头开始", "the numbering begins again";
        LinesJoined = "lines-joined", "几行接成了一段", "lines were joined to a paragraph";
        LineCut = "line-cut", "一行分成了几条", "a line was cut into several blocks";
        HiddenCharacters = "hidden-characters", "有看不见的字符，已去掉", "there were characters that cannot be seen";
        Spread = "spread", "拉开的字合拢了", "spread letters were closed up";
    }
}
