//! What the database says of itself.

use mizzle::expr;

use super::*;

#[tokio::test]
async fn the_database_says_what_it_is() -> Result {
    let db = sample().await?;
    let mut calls = Calls::of("System");
    let version = expr::version();
    calls.note(&version);
    let found = Sample::query().select(version).fetch_one(&db).await?;
    assert!(found.contains('.'), "{found}");
    when! { OnConflict;
        let name = Sample::text.type_name();
        calls.note(&name);
        assert_eq!(Sample::query().select(name).fetch_one(&db).await?, "text");
    }
    when! { !Sqlite;
        let (user, database) = (expr::current_user(), expr::current_database());
        calls.note(&user);
        calls.note(&database);
        let (user, database) = Sample::query().select((user, database)).fetch_one(&db).await?;
        assert!(!user.is_empty() && database.is_some(), "{user} {database:?}");
    }
    when! { Postgres;
        let (schema, id) = (expr::current_schema(), expr::gen_random_uuid());
        calls.note(&schema);
        calls.note(&id);
        let (schema, id) = Sample::query().select((schema, id)).fetch_one(&db).await?;
        assert!(schema.is_some());
        assert_eq!(id.get_version_num(), 4);
    }
    when! { !Sqlite, !Postgres;
        let id = expr::uuid_v1();
        calls.note(&id);
        let id = Sample::query().select(id).fetch_one(&db).await?;
        assert_eq!(id.get_version_num(), 1);
    }
    calls.finish();
    Ok(())
}
