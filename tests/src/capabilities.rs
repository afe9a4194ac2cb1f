//! What each dialect has, as tests ask for it: `#[needs(InsertReturning)]`.

/// Takes the table apart: for each dialect its names with `yes` or `no`.
macro_rules! table {
    ($d:tt $($name:ident $sqlite:ident $postgres:ident $mysql:ident $mariadb:ident)*) => {
        /// Defines `when!` and `capabilities()` for the tests of a dialect. Not the dialect but the pool decides
        /// whether there are connections and transactions of sqlx that run queries, or mizzle's own.
        #[macro_export]
        macro_rules! capabilities {
            (Sqlite) => { $crate::define! { $d $($name $sqlite)* SqlxConnections no OwnPool yes } };
            (SqliteOnSqlx) => { $crate::define! { $d $($name $sqlite)* SqlxConnections yes OwnPool no } };
            (Postgres) => { $crate::define! { $d $($name $postgres)* SqlxConnections yes OwnPool no } };
            (MySql) => { $crate::define! { $d $($name $mysql)* SqlxConnections yes OwnPool no } };
            (MariaDb) => { $crate::define! { $d $($name $mariadb)* SqlxConnections no OwnPool no } };
        }
    };
}

// Above the line: `mizzle::dialect::FEATURES`. Below: what only tests ask for. `tests/suite/capabilities.rs` compares with
// mizzle and asks the database.
table! { $
    //               SQLite PostgreSQL MySQL MariaDB
    InsertReturning     yes yes no  yes
    UpdateReturning     yes yes no  no
    DeleteReturning     yes yes no  yes
    InsertId            yes no  yes yes
    OnConflict          yes yes no  no
    OnConstraint        no  yes no  no
    OnDuplicateKey      no  no  yes yes
    InsertIgnore        no  no  yes yes
    Replace             yes no  yes yes
    FullJoin            yes yes no  no
    Lateral             no  yes yes no
    MaterializedCtes    yes yes no  no
    WritingCtes         no  yes no  no
    Ilike               no  yes no  no
    SimilarTo           no  yes no  no
    Glob                yes no  no  no
    DistinctOn          no  yes no  no
    RowLocks            no  yes yes yes
    LocksOfTables       no  yes yes no
    LimitedWrites       no  no  yes yes
    DeleteUsing         no  yes yes yes
    IndexHints          no  no  yes yes
    QuantifiedComparisons no yes yes yes
    SetsWithRepeats     no  yes yes yes
    PartialIndexes      yes yes no  no
    LagDefault          yes yes yes no
    GroupsFrames        yes yes no  no
    FrameExclusion      yes yes no  no
    Rollup              no  yes yes yes
    Cube                no  yes no  no
    GroupingSets        no  yes no  no
    HavingKeyExpressions yes yes no no
    KeyExpressionParts  yes yes no  yes
    TotalKeyParts       no  yes no  no
    TotalsInWindows     no  yes yes no
    GroupingFunction    no  yes yes no
    SortedTotals        no  yes yes no
    Statistics          no  yes yes yes
    BitAggregates       no  yes yes yes
    OrderedSetAggregates no yes no  no
    ArrayAggregates     no  yes no  no
    OrderedJsonAggregates yes yes no yes
    ArrayOperators      no  yes no  no
    // ----
    // Levels of isolation, and transactions that only read.
    IsolationLevels     no  yes yes yes
    Decimals            no  yes yes yes
    // `u64`.
    Unsigned64          no  no  yes yes
    Sqlite              yes no  no  no
    Postgres            no  yes no  no
    MySql               no  no  yes no
    MariaDb             no  no  no  yes
    // A division by zero is NULL, not an error.
    NullQuotients       yes no  yes yes
    LikeIgnoresCase     yes no  no  no
    // An UPDATE reads all columns before it writes any.
    SimultaneousSet     yes yes no  no
    // A connection goes on after a query was dropped half-way.
    SurvivesDrops       yes yes no  no
    // All values of 16 bytes as UUIDs, not only those of the standard.
    AnyUuid             yes yes yes no
    Infinities          yes yes no  no
    Nan                 no  yes no  no
    // Text in which a character is NUL.
    NulInText           yes no  yes yes
    // Names with all characters of Unicode, and a space at the end.
    AnyName             yes yes no  no
    // A key that is an expression can stand in HAVING and in other expressions.
    KeyExpressions      yes yes no  no
    TransactionalDdl    yes yes no  no
}

/// Writes the macro that keeps or drops items.
#[doc(hidden)]
#[macro_export]
macro_rules! define {
    (@yes) => { true };
    (@no) => { false };
    ($d:tt $($name:ident $has:ident)*) => {
        /// Keeps what follows where the dialect has these capabilities; `#[needs(..)]` becomes this.
        macro_rules! when {
            $(
                ($name $d($d rest:tt)*) => { when! { @$has $d($d rest)* } };
                (! $name $d($d rest:tt)*) => { when! { @not $has $d($d rest)* } };
            )*
            (@yes , $d($d rest:tt)*) => { when! { $d($d rest)* } };
            (@yes ; $d($d item:tt)*) => { $d($d item)* };
            (@not no $d($d rest:tt)*) => { when! { @yes $d($d rest)* } };
            (@no $d($d rest:tt)*) => {};
            (@not yes $d($d rest:tt)*) => {};
        }

        /// Whether the dialect has a capability.
        macro_rules! has {
            $(($name) => { $crate::define!(@$has) };)*
        }

        /// The names of all capabilities, and those that `when!` keeps.
        fn capabilities() -> [Vec<&'static str>; 2] {
            let all = vec![$(stringify!($name)),*];
            let mut kept = Vec::new();
            $(when! { $name; kept.push(stringify!($name)); })*
            [all, kept]
        }
    };
}
