//! Regular expressions.

#[mizzle_tests::needs(!Sqlite)]
#[tokio::test]
async fn regular_expressions() -> mizzle_tests::Result {
    use super::*;
    let db = sample().await?;
    let mut calls = Calls::of("Regular expressions");
    let text = Sample::text;
    check! { calls, db:
        text.matches("^Ä[a-z]+, B") => true;
        text.matches("birnen") => false;
        text.matches_insensitive("birnen$") => true;
        text.matches_insensitive("pears") => false;
        Sample::nothing.matches("a") => None;
        text.regexp_replace("[en]", "-") => "Äpf-l, Bir---";
        text.regexp_replace("B.", "") => "Äpfel, rnen";
        text.regexp_substr("B.r") => Some("Bir".to_owned());
        text.regexp_substr("(B).r") => Some("Bir".to_owned());
        text.regexp_substr("b.r") => None;
        text.regexp_instr("B.r") => 8;
        text.regexp_instr("b.r") => 0;
    }
    when! { Postgres;
        check! { calls, db: text.regexp_count("n") => 2; }
    }
    calls.finish();
    let groups = match D::KIND {
        mizzle::dialect::DialectKind::MySql => "$2$1",
        _ => "\\2\\1",
    };
    let turned = Sample::query().select(text.regexp_replace("^(.)(.)", groups)).fetch_one(&db).await?;
    assert_eq!(turned, "pÄfel, Birnen");
    Ok(())
}
