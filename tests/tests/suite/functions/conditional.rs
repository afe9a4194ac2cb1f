//! Functions that choose between values.

use super::*;

#[tokio::test]
async fn functions_that_choose() -> Result {
    let db = sample().await?;
    let mut calls = Calls::of("Conditional");
    check! { calls, db:
        Sample::nothing.coalesce("x") => "x";
        Sample::nothing.coalesce(Sample::nothing) => None;
        Sample::number.null_if(12) => None;
        Sample::number.null_if(13) => Some(12);
    }
    calls.finish();
    let mut calls = Calls::of("The largest and the smallest");
    check! { calls, db:
        Sample::number.greatest(13) => 13;
        Sample::number.greatest(Sample::id) => 12;
        Sample::number.least(13) => 12;
        Sample::number.least(5).greatest(Sample::id) => 5;
        Sample::day.greatest(day("2025-01-01")) => day("2025-01-01");
        Sample::text.least(Sample::nothing.coalesce("A")) => "A";
    }
    calls.finish();
    let grouped = Sample::query().group_by(Sample::number).select(Sample::number.greatest(Sample::id.count()));
    assert_eq!(grouped.fetch_one(&db).await?, 12);
    Ok(())
}
