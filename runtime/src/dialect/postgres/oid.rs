//! The numbers of PostgreSQL's types, which never change.

use crate::value::{DataType, NativeType};

pub(super) const BOOL: u32 = 16;
pub(super) const BYTEA: u32 = 17;
pub(super) const NAME: u32 = 19;
pub(super) const INT8: u32 = 20;
pub(super) const INT2: u32 = 21;
pub(super) const INT4: u32 = 23;
pub(super) const TEXT: u32 = 25;
pub(super) const OID: u32 = 26;
pub(super) const JSON: u32 = 114;
pub(super) const XML: u32 = 142;
const CIDR: u32 = 650;
pub(super) const FLOAT4: u32 = 700;
pub(super) const FLOAT8: u32 = 701;
pub(super) const UNKNOWN: u32 = 705;
const MACADDR: u32 = 829;
const INET: u32 = 869;
pub(super) const BPCHAR: u32 = 1042;
pub(super) const VARCHAR: u32 = 1043;
pub(super) const DATE: u32 = 1082;
pub(super) const TIME: u32 = 1083;
pub(super) const TIMESTAMP: u32 = 1114;
pub(super) const TIMESTAMPTZ: u32 = 1184;
const INTERVAL: u32 = 1186;
pub(super) const NUMERIC: u32 = 1700;
pub(super) const UUID: u32 = 2950;
pub(super) const JSONB: u32 = 3802;
const TSVECTOR: u32 = 3614;
const TSQUERY: u32 = 3615;
const INT4RANGE: u32 = 3904;
const NUMRANGE: u32 = 3906;
const TSRANGE: u32 = 3908;
const TSTZRANGE: u32 = 3910;
const DATERANGE: u32 = 3912;
const INT8RANGE: u32 = 3926;

/// "Let the server find out", from the cast that stands at the placeholder.
pub(super) const UNSPECIFIED: u32 = 0;
/// No type of the server: of values in text format, which are not read.
pub(super) const TEXT_FORMAT: u32 = u32::MAX;

/// The type by which a value is bound.
pub(super) const fn of(data_type: DataType) -> u32 {
    match data_type {
        DataType::Bool => BOOL,
        DataType::I8 | DataType::I16 | DataType::U8 => INT2,
        DataType::I32 | DataType::U16 => INT4,
        DataType::I64 | DataType::U32 => INT8,
        DataType::U64 | DataType::Decimal => NUMERIC,
        DataType::F32 => FLOAT4,
        DataType::F64 => FLOAT8,
        DataType::Text => TEXT,
        DataType::Bytes => BYTEA,
        DataType::Date => DATE,
        DataType::Time => TIME,
        DataType::DateTime => TIMESTAMP,
        DataType::Timestamp => TIMESTAMPTZ,
        DataType::Uuid => UUID,
        DataType::Json => JSONB,
        DataType::JsonText => JSON,
        DataType::Enum(_) => UNSPECIFIED,
        DataType::Array(element) => array_of(*element),
        DataType::Native(native) => of_native(native),
    }
}

/// The type of an element of an array that is bound.
pub(super) const fn of_element(element: DataType) -> u32 {
    match element {
        DataType::Enum(_) => TEXT,
        other => of(other),
    }
}

pub(super) const fn of_native(native: NativeType) -> u32 {
    match native {
        NativeType::Interval => INTERVAL,
        NativeType::Inet => INET,
        NativeType::Cidr => CIDR,
        NativeType::MacAddr => MACADDR,
        NativeType::TextWords => TSVECTOR,
        NativeType::TextSearch => TSQUERY,
        NativeType::Range(DataType::I32) => INT4RANGE,
        NativeType::Range(DataType::I64) => INT8RANGE,
        NativeType::Range(DataType::Decimal) => NUMRANGE,
        NativeType::Range(DataType::Date) => DATERANGE,
        NativeType::Range(DataType::DateTime) => TSRANGE,
        NativeType::Range(DataType::Timestamp) => TSTZRANGE,
        NativeType::Range(_) => UNSPECIFIED,
    }
}

/// The array whose elements are of the type.
const fn array_of(element: DataType) -> u32 {
    match of_element(element) {
        BOOL => 1000,
        BYTEA => 1001,
        INT2 => 1005,
        INT4 => 1007,
        TEXT => 1009,
        INT8 => 1016,
        FLOAT4 => 1021,
        FLOAT8 => 1022,
        TIMESTAMP => 1115,
        DATE => 1182,
        TIME => 1183,
        TIMESTAMPTZ => 1185,
        NUMERIC => 1231,
        UUID => 2951,
        JSON => 199,
        JSONB => 3807,
        INTERVAL => 1187,
        INET => 1041,
        CIDR => 651,
        MACADDR => 1040,
        TSVECTOR => 3643,
        TSQUERY => 3645,
        INT4RANGE => 3905,
        NUMRANGE => 3907,
        TSRANGE => 3909,
        TSTZRANGE => 3911,
        DATERANGE => 3913,
        INT8RANGE => 3927,
        _ => UNSPECIFIED,
    }
}
