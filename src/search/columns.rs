//! Columns: for one facet or range, the value of every document. Enters: documents in the order of their slots.
//! Leaves: a dictionary and a row of indices, deflated. They are loaded only when filters or counts are asked for.

#![expect(
    clippy::cast_possible_truncation,
    reason = "documents are fewer than 2²⁶, and a row is written byte by byte"
)]

use super::deflate::deflate;
use super::document::FacetValue;
use std::io::Result;

/// Writes a facet's column.
pub fn encode_facet<'a>(documents: impl Iterator<Item = &'a [FacetValue]>) -> Result<Vec<u8>> {
    let mut own: Vec<Vec<u32>> = Vec::new();
    let mut all: Vec<(&str, &str, usize)> = Vec::new();
    for values in documents {
        all.extend(
            values
                .iter()
                .map(|value| (&*value.id, &*value.name, own.len())),
        );
        own.push(Vec::new());
    }
    all.sort_unstable();
    let mut names: Vec<(&str, &str)> = Vec::new();
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        let index = names.len() as u32;
        for (_, _, document) in same {
            let set = &mut own[*document];
            if set.last() != Some(&index) {
                set.push(index);
            }
        }
        names.push((same[0].0, same[0].1));
    }
    let (sets, rows) = number(own.iter().map(Vec::as_slice), &[][..]);
    let width = width(sets.len());
    write(&serde_json::to_vec(&(&names, &sets, width))?, &rows, width)
}

/// Writes a range's column.
pub fn encode_range(documents: impl Iterator<Item = Option<(i64, i64)>>) -> Result<Vec<u8>> {
    let (ranges, rows) = number(documents, None);
    let ranges: Vec<(i64, i64)> = ranges.into_iter().map(Option::unwrap_or_default).collect();
    let width = width(ranges.len());
    write(&serde_json::to_vec(&(ranges, width))?, &rows, width)
}

/// Numbers values by their order: the different ones, and the number of each. `first` is the smallest and has number 0,
/// whether it occurs or not.
fn number<T: Ord + Copy>(values: impl Iterator<Item = T>, first: T) -> (Vec<T>, Vec<u32>) {
    let mut sorted: Vec<(T, usize)> = values.zip(0..).collect();
    sorted.sort_unstable();
    let (mut different, mut rows) = (vec![first], vec![0; sorted.len()]);
    for same in sorted.chunk_by(|a, b| a.0 == b.0) {
        if same[0].0 != first {
            different.push(same[0].0);
        }
        for (_, place) in same {
            rows[*place] = different.len() as u32 - 1;
        }
    }
    (different, rows)
}

/// Bytes that an index below `count` needs.
fn width(count: usize) -> usize {
    match count {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 3,
    }
}

/// The head, a zero byte, the lowest bytes of all rows, the next ones.
fn write(head: &[u8], rows: &[u32], width: usize) -> Result<Vec<u8>> {
    let mut bytes = head.to_vec();
    bytes.push(0);
    for byte in 0..width {
        bytes.extend(rows.iter().map(|row| (row >> (8 * byte)) as u8));
    }
    deflate(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::deflate::inflate;
    use serde::Deserialize;

    /// A facet's column.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    struct FacetColumn {
        /// Ids and names, sorted by id.
        values: Vec<(String, String)>,
        /// The sets of values that occur; the first is empty.
        sets: Vec<Vec<u32>>,
        /// For each document the index of its set.
        rows: Vec<u32>,
    }

    /// A range's column: closing days, or salaries from and to.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    struct RangeColumn {
        /// The ranges that occur, sorted; the first stands for none.
        ranges: Vec<(i64, i64)>,
        /// For each document the index of its range.
        rows: Vec<u32>,
    }

    #[derive(Deserialize)]
    struct FacetHead(Vec<(String, String)>, Vec<Vec<u32>>, usize);

    #[derive(Deserialize)]
    struct RangeHead(Vec<(i64, i64)>, usize);

    /// Reads a facet's column. `None` when it is broken.
    fn decode_facet(bytes: &[u8], documents: usize) -> Option<FacetColumn> {
        let (head, rows) = split(bytes)?;
        let FacetHead(values, sets, width) = serde_json::from_slice(&head).ok()?;
        let rows = read(&rows, width, documents, sets.len())?;
        let known = sets
            .iter()
            .flatten()
            .all(|value| (*value as usize) < values.len());
        known.then_some(FacetColumn { values, sets, rows })
    }

    /// Reads a range's column. `None` when it is broken.
    fn decode_range(bytes: &[u8], documents: usize) -> Option<RangeColumn> {
        let (head, rows) = split(bytes)?;
        let RangeHead(ranges, width) = serde_json::from_slice(&head).ok()?;
        let rows = read(&rows, width, documents, ranges.len())?;
        Some(RangeColumn { ranges, rows })
    }

    fn split(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut head = inflate(bytes)?;
        let end = head.iter().position(|byte| *byte == 0)?;
        let rows = head.split_off(end + 1);
        head.pop();
        Some((head, rows))
    }

    fn read(bytes: &[u8], width: usize, documents: usize, limit: usize) -> Option<Vec<u32>> {
        if !(1..=3).contains(&width) || bytes.len() != documents.checked_mul(width)? {
            return None;
        }
        let row = |index: usize| {
            (0..width).fold(0, |row, byte| {
                row | u32::from(bytes[byte * documents + index]) << (8 * byte)
            })
        };
        let rows: Vec<u32> = (0..documents).map(row).collect();
        rows.iter()
            .all(|row| (*row as usize) < limit)
            .then_some(rows)
    }

    #[test]
    fn a_facet_column_is_read_as_it_was_written() {
        let value = |id: &str| FacetValue::new("unit", id, &format!("名{id}"));
        let documents = [
            vec![value("b"), value("a")],
            vec![],
            vec![value("a")],
            vec![value("a"), value("b")],
        ];
        let column = decode_facet(
            &encode_facet(documents.iter().map(Vec::as_slice)).expect("bytes"),
            4,
        )
        .expect("column");
        let name = |id: &str| (id.to_owned(), format!("名{id}"));
        assert_eq!(column.values, [name("a"), name("b")]);
        let ids: Vec<&[u32]> = column
            .rows
            .iter()
            .map(|row| column.sets[*row as usize].as_slice())
            .collect();
        assert_eq!(ids, [&[0, 1][..], &[], &[0], &[0, 1]]);
        assert_eq!(
            decode_facet(
                &encode_facet(documents.iter().map(Vec::as_slice)).expect("bytes"),
                5
            ),
            None
        );
    }

    #[test]
    fn a_range_column_is_read_as_it_was_written() {
        let documents: Vec<Option<(i64, i64)>> = (0..700)
            .map(|day| (day % 3 > 0).then_some((day, day)))
            .collect();
        let column = decode_range(
            &encode_range(documents.iter().copied()).expect("bytes"),
            700,
        )
        .expect("column");
        for (row, document) in column.rows.iter().zip(&documents) {
            assert_eq!((*row > 0).then(|| column.ranges[*row as usize]), *document);
        }
    }
}
