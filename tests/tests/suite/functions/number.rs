//! Functions on numbers.

use super::*;

#[tokio::test]
async fn functions_on_numbers() -> Result {
    let db = sample().await?;
    let mut calls = Calls::of("Numbers");
    let (number, small, float) = (Sample::number, Sample::small, Sample::float);
    check! { calls, db:
        float.abs() => 2.5;
        (-number).abs() => 12;
        float.sign() => -1;
        number.sign() => 1;
        value(0_i32).sign() => 0;
        value(2.345_f64).round(2) => 2.35;
        number.bitwise_and(10) => 8;
        number.bitwise_and(-1_i64) => 12;
        value(-12_i64).bitwise_and(-1_i64) => -12;
        number.bitwise_or(3) => 15;
        value(-12_i64).bitwise_or(1_i64) => -11;
        small.bitwise_and(4) => 4;
        small.bitwise_not() => -6;
        number.bitwise_not() => -13;
        number.shift_left(2) => 48;
        value(-1_i64).shift_left(1) => -2;
    }
    let random = random();
    calls.note(&random);
    let found = Sample::query().select(random).fetch_one(&db).await?;
    assert!((0.0..1.0).contains(&found), "{found}");
    when! { OnConflict;
        check! { calls, db:
            number.shift_right(2) => 3;
            value(-8_i64).shift_right(1) => -4;
        }
    }
    when! { !Sqlite;
        check! { calls, db:
            float.ceil() => -2.0;
            float.floor() => -3.0;
            float.trunc() => -2.0;
            value(2.5_f32).floor() => 2.0;
            number.power(2.0) => Some(144.0);
            number.sqrt() => Some(12_f64.sqrt());
            value(100_i64).log10() => Some(2.0);
            value(8_i64).log2() => Some(3.0);
            value(0.0_f64).exp() => 1.0;
            value(1.0_f64).ln() => Some(0.0);
            value(180.0_f64).radians() => std::f64::consts::PI;
            value(0.0_f64).sin() => 0.0;
            value(0.0_f64).cos() => 1.0;
            value(0.0_f64).tan() => 0.0;
            value(1.0_f64).asin() => Some(std::f64::consts::FRAC_PI_2);
            value(1.0_f64).acos() => Some(0.0);
            value(1.0_f64).atan() => std::f64::consts::FRAC_PI_4;
            value(1.0_f64).atan2(1.0) => std::f64::consts::FRAC_PI_4;
            number.bitwise_xor(10) => 6;
            value(-1_i64).bitwise_xor(1_i64) => -2;
        }
        let (degrees, pi) = (value(std::f64::consts::PI).degrees(), pi());
        calls.note(&degrees);
        calls.note(&pi);
        let found = Sample::query().select((degrees, pi)).fetch_one(&db).await?;
        assert!((found.0 - 180.0).abs() < 1e-9 && (found.1 - std::f64::consts::PI).abs() < 1e-5, "{found:?}");
        let decimal: rust_decimal::Decimal = "-2.75".parse()?;
        check! { calls, db:
            value(decimal).ceil() => "-2".parse()?;
            value(decimal).trunc() => "-2".parse()?;
        }
    }
    when! { Postgres;
        check! { calls, db:
            value(8_i64).cbrt() => 2.0;
            number.width_bucket(0.0, 20.0, 4) => 3;
        }
    }
    when! { !Sqlite, !Postgres;
        check! { calls, db:
            value(-1.0_f64).sqrt() => None;
            value(0.0_f64).ln() => None;
            value(2.0_f64).acos() => None;
            value(1_234_567.891_f64).format_number(1) => "1,234,567.9";
        }
    }
    calls.finish();
    Ok(())
}
