//! Statements as sqlx takes them.

use sqlx::{
    Encode, SqlStr, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo, types::Oid},
};

use crate::{
    Error,
    dialect::{
        Dialect as _, Postgres,
        postgres::{Encoded, encode, oid_of},
    },
    run::tag::TypeTag,
    value::Value,
};

pub(super) type Prepared = sqlx::query::Query<'static, sqlx::Postgres, PgArguments>;

pub(super) fn prepare(sql: SqlStr, values: &[Value]) -> Result<Prepared, Error> {
    Ok(sqlx::query_with(telling_types(sql, values), arguments(values)?))
}

fn telling_types(sql: SqlStr, values: &[Value]) -> SqlStr {
    if values.is_empty() {
        return sql;
    }
    let tag = values.iter().fold(TypeTag::default(), |tag, value| tag.and(&oid_of(value).to_be_bytes()));
    tag.append_to(&sql)
}

fn arguments(values: &[Value]) -> Result<PgArguments, Error> {
    // sqlx would call it an error of the protocol, as if the connection were to blame.
    let most = Postgres::SYNTAX.max_parameters;
    if values.len() > most {
        return Err(Error::encode(format!("{} parameters: a statement takes {most}", values.len())));
    }
    let mut arguments = PgArguments::default();
    sqlx::Arguments::reserve(&mut arguments, values.len(), values.len() * 12);
    for (index, value) in values.iter().enumerate() {
        sqlx::Arguments::add(&mut arguments, Parameter(value)).map_err(|error| ours(error).at_parameter(index + 1))?;
    }
    Ok(arguments)
}

/// The error that went through sqlx.
fn ours(error: BoxDynError) -> Error {
    match error.downcast::<Error>() {
        Ok(error) => *error,
        Err(error) => Error::encode(error.to_string()),
    }
}

/// A value that is bound by the number of its type.
struct Parameter<'v>(&'v Value);

impl Type<sqlx::Postgres> for Parameter<'_> {
    fn type_info() -> PgTypeInfo {
        // Never asked for: each value has its own.
        PgTypeInfo::with_oid(Oid(0))
    }
}

impl Encode<'_, sqlx::Postgres> for Parameter<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        match encode(self.0, buffer)? {
            Encoded::Null => Ok(IsNull::Yes),
            Encoded::Value => Ok(IsNull::No),
        }
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(PgTypeInfo::with_oid(Oid(oid_of(self.0))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wrong_parameter_is_named() {
        let error = arguments(&[Value::I64(1), Value::Text("\0".into())]).expect_err("NUL cannot be sent");
        assert_eq!(error.to_string(), "parameter 2: PostgreSQL text cannot hold NUL");
    }
}
