//! Functions on text.

use super::*;

#[tokio::test]
async fn functions_on_text() -> Result {
    let db = sample().await?;
    let mut calls = Calls::of("Text");
    let text = Sample::text;
    check! { calls, db:
        value("aBc").lower() => "abc";
        value("aBc").upper() => "ABC";
        value("  a b ").trim() => "a b";
        value("  a b ").ltrim() => "a b ";
        value("  a b ").rtrim() => "  a b";
        text.length() => 13;
        text.octet_length() => 14;
        text.replace("n", "N") => "Äpfel, BirNeN";
        text.substring(2, 3) => "pfe";
        text.substring_from(8) => "Birnen";
        text.left(2) => "Äp";
        text.left(0) => "";
        text.left(99) => "Äpfel, Birnen";
        text.repeat(2) => "Äpfel, BirnenÄpfel, Birnen";
        text.repeat(0) => "";
        text.repeat(-1) => "";
        text.position("B") => 8;
        text.position("b") => 0;
        text.code_point() => Some(0xC4);
        value("").code_point() => None;
        value("😀").code_point() => Some(0x1_F600);
        text.left(2).hex() => "C38470";
        Sample::nothing.lower() => None;
        Sample::nothing.left(1) => None;
        Sample::nothing.repeat(2) => None;
        text.replace(Sample::nothing, "x") => None;
    }
    when! { Postgres;
        check! { calls, db:
            value("anna maria").initcap() => "Anna Maria";
            text.translate("Äe,", "AE") => "ApfEl BirnEn";
            text.split_part(", ", 2) => "Birnen";
            text.split_part(", ", 3) => "";
            value("29.02.2024").to_date("DD.MM.YYYY") => day("2024-02-29");
        }
    }
    when! { !Sqlite;
        check! { calls, db:
            text.right(3) => "nen";
            text.right(0) => "";
            value("ab").lpad(5, "xy") => "xyxab";
            value("ab").rpad(5, "xy") => "abxyx";
            value("abcdef").lpad(2, "x") => "ab";
            value("ab").lpad(-2, "x") => "";
            value("ab").rpad(-2, "x") => "";
            text.reverse() => "nenriB ,lefpÄ";
            value("abc").sha256() => "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        }
    }
    when! { !Sqlite, !Postgres;
        check! { calls, db:
            text.substring_index(", ", 1) => "Äpfel";
            text.substring_index(", ", -1) => "Birnen";
            value("29.02.2024 10:20").str_to_date("%d.%m.%Y %H:%i") => Some(moment("2024-02-29T10:20:00"));
            value("no date").str_to_date("%d.%m.%Y") => None;
            value("29.02.2023").str_to_date("%d.%m.%Y") => None;
        }
    }
    when! { !Sqlite, !MySql;
        check! { calls, db: value("abc").md5() => "900150983cd24fb0d6963f7d28e17f72"; }
    }
    when! { OnConflict;
        check! { calls, db:
            value("xyaxb").trim_chars("xy") => "axb";
            value("xaxb").ltrim_chars("xy") => "axb";
            value("axbyx").rtrim_chars("xy") => "axb";
        }
    }
    calls.finish();
    Ok(())
}

#[mizzle_tests::needs(SimilarTo)]
#[tokio::test]
async fn similar_to() -> Result {
    let db = sample().await?;
    let text = Sample::text;
    let row = Sample::query().select((text.similar_to("Ä(p|f)+%"), text.similar_to("B%"))).fetch_one(&db).await?;
    assert_eq!(row, (true, false));
    Ok(())
}

#[mizzle_tests::needs(Glob)]
#[tokio::test]
async fn glob() -> Result {
    let db = sample().await?;
    let text = Sample::text;
    let row = Sample::query().select((text.glob("?pfel*[a-n]"), text.glob("*b*"), Sample::nothing.glob("*")));
    assert_eq!(row.fetch_one(&db).await?, (true, false, None));
    Ok(())
}
