//! Text from a driver, which is mostly short and ASCII.

/// The text that these bytes are.
///
/// The standard library goes byte by byte until it is aligned, which for most values of a database is to their end.
#[inline]
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    if !is_ascii(bytes) {
        return std::str::from_utf8(bytes).ok();
    }
    // SAFETY: each byte is below 128, and such a byte is a character of UTF-8 by itself.
    Some(unsafe { std::str::from_utf8_unchecked(bytes) })
}

/// Whether no byte has its highest bit.
#[inline]
fn is_ascii(bytes: &[u8]) -> bool {
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().fold(0, |bits, word| bits | u64::from_ne_bytes(*word));
    let rest = rest.iter().fold(0, |bits, byte| bits | byte);
    (words & 0x8080_8080_8080_8080) == 0 && rest < 0x80
}

#[cfg(test)]
mod tests {
    use super::text;

    /// Miri runs this one.
    #[test]
    fn is_what_the_standard_library_says() {
        for length in [0, 1, 7, 8, 9, 17] {
            let plain = vec![b'a'; length];
            assert_eq!(text(&plain), std::str::from_utf8(&plain).ok());
            for place in 0..length {
                for byte in [0x00, 0x7f, 0x80, 0xc3, 0xff] {
                    let mut bytes = plain.clone();
                    bytes[place] = byte;
                    assert_eq!(text(&bytes), std::str::from_utf8(&bytes).ok(), "{byte} at {place} of {length}");
                }
                let mut umlaut = plain.clone();
                umlaut.splice(place..=place, "ä".bytes());
                assert_eq!(text(&umlaut), std::str::from_utf8(&umlaut).ok(), "at {place} of {length}");
            }
        }
    }
}
