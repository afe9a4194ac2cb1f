//! Calling a closure that captures nothing, known by its type alone.
//!
//! A query remembers how to read its rows as a function pointer. The closure that `row!` writes is part of that
//! function's type; it holds no data, so a copy of it can be made from nothing.

/// Calls the closure of the type `F`.
pub(crate) fn call<F: Fn(A) -> R + Copy, A, R>(argument: A) -> R {
    const { assert!(size_of::<F>() == 0, "`row!` captures nothing") };
    // SAFETY: `F` has no bytes, so there is nothing to read, and a dangling pointer is valid for reads of no bytes.
    // A value of `F` exists or has existed: `map_row` takes one, and only it makes the type whose projection calls
    // this. `F` is `Copy`, so one more of it breaks no promise of ownership.
    let closure = unsafe { std::ptr::NonNull::<F>::dangling().read() };
    closure(argument)
}

#[cfg(test)]
mod tests {
    /// Miri runs this one.
    #[test]
    fn a_function_without_captures_is_called() {
        fn apply<F: Fn(i32) -> String + Copy>(_: F) -> String {
            super::call::<F, i32, String>(7)
        }
        assert_eq!(apply(|x| (x + 1).to_string()), "8");
    }
}
