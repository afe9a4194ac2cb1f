//! Relations as conditions of joins.

use mizzle::{prelude::*, table::RelationKind};
use mizzle_tests::Result;

use super::{database, model::*};
use crate::Db;

table! {
    #[derive(Debug, Clone, PartialEq)]
    Account (has_one(profile = Profile::account_id), has_many(written = Message::author, received = Message::reader)) {
        id: i64 [primary_key],
        name: String,
    }

    #[derive(Debug, Clone, PartialEq)]
    Profile {
        account_id: i64 [primary_key, references = Account::id, relation = owner],
        motto: String,
    }

    #[derive(Debug, Clone, PartialEq)]
    Message {
        id: i64 [primary_key],
        author: i64 [references = Account::id, relation = writer],
        reader: Option<i64> [references = Account::id, relation = addressee],
    }
}

alias!(Sender = Account);

async fn letters() -> Result<Db> {
    let db = database(&mizzle::schema! { Account, Profile, Message }).await?;
    for (id, name) in [(1, "Ann"), (2, "Bob")] {
        Account::insert().values((Account::id.set(id), Account::name.set(name))).execute(&db).await?;
    }
    Profile::insert().values((Profile::account_id.set(2), Profile::motto.set("!"))).execute(&db).await?;
    for (id, author, reader) in [(1, 1, Some(2)), (2, 2, Some(1)), (3, 1, None)] {
        let row = (Message::id.set(id), Message::author.set(author), Message::reader.set(reader));
        Message::insert().values(row).execute(&db).await?;
    }
    Ok(db)
}

#[tokio::test]
async fn in_both_directions() -> Result {
    let db = filled().await?;
    let down = User::query().inner_join::<Post>().on(User::posts()).inner_join::<Comment>().on(Post::comments());
    let down = down.select((User::id, Post::id, Comment::id)).order_by(Comment::id).fetch_all(&db).await?;
    let up = Comment::query().inner_join::<Post>().on(Comment::post()).inner_join::<User>().on(Post::author());
    let up = up.select((User::id, Post::id, Comment::id)).order_by(Comment::id).fetch_all(&db).await?;
    assert_eq!(down, up);
    assert_eq!(down, [(1, 1, 1), (1, 1, 2), (2, 3, 3), (2, 4, 4)]);
    Ok(())
}

#[tokio::test]
async fn has_one() -> Result {
    let db = letters().await?;
    let rows: Vec<(Account, Option<Profile>)> =
        Account::query().left_join::<Profile>().on(Account::profile()).order_by(Account::id).fetch_all(&db).await?;
    assert_eq!(rows.iter().map(|(_, profile)| profile.is_some()).collect::<Vec<_>>(), [false, true]);
    let owner = Profile::query().inner_join::<Account>().on(Profile::owner()).select(Account::name);
    assert_eq!(owner.fetch_all(&db).await?, ["Bob"]);
    Ok(())
}

#[tokio::test]
async fn two_foreign_keys_into_one_table() -> Result {
    let db = letters().await?;
    let rows = Message::query()
        .inner_join::<Sender>()
        .on(Sender.id.eq(Message::author))
        .left_join::<Account>()
        .on(Message::addressee())
        .select((Message::id, Sender.name, Account::name))
        .order_by(Message::id)
        .fetch_all(&db)
        .await?;
    let (ann, bob) = ("Ann".to_owned(), "Bob".to_owned());
    let expected = [(1, ann.clone(), Some(bob.clone())), (2, bob, Some(ann.clone())), (3, ann, None)];
    assert_eq!(rows, expected);
    let written = Account::query().left_join::<Message>().on(Account::written()).group_by(Account::key());
    let written = written.select((Account::name, Message::id.count())).order_by(Account::id).fetch_all(&db).await?;
    assert_eq!(written, [("Ann".to_owned(), 2), ("Bob".to_owned(), 1)]);
    let received = Account::query().left_join::<Message>().on(Account::received()).group_by(Account::key());
    let received = received.select(Message::id.count()).order_by(Account::id).fetch_all(&db).await?;
    assert_eq!(received, [1, 1]);
    Ok(())
}

#[tokio::test]
async fn several_between_two_tables_in_one_query() -> Result {
    let db = letters().await?;
    type Written = Vec<(Message, Option<Account>)>;
    type Received = Vec<(Message, Account, Option<(Account, Vec<Message>)>)>;
    let accounts: Vec<(Account, Written, Received, Option<Profile>)> = Account::query()
        .with(Account::written().order_by(Message::id).with(Message::addressee()))
        .with(Account::received().with(Message::writer()).with(Message::addressee().with(Account::written())))
        .with(Account::profile())
        .order_by(Account::id)
        .fetch_all(&db)
        .await?;
    let ids = |account: &Option<Account>| account.as_ref().map(|account| account.id);
    let written: Vec<Vec<_>> =
        accounts.iter().map(|(_, written, ..)| written.iter().map(|(m, to)| (m.id, ids(to))).collect()).collect();
    assert_eq!(written, [vec![(1, Some(2)), (3, None)], vec![(2, Some(1))]]);
    let received: Vec<Vec<_>> = accounts
        .iter()
        .map(|(_, _, received, _)| {
            let of = |(message, writer, addressee): &(Message, Account, Option<(Account, Vec<Message>)>)| {
                (message.id, writer.id, addressee.as_ref().map(|(to, written)| (to.id, written.len())))
            };
            received.iter().map(of).collect()
        })
        .collect();
    assert_eq!(received, [vec![(2, 2, Some((1, 2)))], vec![(1, 1, Some((2, 1)))]]);
    assert_eq!(accounts.iter().map(|(.., profile)| profile.is_some()).collect::<Vec<_>>(), [false, true]);

    let counts = Account::query()
        .select((Account::written().count(), Account::received().count()))
        .filter(Account::written().any_where(Message::addressee().any_where(Account::received().any())))
        .order_by(Account::id);
    assert_eq!(counts.fetch_all(&db).await?, [(2, 1), (1, 1)]);
    let to_bob = Message::addressee().any_where(Account::name.eq("Bob"));
    let by_ann = Message::writer().any_where(Account::name.eq("Ann"));
    let letters = Message::query().filter((to_bob, by_ann)).select(Message::id);
    assert_eq!(letters.fetch_all(&db).await?, [1]);
    Ok(())
}

#[tokio::test]
async fn with_other_conditions() -> Result {
    let db = filled().await?;
    let popular = (User::posts(), Post::views.gt(100));
    let rows = User::query().left_join::<Post>().on(popular).select((User::name, Post::title)).order_by(User::id);
    let rows = rows.fetch_all(&db).await?;
    assert_eq!(rows.iter().filter(|(_, title)| title.is_none()).count(), 2);
    assert_eq!(rows.len(), 5);
    Ok(())
}

#[test]
fn what_is_known_of_them() {
    let relations: Vec<_> = Message::def().relations.iter().map(|relation| (relation.name, relation.kind)).collect();
    assert_eq!(relations, [("writer", RelationKind::BelongsTo), ("addressee", RelationKind::BelongsTo)]);
    let relations: Vec<_> = Account::def()
        .relations
        .iter()
        .map(|relation| (relation.name, relation.kind, (relation.table)().name))
        .collect();
    let expected = [
        ("profile", RelationKind::HasOne, "profile"),
        ("written", RelationKind::HasMany, "message"),
        ("received", RelationKind::HasMany, "message"),
    ];
    assert_eq!(relations, expected);
}
