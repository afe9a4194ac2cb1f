// What the cases on a server share.

/// Runs a program: given the address of a server, and a name for what it creates there.
fn execute_on_server(variable: &str, default: &str, program: impl AsyncFnOnce(&str, &str) -> Result<(), Error>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let url = std::env::var(variable).unwrap_or(default.to_owned());
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time after 1970");
    // As the integration tests name theirs, so that what a failure leaves behind is found and dropped.
    let name = format!("mizzle_test_{}_{}_{}", now.as_secs(), std::process::id(), now.subsec_nanos());
    let result = runtime.block_on(program(&url, &name));
    result.expect("a program that compiles also runs: is the server there? `scripts/databases start`");
}
