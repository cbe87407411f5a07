//! Files as they come: every sample, saved as an office computer saves it, is read as it was written; bytes that are no
//! Chinese text are refused.

use crate::common::{SETTINGS, Site};
use encoding_rs::{BIG5, GB18030};
use gangwei::files::{Encoding, decode_text};

/// Texts of banks and offices in Simplified, down to a vocabulary of three names.
const SIMPLIFIED: &[&str] = &[
    "公司金融部",
    "银行",
    "北京",
    "上海",
    "深圳",
    "重庆",
    "柜员",
    "客户经理",
    "风险管理部",
    "总行营业部",
    "厦门分行",
    "- id: a\n  name: 零售\n",
    "- id: bj\n  name: 北京\n- id: sh\n  name: 上海\n- id: gz\n  name: 广州\n",
    "- id: risk\n  name: 风险部\n- id: it\n  name: 科技部\n- id: hr\n  name: 人力部\n",
    "- id: a\n  name: 乌鲁木齐\n- id: b\n  name: 呼和浩特\n- id: c\n  name: 石家庄\n",
    "编号,题干,答案\n1,反洗钱义务的主体有哪些,A\n",
    "姓名,部门\n张三,财务部\n李四,法律部\n",
    "标题: 对公客户经理\n",
    "---\n标题: 柜员\n学历: 大专\n---\n负责现金收付。\n",
    "招聘人数：若干",
    "五险一金，带薪年假。",
    "联通",
    "移动电话",
    "理财经理（私人银行）",
    "数据分析师",
    "信贷审批",
    "贷后管理岗",
    "国际业务部",
    "大学本科及以上学历",
    "具有3年以上工作经验",
    "工作地点：杭州、宁波、温州",
    "发布日期: 2026-11-21",
    "本岗位长期有效，招满即止。",
    "熟悉 Python、SQL",
    "一、岗位职责\n1. 拓展客户；\n2. 维护关系。",
    "董事会秘书",
    "内部审计",
    "望澜银行人才门户",
    "title: 门户\norganization: {name: 望澜银行}\n",
    "薪酬面议",
    "应届毕业生",
    "新疆维吾尔自治区",
    "泸州、亳州、衢州、漯河",
    "濮阳县支行",
    "晋升",
    "是",
    "否",
    "报名表.docx",
    "“三方”协议",
    "综合柜员岗（欢迎退役军人）🎖",
];

/// The same in Traditional, as Taiwan and Hong Kong write.
const TRADITIONAL: &[&str] = &[
    "公司金融部",
    "銀行",
    "臺北",
    "高雄",
    "香港",
    "九龍",
    "新竹",
    "櫃員",
    "客戶經理",
    "風險管理部",
    "理財專員",
    "- id: a\n  name: 零售\n",
    "- id: tp\n  name: 臺北\n- id: tc\n  name: 臺中\n- id: kh\n  name: 高雄\n",
    "- id: risk\n  name: 風險部\n- id: it\n  name: 資訊部\n- id: hr\n  name: 人資部\n",
    "- id: a\n  name: 中環\n- id: b\n  name: 旺角\n- id: c\n  name: 沙田\n",
    "編號,題幹,答案\n1,洗錢防制的義務主體為何,A\n",
    "姓名,部門\n陳先生,財務部\n林小姐,法務部\n",
    "標題: 企業金融客戶經理\n",
    "---\n標題: 櫃員\n學歷: 專科\n---\n負責現金收付。\n",
    "招聘人數：若干",
    "勞保、健保、勞退。",
    "強積金及醫療福利",
    "行動電話",
    "私人銀行業務",
    "數據分析師",
    "授信審查",
    "貸後管理人員",
    "國際業務部",
    "大學畢業或以上",
    "具備三年以上工作經驗",
    "工作地點：臺北、桃園、臺南",
    "發布日期: 2026-11-21",
    "本職位長期有效，額滿為止。",
    "熟悉 Python、SQL",
    "一、工作內容\n1. 開發客戶；\n2. 維護關係。",
    "董事會秘書",
    "內部稽核",
    "望瀾銀行人才招募",
    "title: 門戶\norganization: {name: 望瀾銀行}\n",
    "薪資面議",
    "應屆畢業生",
    "金融監督管理委員會",
    "法令遵循",
    "儲備幹部",
    "晉升",
    "是",
    "否",
    "報名表.docx",
    "「三方」協議",
    "尖沙咀分行、銅鑼灣分行、旺角支行",
];

#[test]
fn simplified_texts_saved_as_gb18030_are_read_as_written() {
    for text in SIMPLIFIED {
        let (bytes, _, lost) = GB18030.encode(text);
        assert!(!lost, "{text}");
        let read = decode_text(bytes.into_owned());
        let read = read.map(|decoded| (decoded.text, decoded.encoding));
        assert_eq!(read, Ok(((*text).to_owned(), Encoding::Gb18030)));
    }
}

#[test]
fn traditional_texts_saved_as_big5_are_read_as_written() {
    for text in TRADITIONAL {
        let (bytes, _, lost) = BIG5.encode(text);
        assert!(!lost, "{text}");
        let read = decode_text(bytes.into_owned());
        let read = read.map(|decoded| (decoded.text, decoded.encoding));
        assert_eq!(read, Ok(((*text).to_owned(), Encoding::Big5)));
    }
}

#[test]
fn traditional_texts_saved_on_a_simplified_system_are_read_as_written() {
    for text in TRADITIONAL {
        let read = decode_text(GB18030.encode(text).0.into_owned());
        assert_eq!(read.map(|decoded| decoded.text), Ok((*text).to_owned()));
    }
}

#[test]
fn byte_order_marks_decide() {
    for text in SIMPLIFIED.iter().chain(TRADITIONAL) {
        let utf_8 = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        let little: Vec<u8> = std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        let big: Vec<u8> = std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (utf_8, Encoding::Utf8),
            (little, Encoding::Utf16),
            (big, Encoding::Utf16),
        ] {
            let read = decode_text(bytes).expect("text");
            assert_eq!((read.text.as_str(), read.encoding), (*text, encoding));
        }
    }
}

#[test]
fn damaged_utf_8_is_refused_and_never_read_as_nonsense() {
    let mut tried = 0;
    for text in SIMPLIFIED.iter().chain(TRADITIONAL) {
        for at in 0..text.len() {
            let mut bytes = text.as_bytes().to_vec();
            bytes.remove(at);
            if std::str::from_utf8(&bytes).is_ok() {
                continue;
            }
            tried += 1;
            let read = decode_text(bytes);
            assert!(read.is_err(), "{text} without byte {at}: {read:?}");
        }
    }
    assert!(tried > 1000);
}

#[test]
fn other_encodings_and_binary_files_are_refused() {
    for bytes in [
        b"a\xFF".as_slice(),
        b"caf\xE9 au lait",
        b"r\xE9sum\xE9s and na\xEFve fa\xE7ades",
        b"Z\xFCrich, M\xFCnchen, K\xF6ln",
        b"\xFF\xFEa",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xE2\x80",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    ] {
        let read = decode_text(bytes.to_vec());
        assert!(read.is_err(), "{read:?}");
    }
}

#[test]
fn the_line_that_stops_being_text_is_named() {
    let read = decode_text(b"one\ntwo\n\xFF\n".to_vec());
    assert_eq!(read.map_err(|error| error.line), Err(3));
}

#[test]
fn long_odd_bytes_take_linear_time() {
    for odd in [
        b"\xA1".as_slice(),
        b"\xFE\xFE",
        b"\x81\x30",
        b"\x88\x62",
        b"\xB5\xC4",
    ] {
        let _ = decode_text(odd.repeat(500_000));
    }
}

#[test]
fn a_site_saved_on_an_office_computer_is_published_with_a_warning_at_the_first_chinese_line() {
    let site = Site::new([("gangwei.yaml", SETTINGS)]);
    let save = |text: &str| GB18030.encode(text).0.into_owned();
    site.write(
        "content/jobs/a.md",
        save("---\r\ntitle: 柜员\r\n---\r\n负责现金收付。\r\n"),
    );
    let words: Vec<u8> = std::iter::once(0xFEFF)
        .chain("---\r\ntitle: 审计\r\n---\r\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    site.write("content/jobs/b.md", words);
    site.write(
        "content/units.yaml",
        BIG5.encode("- id: hk\n  name: 香港分行\n").0,
    );
    let ran = site.build(&[]).expect(0);
    for reported in [
        "warning[not-utf-8]: this file is in GB18030 (GBK) and was read as such",
        "content/jobs/a.md:2:8",
        "read as such",
        "content/jobs/b.md:2:8",
        "this file is in Big5",
        "content/units.yaml:2:9",
    ] {
        assert!(
            ran.stderr.contains(reported),
            "`{reported}` is not reported:\n{}",
            ran.stderr
        );
    }
    let page = std::fs::read_to_string(site.out().join("jobs/a/index.html")).expect("page");
    assert!(page.contains("柜员") && page.contains("负责现金收付。"));
    site.build(&["--strict"]).expect(1);
}
