//! The readings of single characters. Enters: a character. Leaves: its readings, and the characters that sound like it.
//! Never: a reading that no dictionary gives, or the same reading twice.

use std::sync::OnceLock;

use crate::text::fold_char;

/// Readings and their characters; the head of the file says where they come from.
const TEXT: &str = include_str!("readings.txt");

/// Characters of GB2312's second level, where rarer ones stand, that job titles, departments and seats of branches use.
const ALSO_COMMON: &str = "圳莞亳衢濮泸鄞邛崃郫綦婺睢沭溧潢渑漯郾鄄莒滕兖郯暨璧潼阆泾邕莅瑕聩睿谙恪诠赅赈缜绌酊榫荟麾祺晟昊珞钰婷妤怡砺恺懋谘";

/// All that is known of single characters, made once from the embedded text.
pub(super) struct ReadingTable {
    /// Characters in code order, each with the place of its readings in `lists`.
    entries: Vec<(char, usize)>,
    /// The lists of readings, commonest first.
    lists: Vec<Vec<&'static str>>,
    /// Every syllable that some character has, sorted.
    pub(super) syllables: Vec<&'static str>,
    /// The characters of GB2312 in its order.
    pub(super) gb2312: Vec<char>,
    /// For each syllable the common characters that have it: first those that mostly sound so, then the others.
    common: Vec<Vec<char>>,
}

pub(super) fn table() -> &'static ReadingTable {
    static TABLE: OnceLock<ReadingTable> = OnceLock::new();
    TABLE.get_or_init(read)
}

fn read() -> ReadingTable {
    let mut entries: Vec<(char, usize)> = Vec::new();
    let mut lists: Vec<Vec<&'static str>> = Vec::new();
    let mut gb2312 = Vec::new();
    let mut often: Vec<(char, usize)> = Vec::new();
    // 1 and 2 are the levels of GB2312, 3 is the rest.
    let mut part = 0;
    for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with('=') {
            part += 1;
            continue;
        }
        let Some((readings, characters)) = line.split_once(' ') else {
            continue;
        };
        for c in characters.chars() {
            entries.push((c, lists.len()));
            if part <= 2 {
                gb2312.push(c);
            }
            if part == 1 || ALSO_COMMON.contains(c) {
                often.push((c, lists.len()));
            }
        }
        lists.push(readings.split(',').collect());
    }
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.0);
    let mut syllables: Vec<&'static str> = lists.iter().flatten().copied().collect();
    syllables.sort_unstable();
    syllables.dedup();
    let mut common = vec![Vec::new(); syllables.len()];
    let most = lists.iter().map(Vec::len).max().unwrap_or(0);
    for rank in 0..most {
        for (c, list) in &often {
            let place = lists[*list]
                .get(rank)
                .map(|reading| syllables.binary_search(reading));
            if let Some(Ok(place)) = place {
                common[place].push(*c);
            }
        }
    }
    ReadingTable {
        entries,
        lists,
        syllables,
        gb2312,
        common,
    }
}

/// Every syllable without its tone, sorted: `a`, `ai`, … `zuo`.
pub fn all_syllables() -> &'static [&'static str] {
    &table().syllables
}

/// Every plausible reading of a character, commonest first; nothing for what is not in the table, which holds GB2312 and the
/// standard list of 8,105 characters as far as they lie in Unicode's first plane. A Traditional character reads as its
/// Simplified one.
pub fn readings(c: char) -> &'static [&'static str] {
    let table = table();
    let at = |c: char| table.entries.binary_search_by_key(&c, |entry| entry.0);
    match at(fold_char(c)) {
        Ok(index) => &table.lists[table.entries[index].1],
        Err(_) => &[],
    }
}

/// The other common characters that share a reading with this one: those of its commonest reading first, in each those that
/// mostly sound so before the others; no character twice. Common are GB2312's first level and a few that banks use.
pub fn same_sound(c: char) -> impl Iterator<Item = char> {
    let table = table();
    let own = fold_char(c);
    let readings = readings(own);
    let sets = readings.iter().map(|reading| {
        table
            .syllables
            .binary_search(reading)
            .ok()
            .map(|index| &table.common[index])
    });
    sets.enumerate().flat_map(move |(rank, set)| {
        let earlier = &readings[..rank];
        set.into_iter().flatten().copied().filter(move |other| {
            *other != own
                && !self::readings(*other)
                    .iter()
                    .any(|reading| earlier.contains(reading))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_has_its_readings_commonest_first() {
        assert_eq!(readings('行'), ["xing", "hang"]);
        assert_eq!(readings('長'), ["zhang", "chang"], "Traditional");
        assert_eq!(readings('率'), ["lv", "shuai"]);
        assert_eq!(readings('略'), ["lve"]);
        assert_eq!(readings('人'), ["ren"]);
        assert!(readings('a').is_empty() && readings('\u{2A700}').is_empty());
    }

    #[test]
    fn same_sounds_come_once_and_without_the_character_itself() {
        let same: Vec<char> = same_sound('聘').collect();
        assert!(same.contains(&'拼') && same.contains(&'品') && !same.contains(&'聘'));
        let same: Vec<char> = same_sound('行').collect();
        let place = |c: char| same.iter().position(|other| *other == c);
        assert!(place('形') < place('航'), "xing is the commoner reading");
        let mut once = same.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), same.len());
        assert_eq!(same_sound('x').count(), 0);
    }

    #[test]
    fn also_common_adds_only_what_the_first_level_lacks() {
        let first_level = &table().gb2312[..3755];
        for c in ALSO_COMMON.chars() {
            assert!(!first_level.contains(&c), "{c} is in the first level");
            assert!(table().gb2312.contains(&c), "{c} is not in GB2312");
        }
    }

    #[test]
    fn the_table_is_whole() {
        let table = table();
        assert_eq!(table.gb2312.len(), 6763);
        assert!(table.lists.iter().all(|readings| !readings.is_empty()));
        let letters = |syllable: &&str| syllable.bytes().all(|b| b.is_ascii_lowercase());
        assert!(table.syllables.iter().all(letters));
    }
}
