//! Aggregates that collect values: texts, arrays, JSON.

use super::{NotNested, statistics::aggregates};
use crate::{
    Json,
    dialect::{ArrayAggregates, Dialect, OrderedJsonAggregates},
    expr::{
        Absent, Args, CheckedOperation, Expr, ExprIn, IntoExpr, IsNotNull, Level, NoKeys, Node, NullExpr as _,
        Operation, OrderKeys, Render, Spelling, Textual, Types, Words, node::operation,
    },
    query::GroupedBy,
    render::Fragment,
    table::{No, Yes},
    value::{ArrayElement, NotNull, Nullable, Nullness, SqlValue, Value},
};

operation!(
    /// ` ORDER BY ..`, inside of an aggregate.
    AggregateOrder -> bool, never, Atom, Words::Around { open: " ORDER BY ", between: ", ", close: "" }
);

/// What stands between two texts: where a dialect says it.
#[derive(Debug, Clone, Copy)]
pub struct Separator {
    text: &'static str,
    /// Whether this is the place after the order.
    is_last: bool,
}

impl Expr for Separator {
    type Base = String;
    type Aggregates = No;
    type Quotient = Nullable;
}

impl<S> ExprIn<S, ()> for Separator {
    type Null = NotNull;
}

impl<D: Dialect> Render<D> for Separator {
    fn render(self, out: &mut Fragment) {
        match D::SYNTAX.spelling.separator_clause {
            Some(clause) if self.is_last => out.write(|sql| clause(sql, self.text)),
            None if !self.is_last => {
                out.sql(", ");
                // A literal, as MySQL takes nothing else.
                out.write(|sql| (D::SYNTAX.literal)(sql, &Value::Text(self.text.to_owned())));
            }
            _ => {}
        }
    }
}

#[diagnostic::do_not_recommend]
impl IntoExpr for Separator {
    type Expr = Self;

    fn into_expr(self) -> Self {
        self
    }
}

impl<K> GroupedBy<K, ()> for Separator {}

aggregates! {
    /// `string_agg(..)`, `group_concat(..)`
    StringAgg, |D| Words::Around { open: D::SYNTAX.spelling.string_agg, between: "", close: ")" };
    /// `array_agg(..)` of what is not NULL.
    ArrayAgg needs ArrayAggregates, |D| Words::Each(&["array_agg(", "", ") FILTER (WHERE ", ")"]);
    /// `jsonb_agg(..)`, `json_group_array(..)`, `json_arrayagg(..)`
    JsonAgg, |D| Words::Around { open: D::SYNTAX.spelling.json_agg, between: "", close: ")" };
    /// The same with an order.
    OrderedJsonAgg needs OrderedJsonAggregates, |D| Words::Around { open: D::SYNTAX.spelling.json_agg, between: "", close: ")" };
}

/// A type of values that are the same in JSON on every database.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not collected as JSON: databases write it in different ways",
    label = "only integers, `f64` and `String` are"
)]
pub trait JsonElement: SqlValue {}

macro_rules! json_elements {
    ($($ty:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl JsonElement for $ty {}
    )*};
}

json_elements!(i16, i32, i64, f64, String);

type Collected<F, E, O> = Node<F, (E, O)>;
type Texts<E, O> = Node<StringAgg<String>, (E, Separator, O, Separator)>;
type Array<E, O> = Node<ArrayAgg<Vec<<E as Expr>::Base>>, (E, O, Node<IsNotNull, (E,)>)>;

const fn absent() -> Absent {
    Node::new(NoKeys, ())
}

/// Aggregates that collect values. They are `Option`: of no rows they are NULL (`json_agg` on SQLite is an empty list).
///
/// ```
/// use mizzle::prelude::*;
/// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, city: String, name: String }
/// let query = User::query::<Sqlite>()
///     .group_by(User::city)
///     .select((User::city, User::name.string_agg(", ").order_by(User::name), User::id.json_agg()));
/// assert_eq!(
///     query.to_sql().sql,
///     concat!(
///         r#"SELECT "users"."city", string_agg("users"."name", ', ' ORDER BY "users"."name"), json_group_array("users"."id") "#,
///         r#"FROM "users" GROUP BY "users"."city""#,
///     )
/// );
/// ```
pub trait CollectExpr: Expr + IntoExpr {
    /// `string_agg(x, separator)`, `group_concat(x SEPARATOR separator)`: all texts in one; `.order_by(..)` sorts them.
    /// MySQL cuts the text after `group_concat_max_len` bytes, 1024 unless set otherwise; MariaDB after a megabyte.
    fn string_agg(self, separator: &'static str) -> Texts<Self, Absent>
    where
        Self::Base: Textual,
    {
        let separator = |is_last| Separator { text: separator, is_last };
        Node::new(StringAgg::new(), (self, separator(false), absent(), separator(true)))
    }

    /// `array_agg(x)`: all values but NULL; `.order_by(..)` sorts them. PostgreSQL has it.
    ///
    /// ```
    /// # #[cfg(feature = "postgres")] {
    /// use mizzle::prelude::*;
    /// # #[derive(Table)] #[table(name = "users")] struct User { #[column(primary_key)] id: i64, name: String }
    /// let query = User::query::<Postgres>().select(User::name.array_agg().order_by(User::id.desc()));
    /// assert_eq!(
    ///     query.to_sql().sql,
    ///     r#"SELECT array_agg("users"."name" ORDER BY "users"."id" DESC) FILTER (WHERE "users"."name" IS NOT NULL) FROM "users""#
    /// );
    /// # }
    /// ```
    fn array_agg(self) -> Array<Self, Absent>
    where
        Self: Clone,
        Self::Base: ArrayElement,
    {
        Node::new(ArrayAgg::new(), (self.clone(), absent(), self.is_not_null()))
    }

    /// `jsonb_agg(x)`, `json_group_array(x)`, `json_arrayagg(x)`: all values as a JSON array, NULLs among them.
    /// `.order_by(..)` sorts them, but on MySQL.
    fn json_agg(self) -> Collected<JsonAgg<Json<Vec<Option<Self::Base>>>>, Self, Absent>
    where
        Self::Base: JsonElement,
        Json<Vec<Option<Self::Base>>>: SqlValue,
    {
        Node::new(JsonAgg::new(), (self, absent()))
    }
}

impl<E: Expr + IntoExpr> CollectExpr for E {}

impl<E> Texts<E, Absent> {
    /// Sorts the texts.
    pub fn order_by<K: OrderKeys<L>, L>(self, keys: K) -> Texts<E, Node<AggregateOrder, L>> {
        let (text, before, _, after) = self.args;
        Node::new(StringAgg::new(), (text, before, Node::new(AggregateOrder, keys.keys()), after))
    }
}

impl<T, E, N> Node<ArrayAgg<T>, (E, Absent, N)> {
    /// Sorts the values.
    pub fn order_by<K: OrderKeys<L>, L>(self, keys: K) -> Node<ArrayAgg<T>, (E, Node<AggregateOrder, L>, N)> {
        let (value, _, is_some) = self.args;
        Node::new(ArrayAgg::new(), (value, Node::new(AggregateOrder, keys.keys()), is_some))
    }
}

impl<T, E> Node<JsonAgg<T>, (E, Absent)> {
    /// Sorts the values. SQLite, PostgreSQL and MariaDB have it.
    pub fn order_by<K: OrderKeys<L>, L>(self, keys: K) -> Node<OrderedJsonAgg<T>, (E, Node<AggregateOrder, L>)> {
        Node::new(OrderedJsonAgg::new(), (self.args.0, Node::new(AggregateOrder, keys.keys())))
    }
}
