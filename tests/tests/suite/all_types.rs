//! A table with a column of each of some types, and two that lead to it.

/// Declares the table, and what makes rows and compares them: for each type a column, one that can also be NULL, and
/// a list, where there are lists of it.
macro_rules! all_types {
    ($(#[$meta:meta])* $($name:ident $maybe:ident $($list:ident)?: $ty:ty = $strategy:expr;)+) => {
        #[derive(mizzle::prelude::Table, Debug, Clone, PartialEq)]
        #[table(name = "sample", insert = NewSample)]
        $(#[$meta])*
        pub(crate) struct Sample {
            #[column(primary_key, auto_increment)]
            pub(crate) id: i64,
            $(pub(crate) $name: $ty, pub(crate) $maybe: Option<$ty>, $(pub(crate) $list: Vec<$ty>,)?)+
        }

        /// What leads to leaves, which lead to samples.
        #[derive(mizzle::prelude::Table, Debug, Clone, PartialEq)]
        #[table(has_many(leaves = Leaf::branch_id))]
        $(#[$meta])*
        pub(crate) struct Branch {
            #[column(primary_key)]
            id: i64,
        }

        #[derive(mizzle::prelude::Table, Debug, Clone, PartialEq)]
        $(#[$meta])*
        pub(crate) struct Leaf {
            #[column(primary_key, references = Sample::id, relation = sample)]
            id: i64,
            #[column(references = Branch::id)]
            branch_id: i64,
        }

        /// Reads the same row through two relations, of one row and of all, and its columns: as it is by itself.
        async fn assert_same_when_loaded(db: &$crate::Db, sample: &Sample) -> mizzle_tests::Result {
            use $crate::suite::strategies::same;
            let id = sample.id;
            Branch::insert().values((Branch::id.set(id),)).execute(db).await?;
            Leaf::insert().values((Leaf::id.set(id), Leaf::branch_id.set(id))).execute(db).await?;
            let branches = Branch::query().with(Branch::leaves().with(Leaf::sample())).filter(Branch::id.eq(id));
            let expected = (Branch { id }, vec![(Leaf { id, branch_id: id }, sample.clone())]);
            let one = branches.clone().fetch_one(db).await?;
            assert!(same(&one, &expected), "{one:?} {expected:?}");
            let all = branches.fetch_all(db).await?;
            assert!(same(&all, &vec![expected]), "{all:?} {sample:?}");
            // Lists are not among what PostgreSQL finds at once.
            when! { Postgres; $(
                let columns = Leaf::sample().select((Sample::$name, Sample::$maybe));
                let found = Branch::query().filter(Branch::id.eq(id)).with(Branch::leaves().with(columns));
                let (_, leaves) = found.fetch_one(db).await?;
                assert!(same(&leaves[0].1, &(sample.$name.clone(), sample.$maybe.clone())), "{leaves:?} {sample:?}");
            )+ }
            Ok(())
        }

        /// A row, column by column, since a tuple of strategies ends too early.
        fn samples() -> impl proptest::strategy::Strategy<Value = NewSample> {
            use proptest::{prelude::*, strategy::ValueTree as _, test_runner::*};
            any::<[u8; 32]>().prop_filter_map("no such value", |seed| {
                let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
                let mut runner = TestRunner::new_with_rng(Config::default(), rng);
                Some(NewSample {
                    id: None,
                    $(
                        $name: $strategy.new_tree(&mut runner).ok()?.current(),
                        $maybe: proptest::option::of($strategy).new_tree(&mut runner).ok()?.current(),
                        $($list: proptest::collection::vec($strategy, 0..4).new_tree(&mut runner).ok()?.current(),)?
                    )+
                })
            })
        }

        /// Compares each field of what was written with what was read.
        fn assert_same(written: &NewSample, read: &Sample) {
            use $crate::suite::strategies::same;
            $(
                assert!(same(&written.$name, &read.$name), "{:?} {:?}", written.$name, read.$name);
                assert!(same(&written.$maybe, &read.$maybe), "{:?} {:?}", written.$maybe, read.$maybe);
                $(assert!(same(&written.$list, &read.$list), "{:?} {:?}", written.$list, read.$list);)?
            )+
        }
    };
}
pub(crate) use all_types;
