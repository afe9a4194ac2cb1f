//! A cursor as a text that others keep.

use std::{fmt, str::FromStr};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Written, encode};
use crate::{Error, hash, value::Value};

const FOREIGN: &str = "this cursor is not of this query";

/// A place in a query as a text that fits into a URL: [`Page::next_cursor`](super::Page::next_cursor) makes it,
/// [`Keyset::after`](super::Keyset::after) takes it.
///
/// It knows by which keys, in which directions, its query is paged; to a query with other keys it is an
/// [`Error::Cursor`]. It holds the values of the keys for everybody to read, and who makes one up gets another page of the
/// same query, no more.
///
/// ```
/// use mizzle::query::Cursor;
/// assert!("~".parse::<Cursor>().is_err());
/// assert!("".parse::<Cursor>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Of the keys and the values together.
    tag: u64,
    values: Vec<u8>,
}

impl Cursor {
    pub(super) fn new(keys: u64, values: &[Value]) -> Self {
        let values = encode::values(values);
        Cursor { tag: hash::and(keys, &values), values }
    }

    /// What cursors of these keys have in common.
    pub(super) fn identity(keys: &[Written]) -> u64 {
        keys.iter().fold(hash::and(hash::EMPTY, b"mizzle cursor 1"), |before, key| key.hash(before))
    }

    /// The values of these keys.
    pub(super) fn values(&self, keys: &[Written]) -> Result<Vec<Value>, &'static str> {
        if hash::and(Self::identity(keys), &self.values) != self.tag {
            return Err(FOREIGN);
        }
        encode::read(&self.values, keys.iter().map(|key| key.data_type)).ok_or(FOREIGN)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.tag.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.values);
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({self})")
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = Error::Cursor { reason: "this is not a cursor" };
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(text) else { return Err(malformed) };
        match bytes.split_first_chunk() {
            Some((tag, values)) => Ok(Cursor { tag: u64::from_be_bytes(*tag), values: values.to_vec() }),
            None => Err(malformed),
        }
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
