//! Full-text search: the words of a text, and what is searched for.

use super::native;
use crate::value::NativeType;

/// The words of a text in their basic form, each with its places: `tsvector` of PostgreSQL.
///
/// The database makes it of a text: [`to_tsvector`](crate::expr::to_tsvector), also in a generated column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TsVector {
    /// Each with its places and weights, as PostgreSQL encodes them.
    words: Vec<(String, Vec<u16>)>,
}

impl TsVector {
    /// The words, in the order of the database.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|(word, _)| &**word)
    }
}

/// What is searched for: `tsquery` of PostgreSQL. [`to_tsquery`](crate::expr::to_tsquery) and others make it of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TsQuery(Vec<u8>);

native! {
    TsVector as NativeType::TextWords, |vector| write(vector), |bytes| read(bytes);
    TsQuery as NativeType::TextSearch, |query| Ok::<_, String>(query.0), |bytes| Some(TsQuery(bytes.to_vec()));
}

fn write(vector: TsVector) -> Result<Vec<u8>, String> {
    let count = |count: usize| u32::try_from(count).map_err(|_| "too many words".to_owned());
    let mut bytes = count(vector.words.len())?.to_be_bytes().to_vec();
    for (word, places) in vector.words {
        bytes.extend(word.as_bytes());
        bytes.push(0);
        let count = u16::try_from(places.len()).map_err(|_| "too many places of a word".to_owned())?;
        bytes.extend(count.to_be_bytes());
        bytes.extend(places.into_iter().flat_map(u16::to_be_bytes));
    }
    Ok(bytes)
}

fn read(bytes: &[u8]) -> Option<TsVector> {
    let (count, mut rest) = bytes.split_first_chunk()?;
    let mut words = Vec::new();
    for _ in 0..u32::from_be_bytes(*count) {
        let end = rest.iter().position(|byte| *byte == 0)?;
        let word = std::str::from_utf8(&rest[..end]).ok()?.to_owned();
        let (count, after) = rest[end + 1..].split_first_chunk()?;
        let (places, after) = after.split_at_checked(2 * usize::from(u16::from_be_bytes(*count)))?;
        words.push((word, places.as_chunks().0.iter().map(|place| u16::from_be_bytes(*place)).collect()));
        rest = after;
    }
    rest.is_empty().then_some(TsVector { words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_went() {
        let words = vec![("cat".to_owned(), vec![3]), ("run".to_owned(), vec![1, 0xC002]), ("ä".to_owned(), vec![])];
        let vector = TsVector { words };
        let bytes = write(vector.clone()).expect("few words");
        assert_eq!(read(&bytes), Some(vector.clone()));
        assert_eq!(vector.words().collect::<Vec<_>>(), ["cat", "run", "ä"]);
        assert_eq!(read(&bytes[..bytes.len() - 1]), None);
    }
}
