//! Encodings of files as they come. Enters: bytes. Leaves: text, and which encoding it was read from. Bytes that make no
//! plausible text in any of them are refused, never replaced.

use crate::diagnostic::{Diagnostic, Sink};
use crate::say;
use crate::text::{SourceFile, Span, fold_char, is_han};
use encoding_rs::{BIG5, GB18030, UTF_16BE, UTF_16LE};
use std::sync::Arc;

/// The encoding that a text was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark. Notepad calls it Unicode.
    Utf16,
    /// GB18030, which holds GBK and GB2312. Chinese Windows calls it ANSI.
    Gb18030,
    /// Big5 with the Hong Kong supplement. Windows in Taiwan and Hong Kong calls it ANSI.
    Big5,
}

impl Encoding {
    /// The name that an editor's list of encodings shows.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16 => "UTF-16",
            Encoding::Gb18030 => "GB18030（GBK）",
            Encoding::Big5 => "Big5",
        }
    }
}

/// A text with the encoding it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark; line ends are as they were.
    pub text: String,
    /// Its encoding.
    pub encoding: Encoding,
}

/// The error for bytes in no known encoding. It names the line, from 1, on which they stop being UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Undecodable {
    /// The line.
    pub line: usize,
}

/// Reads the bytes of a document, of settings, or of a table saved as CSV.
///
/// A byte order mark decides first, then strict UTF-8. Otherwise the bytes are read strictly as GB18030 and as Big5, by
/// the WHATWG Encoding Standard, and the more plausible text is taken. Fails where neither is plausible: a damaged
/// UTF-8 file is not read as nonsense.
pub fn decode_text(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    let decoded = |text: &str, encoding| Decoded {
        text: text.to_owned(),
        encoding,
    };
    for (mark, utf_16) in [([0xFF, 0xFE], UTF_16LE), ([0xFE, 0xFF], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(&mark) {
            return utf_16
                .decode_without_bom_handling_and_without_replacement(rest)
                .map(|text| decoded(&text, Encoding::Utf16))
                .ok_or(Undecodable { line: 1 });
        }
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => {
            return Ok(match text.strip_prefix('\u{FEFF}') {
                Some(rest) => decoded(rest, Encoding::Utf8),
                None => Decoded {
                    text,
                    encoding: Encoding::Utf8,
                },
            });
        }
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    let read = [(GB18030, Encoding::Gb18030), (BIG5, Encoding::Big5)].map(|(legacy, encoding)| {
        let text = legacy.decode_without_bom_handling_and_without_replacement(bytes)?;
        let score = plausibility(&text, bytes, encoding)?;
        (score >= LEAST_PLAUSIBLE).then_some((score, text, encoding))
    });
    let best = match read {
        [Some(gb), Some(big5)] if big5.0 > gb.0 => Some(big5),
        [Some(gb), _] => Some(gb),
        [None, big5] => big5,
    };
    if let Some((_, text, encoding)) = best {
        Ok(decoded(&text, encoding))
    } else {
        let valid = &bytes[..error.utf8_error().valid_up_to()];
        let line = memchr::memchr_iter(b'\n', valid).count() + 1;
        Err(Undecodable { line })
    }
}

/// The name of a file as GBK reads it, which is what archives made on Chinese Windows hold; nothing where it is none.
pub(super) fn gbk_name(bytes: &[u8]) -> Option<String> {
    let read = GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    let is_private = |c: char| ('\u{E000}'..='\u{F8FF}').contains(&c);
    (!read.contains(is_private)).then(|| read.into_owned())
}

/// Warns that a file is not UTF-8, at its first character that shows it.
pub fn report_encoding(file: &Arc<SourceFile>, encoding: Encoding, sink: &mut Sink) {
    if encoding == Encoding::Utf8 {
        return;
    }
    let (start, width) = file
        .text
        .char_indices()
        .find(|(_, c)| !c.is_ascii())
        .map_or((0, 0), |(at, c)| (at, c.len_utf8()));
    let name = encoding.name();
    let mut message = say!(
        "这个文件是{name}编码，已按此读取",
        "this file is in {name} and was read as such"
    );
    message.en = message.en.replace('（', " (").replace('）', ")");
    sink.push(
        Diagnostic::warning("not-utf-8", message)
            .at(file, Span::new(start, start + width))
            .help(say!(
                "在编辑器里选“另存为”，编码选UTF-8",
                "save the file again with the encoding UTF-8"
            )),
    );
}

/// The least plausibility, in points for one character beyond ASCII, that a text must have to be taken.
const LEAST_PLAUSIBLE: i64 = 100;

/// Characters that make up most of Chinese writing, and those that postings, banks, places and family names use, in
/// Simplified; a Traditional character counts as the Simplified one that it folds to.
const FREQUENT: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学\
法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表\
间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总\
次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处南给色光门即保治北造百规\
热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离\
华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青\
省列习响约支般史感劳便团往历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满\
县局照参红细引听该铁价严银款存贷储卡息债券股税率账户柜币汇票证险额财审核授信客产营网店贯资融担抵押催收益评控稽合规章程签订聘岗职位薪酬招应届毕\
业历硕博士本专科简笔试面谈体检背景录培训绩效考勤奖惩福利假期退休险社保公积金劳动派遣竞升降级序列津贴补助奖励津销售推广拓展维护渠道零售批发对私\
贸易租赁投理托管基盘托付款清算结算现凭证印鉴复核库房钥匙保卫监察纪检党群工会办公室行政后勤采购法律合同案件诉讼督导人力战略规划创科技软硬系统运\
维开测试架构安全数据分析模型风险授权领导董事监事会计出纳主任经理助理专员总监秘书长副处科员省市区县镇乡村街道路号楼层室邮编箱址话传真姓名电联\
京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵云滇藏陕秦甘陇青宁疆港澳台湾州阳昌沙汉广深圳厦门福珠海东莞佛山惠汕杭温宁波绍嘉兴湖金台丽\
南京苏锡常无徐扬镇淮盐连泰宿济青烟威潍淄郑洛成都绵重庆昆贵西安兰银川乌鲁齐哈尔滨春沈大连石家庄太原呼和浩特合肥芜武汉宜昌长株洲香九龙新界北高雄\
台中竹桃园基隆彰嘉屏东花莲宜兰澎湖望澜赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱许何吕张孔曹严魏陶姜谢邹潘葛范彭鲁韦马方任袁柳鲍史唐薛雷贺汤罗郝\
毕安常于傅齐康伍余顾孟黄萧尹姚邵汪毛狄米贝明戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾江童郭梅林钟徐邱骆高夏蔡田樊胡凌霍万柯卢莫丁邓洪包左石崔龚程\
裴陆荣翁曲封靳段侯宁仇武刘叶白薄蒲赖卓曾关符景詹龙司聂曹梦欣怡佳雨婷雪静敏丽娜芳英秀娟玲桂兰伟强磊军洋勇艳杰涛超霞鹏辉宇浩轩泽涵博晨凯\
请您本招聘告公示启事须知附录册表格单据填写说明负责熟悉具备优先能够者以上学历岁届岸岛楼";

fn is_frequent(c: char) -> bool {
    use std::sync::OnceLock;
    static SET: OnceLock<Vec<char>> = OnceLock::new();
    let set = SET.get_or_init(|| {
        let mut set: Vec<char> = FREQUENT
            .chars()
            .map(fold_char)
            .filter(|&c| is_han(c))
            .collect();
        set.sort_unstable();
        set.dedup();
        set
    });
    set.binary_search(&fold_char(c)).is_ok()
}

/// How much a text looks like Chinese, in hundredths of a point for each character beyond ASCII; `None` where the
/// text is pure ASCII.
///
/// A frequent character counts 4 and punctuation 2. Any other Han character counts by the level of its character set,
/// which separates common characters (GB 2312 and Big5 level 1) from rare ones by their bytes. Letters of other
/// scripts, symbols of private use and unassigned ones count against.
fn plausibility(text: &str, bytes: &[u8], encoding: Encoding) -> Option<i64> {
    let mut points = 0;
    let mut count = 0;
    let mut at = 0;
    for c in text.chars() {
        let code = Code::first_of(bytes.get(at..).unwrap_or_default(), encoding);
        at += code.width;
        if c.is_ascii() {
            continue;
        }
        count += 1;
        points += match c {
            _ if is_frequent(c) => 4,
            '，' | '。' | '、' | '：' | '；' | '（' | '）' | '《' | '》' | '“' | '”' | '‘'
            | '’' | '！' | '？' | '「' | '」' | '【' | '】' | '—' | '…' | '·' | '．' | '％'
            | '～' | '－' | '　' | '￥' => 2,
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '①'..='⑳' | '€' | '×' | '℃' | '㎡' => {
                1
            }
            _ if is_han(c) && code.width == 2 => match (encoding, code.lead, code.trail) {
                (Encoding::Gb18030, 0xB0..=0xD7, 0xA1..) | (Encoding::Big5, 0xA4..=0xC6, _) => 1,
                (Encoding::Gb18030, 0xD8..=0xF7, 0xA1..) | (Encoding::Big5, 0xC9..=0xF9, _) => -1,
                _ => -3,
            },
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => -8,
            // GB18030 writes emoji in four bytes; they do not show whether the text is Chinese.
            '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}' => 0,
            _ => -3,
        };
    }
    (count > 0).then(|| points * 100 / count)
}

/// The bytes of one character. They were decoded strictly before, so that they are valid.
struct Code {
    lead: u8,
    trail: u8,
    width: usize,
}

impl Code {
    fn first_of(bytes: &[u8], encoding: Encoding) -> Code {
        let lead = bytes.first().copied().unwrap_or(0);
        let trail = bytes.get(1).copied().unwrap_or(0);
        let width = match lead {
            0..=0x80 => 1,
            _ if encoding == Encoding::Gb18030 && trail.is_ascii_digit() => 4,
            _ => 2,
        };
        Code { lead, trail, width }
    }
}
