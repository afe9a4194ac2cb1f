//! The derive and `table!`, from the input's tokens to the output's.

mod block;
mod expansion;
mod messages;
