//! Every program in `fail/` is refused, in the words beside it.

#[test]
fn invalid_queries_do_not_compile() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}
