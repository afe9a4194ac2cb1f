//! What MySQL and MariaDB store for each type, in their own words.

use mizzle_tests::{Result, TestDatabase as _};

use crate::{Db, suite::round_trips::Sample};

pub(crate) async fn check(_db: &Db, _sample: &Sample) -> Result {
    Ok(())
}
