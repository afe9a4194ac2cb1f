//! Queries and transactions on a driver's types.

/// Each type says how to get at its connection.
macro_rules! executors {
    ($dialect:ty: $(impl[$($lifetime:lifetime),*] for $ty:ty, |$this:ident| $connection:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($lifetime),*> $crate::run::Executor<$dialect> for $ty {
            fn fetch<'e, R: Send + 'static>(self, query: $crate::run::Query<$dialect, R>) -> impl ::futures_core::Stream<Item = Result<R, $crate::Error>> + Send + 'e
            where
                Self: 'e,
            {
                async_stream::try_stream! {
                    let $this = self;
                    let mut connection = $connection;
                    let end = {
                        let mut rows = ::std::pin::pin!(<$dialect as $crate::run::Driver>::fetch($crate::run::held::Held::<$dialect>::connection(&mut connection), query));
                        loop {
                            match ::futures_util::TryStreamExt::try_next(&mut rows).await {
                                Ok(Some(row)) => yield row,
                                Ok(None) => break Ok(()),
                                Err(error) => break Err(error),
                            }
                        }
                    };
                    $crate::run::held::Held::<$dialect>::is_free(&mut connection);
                    end?;
                }
            }

            async fn fetch_all<R: Send + 'static>(self, query: $crate::run::Query<$dialect, R>) -> Result<Vec<R>, $crate::Error> {
                let $this = self;
                let mut connection = $connection;
                let result = <$dialect as $crate::run::Driver>::fetch_all($crate::run::held::Held::<$dialect>::connection(&mut connection), query).await;
                $crate::run::held::Held::<$dialect>::is_free(&mut connection);
                result
            }

            async fn fetch_optional<R: Send + 'static>(self, query: $crate::run::Query<$dialect, R>) -> Result<Option<R>, $crate::Error> {
                let $this = self;
                let mut connection = $connection;
                let result = <$dialect as $crate::run::Driver>::fetch_optional($crate::run::held::Held::<$dialect>::connection(&mut connection), query).await;
                $crate::run::held::Held::<$dialect>::is_free(&mut connection);
                result
            }

            async fn execute(self, statement: $crate::render::Statement) -> Result<$crate::run::Done, $crate::Error> {
                let $this = self;
                let mut connection = $connection;
                let result = <$dialect as $crate::run::Driver>::execute($crate::run::held::Held::<$dialect>::connection(&mut connection), statement).await;
                $crate::run::held::Held::<$dialect>::is_free(&mut connection);
                result
            }

            async fn fetch_batch<R: Send + 'static>(self, queries: Vec<$crate::run::Query<$dialect, R>>) -> Result<Vec<R>, $crate::Error> {
                $crate::run::batch::fetch(self, queries).await
            }

            async fn execute_batch(self, statements: Vec<$crate::render::Statement>) -> Result<$crate::run::Done, $crate::Error> {
                $crate::run::batch::execute(self, statements).await
            }

            async fn snapshot<W: $crate::run::InSnapshot<$dialect>>(self, work: W) -> Result<W::Output, $crate::Error> {
                let $this = self;
                let mut connection = $connection;
                let begin = <$dialect as $crate::run::Driver>::snapshot();
                $crate::run::transaction::run::<$dialect, _, $crate::Error, _>(&mut connection, begin, async |tx| work.run(tx).await).await
            }

            async fn atomic<W: $crate::run::InSnapshot<$dialect>>(self, work: W) -> Result<W::Output, $crate::Error> {
                $crate::run::batch::atomic(self, work).await
            }
        }

        $crate::run::executors::transactions! { $dialect: impl[$($lifetime),*] for $ty, |$this| $connection; }
    )*};
}
pub(crate) use executors;

/// The same, for types that run queries in a way of their own.
macro_rules! transactions {
    ($dialect:ty: $(impl[$($lifetime:lifetime),*] for $ty:ty, |$this:ident| $connection:expr;)*) => {$(
        impl<$($lifetime),*> $crate::run::Transactions for $ty {
            type Dialect = $dialect;

            async fn transaction_with<T, E, F>(self, begin: impl $crate::run::BeginOf<$dialect>, work: F) -> Result<T, E>
            where
                E: From<$crate::Error>,
                F: AsyncFnOnce($crate::run::Tx<'_, $dialect>) -> Result<T, E>,
            {
                let begin = $crate::run::BeginOf::<$dialect>::begin(begin);
                let $this = self;
                let mut connection = $connection;
                $crate::run::transaction::run::<$dialect, T, E, F>(&mut connection, begin, work).await
            }
        }

        impl<$($lifetime),*> $crate::run::Retries for $ty {
            async fn retry_with<T, F>(
                self,
                retry: $crate::run::Retry,
                begin: impl $crate::run::BeginOf<$dialect>,
                work: F,
            ) -> Result<T, $crate::Error>
            where
                F: AsyncFnOnce($crate::run::Tx<'_, $dialect>) -> Result<T, $crate::Error> + Clone,
            {
                let begin = $crate::run::BeginOf::<$dialect>::begin(begin);
                let $this = self;
                let mut attempts = $crate::run::retry::Attempts::new(retry);
                loop {
                    // The connection is free during the pause.
                    let result = {
                        let mut connection = $connection;
                        let begin = begin.clone();
                        $crate::run::transaction::run::<$dialect, T, $crate::Error, F>(&mut connection, begin, work.clone()).await
                    };
                    match attempts.pause_after(&result) {
                        Some(pause) => ::tokio::time::sleep(pause).await,
                        None => return result,
                    }
                }
            }
        }
    )*};
}
pub(crate) use transactions;
