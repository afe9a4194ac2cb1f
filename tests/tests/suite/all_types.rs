//! A table with a column of each of some types.

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
