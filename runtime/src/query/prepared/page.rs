//! A prepared page by keys.

use futures_util::{FutureExt as _, TryFutureExt as _};

use super::template::Template;
use crate::{
    Error,
    dialect::Dialect,
    query::{CursorValues, KeysetPage, Page, keyset::PagePlan},
    run::{BoxFuture, Decode, Executor, Query},
    value::Value,
};

/// A page by keys that is rendered: `A` is what each call gives it. See [`prepare`](super::prepare).
pub struct PreparedPage<D: Dialect, A, R, C> {
    page: Result<(Template, PagePlan), &'static str>,
    decode: Decode<D, (R, C)>,
    bind: fn(A) -> Vec<Value>,
}

impl<D: Dialect, A, R, C> Clone for PreparedPage<D, A, R, C> {
    fn clone(&self) -> Self {
        PreparedPage { page: self.page.clone(), ..*self }
    }
}

impl<D: Dialect, A, R, C> std::fmt::Debug for PreparedPage<D, A, R, C> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PreparedPage").field(&self.page.as_ref().map(|(template, _)| template)).finish()
    }
}

impl<D: Dialect, A, R, C> PreparedPage<D, A, R, C> {
    pub(super) fn new(page: KeysetPage<D, R, C>, bind: fn(A) -> Vec<Value>) -> Self {
        let decode = page.decode();
        let page = page.plan().map(|(statement, plan)| (Template::new(statement, D::SYNTAX), plan));
        PreparedPage { page, decode, bind }
    }
}

impl<D: Dialect, A, R: Send + 'static, C: CursorValues> PreparedPage<D, A, R, C> {
    /// The page.
    ///
    /// # Errors
    /// As [`KeysetPage::fetch`].
    pub fn fetch<'e, E: Executor<D> + 'e>(&self, executor: E, values: A) -> BoxFuture<'e, Result<Page<R, C>, Error>> {
        let (template, plan) = match &self.page {
            Ok((template, plan)) => (template, *plan),
            Err(reason) => return std::future::ready(Err(Error::Cursor { reason })).boxed(),
        };
        let query = Query::new(template.fill((self.bind)(values)), self.decode);
        Box::pin(executor.fetch_all(query).map_ok(move |found| plan.page(found)))
    }
}
