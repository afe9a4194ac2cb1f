//! `numeric` in binary: digits to the base of 10,000.
//!
//! The count of digits, the weight of the first one as a power of 10,000, the sign and the number of decimals to show,
//! in 16 bits each; then the digits.

const BASE: u128 = 10_000;
const POSITIVE: u16 = 0;
const NEGATIVE: u16 = 0x4000;
const NAN: u16 = 0xc000;
const INFINITY: u16 = 0xd000;
const NEGATIVE_INFINITY: u16 = 0xf000;

/// Writes an integer that is to be divided by ten as often as `scale` says.
pub(super) fn write(out: &mut Vec<u8>, negative: bool, mantissa: u128, scale: u16) {
    // Digits of ten thousand begin at the point, so that the decimals must fill a number of them.
    let padding = (4 - scale % 4) % 4;
    let mut rest = mantissa * 10_u128.pow(padding.into());
    let mut digits: Vec<u16> = Vec::with_capacity(10);
    while rest > 0 {
        digits.push((rest % BASE) as u16);
        rest /= BASE;
    }
    let weight = digits.len() as i16 - ((scale + padding) / 4) as i16 - 1;
    let first = digits.iter().take_while(|digit| **digit == 0).count();
    let digits = digits.get(first..).unwrap_or_default();
    let sign = if negative && mantissa > 0 { NEGATIVE } else { POSITIVE };
    out.extend_from_slice(&(digits.len() as u16).to_be_bytes());
    out.extend_from_slice(&if digits.is_empty() { 0 } else { weight }.to_be_bytes());
    out.extend_from_slice(&sign.to_be_bytes());
    out.extend_from_slice(&scale.to_be_bytes());
    for digit in digits.iter().rev() {
        out.extend_from_slice(&digit.to_be_bytes());
    }
}

/// A `numeric` as it was sent.
pub(super) struct Numeric<'r> {
    /// The count of digits, the weight, the sign, the number of decimals.
    head: [u16; 4],
    digits: &'r [[u8; 2]],
}

impl<'r> Numeric<'r> {
    pub(super) fn parse(bytes: &'r [u8]) -> Option<Self> {
        let (parts, []) = bytes.as_chunks() else {
            return None;
        };
        let (head, digits) = parts.split_first_chunk()?;
        let head = head.map(u16::from_be_bytes);
        (digits.len() == usize::from(head[0])).then_some(Numeric { head, digits })
    }

    const fn sign(&self) -> u16 {
        self.head[2]
    }

    fn digits(&self) -> impl Iterator<Item = u16> {
        self.digits.iter().map(|digit| u16::from_be_bytes(*digit))
    }

    /// The power of ten by which the digits, read as one integer, are to be multiplied.
    fn exponent(&self) -> i32 {
        4 * (i32::from(self.head[1] as i16) + 1 - self.digits.len() as i32)
    }

    /// The digits as one integer, if it is not too long and this is a number.
    fn mantissa(&self) -> Option<u128> {
        if !matches!(self.sign(), POSITIVE | NEGATIVE) {
            return None;
        }
        self.digits().try_fold(0_u128, |sum, digit| sum.checked_mul(BASE)?.checked_add(digit.into()))
    }

    /// As an integer, if it is one.
    pub(super) fn integer(&self) -> Option<i128> {
        let power = 10_u128.checked_pow(self.exponent().unsigned_abs());
        let mantissa = self.mantissa()?;
        let whole = match self.exponent() {
            0.. => mantissa.checked_mul(if mantissa == 0 { 1 } else { power? })?,
            _ => {
                let power = power?;
                (mantissa % power == 0).then_some(mantissa / power)?
            }
        };
        let whole = i128::try_from(whole).ok()?;
        Some(if self.sign() == NEGATIVE { -whole } else { whole })
    }

    /// The nearest float.
    pub(super) fn float(&self) -> Option<f64> {
        let sign = match self.sign() {
            POSITIVE => "",
            NEGATIVE => "-",
            NAN => return Some(f64::NAN),
            INFINITY => return Some(f64::INFINITY),
            NEGATIVE_INFINITY => return Some(f64::NEG_INFINITY),
            _ => return None,
        };
        // The standard library rounds a decimal text correctly.
        let mut text = format!("{sign}0");
        self.digits().for_each(|digit| text.push_str(&format!("{digit:04}")));
        text.push_str(&format!("e{}", self.exponent()));
        text.parse().ok()
    }

    /// As a decimal, if that is exact: an integer to be divided by ten as often as the second number says.
    #[cfg(feature = "rust_decimal")]
    pub(super) fn decimal(&self) -> Option<rust_decimal::Decimal> {
        let exponent = self.exponent();
        let decimals = u32::from(self.head[3]);
        let shift = if exponent > 0 { 10_u128.checked_pow(exponent.unsigned_abs())? } else { 1 };
        let mut mantissa = self.mantissa()?.checked_mul(shift)?;
        let mut scale = exponent.min(0).unsigned_abs();
        while scale > 0 && mantissa % 10 == 0 && (scale > decimals || !fits(mantissa, scale)) {
            mantissa /= 10;
            scale -= 1;
        }
        // As many decimals as PostgreSQL shows.
        while scale < decimals && fits(mantissa * 10, scale + 1) {
            mantissa *= 10;
            scale += 1;
        }
        let mantissa = fits(mantissa, scale).then(|| i128::try_from(mantissa).ok()).flatten()?;
        let signed = if self.sign() == NEGATIVE { -mantissa } else { mantissa };
        rust_decimal::Decimal::try_from_i128_with_scale(signed, scale).ok()
    }
}

/// Whether a decimal can have such an integer and so many decimals.
#[cfg(feature = "rust_decimal")]
const fn fits(mantissa: u128, scale: u32) -> bool {
    mantissa < 1 << 96 && scale <= 28
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(weight: i16, sign: u16, decimals: u16, digits: &[u16]) -> Vec<u8> {
        let head = [digits.len() as u16, weight as u16, sign, decimals];
        head.iter().chain(digits).flat_map(|part| part.to_be_bytes()).collect()
    }

    fn written(negative: bool, mantissa: u128, scale: u16) -> Vec<u8> {
        let mut out = Vec::new();
        write(&mut out, negative, mantissa, scale);
        out
    }

    #[test]
    fn is_written_as_the_server_writes_it() {
        assert_eq!(written(false, 0, 2), bytes(0, POSITIVE, 2, &[]));
        assert_eq!(written(true, 0, 0), bytes(0, POSITIVE, 0, &[]));
        assert_eq!(written(false, 1, 0), bytes(0, POSITIVE, 0, &[1]));
        assert_eq!(written(true, 123_456_789, 3), bytes(1, NEGATIVE, 3, &[12, 3456, 7890]));
        assert_eq!(written(false, 5, 5), bytes(-2, POSITIVE, 5, &[5000]));
        assert_eq!(written(false, 100_000_000, 0), bytes(2, POSITIVE, 0, &[1]));
    }

    #[test]
    fn an_integer_is_one_whatever_its_decimals() {
        let integer = |bytes: Vec<u8>| Numeric::parse(&bytes).and_then(|numeric| numeric.integer());
        assert_eq!(integer(written(true, 1200, 2)), Some(-12));
        assert_eq!(integer(written(false, u64::MAX.into(), 0)), Some(u64::MAX.into()));
        assert_eq!(integer(written(false, 1, 1)), None);
        assert_eq!(integer(written(false, 0, 9)), Some(0));
        assert_eq!(integer(bytes(2000, POSITIVE, 0, &[1])), None);
        assert_eq!(integer(bytes(0, NAN, 0, &[])), None);
        assert_eq!(integer(vec![0, 1]), None);
        assert_eq!(integer(bytes(0, POSITIVE, 0, &[1])[..9].to_vec()), None);
    }

    #[test]
    fn a_float_is_the_nearest() {
        let float = |bytes: Vec<u8>| Numeric::parse(&bytes).and_then(|numeric| numeric.float());
        assert_eq!(float(written(true, 1, 1)), Some(-0.1));
        assert_eq!(float(written(false, 9_007_199_254_740_993, 0)), Some(9_007_199_254_740_992.0));
        assert_eq!(float(bytes(200, POSITIVE, 0, &[1])), Some(f64::INFINITY));
        assert_eq!(float(bytes(0, POSITIVE, 3, &[])), Some(0.0));
        assert!(float(bytes(0, NAN, 0, &[])).is_some_and(f64::is_nan));
        assert_eq!(float(bytes(0, NEGATIVE_INFINITY, 0, &[])), Some(f64::NEG_INFINITY));
    }

    #[cfg(feature = "rust_decimal")]
    mod decimals {
        use proptest::prelude::*;
        use rust_decimal::Decimal;

        use super::*;

        fn read(bytes: &[u8]) -> Option<String> {
            Some(Numeric::parse(bytes)?.decimal()?.to_string())
        }

        #[test]
        fn are_exact_or_nothing() {
            assert_eq!(read(&bytes(0, POSITIVE, 2, &[1, 5000])).as_deref(), Some("1.50"));
            assert_eq!(read(&bytes(0, POSITIVE, 40, &[1])).as_deref(), Some("1.0000000000000000000000000000"));
            assert_eq!(read(&bytes(7, POSITIVE, 0, &[1])).as_deref(), Some("10000000000000000000000000000"));
            assert_eq!(read(&bytes(8, POSITIVE, 0, &[1])), None);
            assert_eq!(read(&bytes(-8, POSITIVE, 32, &[1])), None);
            assert_eq!(read(&bytes(2000, POSITIVE, 0, &[1])), None);
            assert_eq!(read(&bytes(0, NAN, 0, &[])), None);
        }

        proptest! {
            #[test]
            fn come_back(mantissa in 0_u128..1 << 96, negative: bool, scale in 0_u16..=28) {
                let sign = if negative { -1 } else { 1 };
                let decimal = Decimal::from_i128_with_scale(sign * mantissa as i128, scale.into());
                prop_assert_eq!(read(&written(negative, mantissa, scale)), Some(decimal.to_string()));
            }
        }
    }
}
