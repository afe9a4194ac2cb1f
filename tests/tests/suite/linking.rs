//! Links between rows, by way of a junction.

use mizzle::{Error, prelude::*};
use mizzle_tests::Result;

use super::{database, recorded::Recorded};
use crate::Db;

table! {
    #[derive(Debug, Clone, PartialEq)]
    Member (insert = NewMember, has_many(
        groups(Group, through(Membership::member_id, Membership::group_id)),
        tasks(Task, through(Duty::member_id, Duty::task)),
        memberships = Membership::member_id,
        follows(Member, through(Follow::follower, Follow::followed)),
    )) {
        id: i64 [primary_key, auto_increment],
        name: String [unique],
    }

    #[derive(Debug, Clone, PartialEq)]
    Group (name = "teams", insert = NewGroup, has_many(
        members(Member, through(Membership::group_id, Membership::member_id)),
    )) {
        id: i32 [primary_key, auto_increment],
        name: String [unique],
    }

    #[derive(Debug, Clone, PartialEq)]
    Membership (primary_key(member_id, group_id)) {
        member_id: i64 [references = Member::id, relation = member],
        group_id: i32 [references = Group::id, relation = group],
        role: String [default = "member"],
    }

    /// Its key is a text.
    #[derive(Debug, Clone, PartialEq)]
    Task (insert = NewTask) {
        code: String [primary_key],
    }

    /// It needs more than its two keys, and has a key of its own.
    #[derive(Debug, Clone, PartialEq)]
    Duty (unique(task, member_id)) {
        id: i64 [primary_key, auto_increment],
        task: String [references = Task::code, relation = of],
        member_id: i64 [references = Member::id, relation = who],
        hours: i32,
    }

    #[derive(Debug, Clone, PartialEq)]
    Follow (primary_key(follower, followed)) {
        follower: i64 [references = Member::id, relation = from],
        followed: i64 [references = Member::id, relation = to],
    }
}

/// Ann (1) and Bob (2), three groups, tasks `a`, `b` and `c`.
async fn filled() -> Result<(Db, Member)> {
    let db = database(&mizzle::schema! { Member, Group, Membership, Task, Duty, Follow }).await?;
    Member::insert().rows(["Ann", "Bob"].map(NewMember::new)).execute(&db).await?;
    Group::insert().rows(["Readers", "Writers", "Singers"].map(NewGroup::new)).execute(&db).await?;
    Task::insert().rows(["a", "b", "c"].map(NewTask::new)).execute(&db).await?;
    let ann = Member::query().filter(Member::name.eq("Ann")).fetch_one(&db).await?;
    Ok((db, ann))
}

async fn memberships(db: &Db) -> Result<Vec<(i64, i32, String)>> {
    let all = Membership::query().order_by((Membership::member_id, Membership::group_id));
    Ok(all.fetch_all(db).await?.into_iter().map(|row| (row.member_id, row.group_id, row.role)).collect())
}

#[tokio::test]
async fn rows_are_linked_and_unlinked() -> Result {
    let (db, ann) = filled().await?;
    let (member, chief) = ("member".to_owned(), "chief".to_owned());
    Member::groups().link(&ann, [2]).execute(&db).await?;
    Member::groups().link_with(&ann, [1, 2, 1], Membership::role.set("chief")).execute(&db).await?;
    // From the other side.
    Group::members().link(2, [ann.id, 2]).execute(&db).await?;
    let expected = [(1, 1, chief.clone()), (1, 2, member.clone()), (2, 2, member.clone())];
    assert_eq!(memberships(&db).await?, expected);

    assert_eq!(Member::groups().unlink(&ann, [2, 3]).execute(&db).await?, 1);
    assert_eq!(memberships(&db).await?, [(1, 1, chief.clone()), (2, 2, member.clone())]);
    Member::groups().set_links(&ann, [3, 1]).execute(&db).await?;
    assert_eq!(memberships(&db).await?, [(1, 1, chief.clone()), (1, 3, member.clone()), (2, 2, member.clone())]);
    Member::groups().set_links_with(&ann, vec![1, 2], (Membership::role.set("guest"),)).execute(&db).await?;
    assert_eq!(memberships(&db).await?, [(1, 1, chief), (1, 2, "guest".into()), (2, 2, member.clone())]);
    Member::groups().set_links(ann.id, Vec::<i32>::new()).execute(&db).await?;
    assert_eq!(memberships(&db).await?, [(2, 2, member)]);

    let recorded = Recorded::new(&db);
    Member::groups().link(&ann, Vec::<i32>::new()).execute(recorded).await?;
    Member::groups().unlink(&ann, Vec::<i32>::new()).execute(recorded).await?;
    assert!(recorded.sent().is_empty());
    Ok(())
}

#[tokio::test]
async fn what_is_sent() -> Result {
    let (db, ann) = filled().await?;
    let recorded = Recorded::new(&db);
    Member::groups().set_links(&ann, [1, 2]).execute(recorded).await?;
    Member::groups().unlink(&ann, [1, 2]).execute(recorded).await?;
    let sent = recorded.sent();
    when! { Sqlite; assert_eq!(sent, [
        r#"DELETE FROM "membership" WHERE "membership"."member_id" = ? AND NOT ("membership"."group_id" IN (?, ?))"#,
        r#"INSERT INTO "membership" ("member_id", "group_id") VALUES (?, ?), (?, ?) ON CONFLICT ("member_id", "group_id") DO NOTHING"#,
        r#"DELETE FROM "membership" WHERE "membership"."member_id" = ? AND "membership"."group_id" IN (?, ?)"#,
    ]); }
    when! { Postgres; assert_eq!(sent, [
        r#"SELECT 1 FROM "member" WHERE "member"."id" = $1 FOR NO KEY UPDATE"#,
        r#"DELETE FROM "membership" WHERE "membership"."member_id" = $1 AND NOT ("membership"."group_id" = ANY($2))"#,
        r#"INSERT INTO "membership" ("member_id", "group_id") SELECT * FROM unnest($1::bigint[], $2::integer[]) ON CONFLICT ("member_id", "group_id") DO NOTHING"#,
        r#"DELETE FROM "membership" WHERE "membership"."member_id" = $1 AND "membership"."group_id" = ANY($2)"#,
    ]); }
    when! { MySql; assert_eq!(sent, [
        "SELECT 1 FROM `member` WHERE `member`.`id` = ? FOR UPDATE",
        "DELETE FROM `membership` WHERE `membership`.`member_id` = ? AND NOT (`membership`.`group_id` IN (?, ?))",
        "INSERT INTO `membership` (`member_id`, `group_id`) VALUES (?, ?), (?, ?) AS `excluded` ON DUPLICATE KEY UPDATE `member_id` = IF(`membership`.`member_id` = `excluded`.`member_id` AND `membership`.`group_id` = `excluded`.`group_id`, `membership`.`member_id`, (SELECT 1 UNION ALL SELECT 2))",
        "DELETE FROM `membership` WHERE `membership`.`member_id` = ? AND `membership`.`group_id` IN (?, ?)",
    ]); }
    when! { MariaDb; assert_eq!(sent, [
        "SELECT 1 FROM `member` WHERE `member`.`id` = ? FOR UPDATE",
        "DELETE FROM `membership` WHERE `membership`.`member_id` = ? AND NOT (`membership`.`group_id` IN (?, ?))",
        "INSERT INTO `membership` (`member_id`, `group_id`) VALUES (?, ?), (?, ?) ON DUPLICATE KEY UPDATE `member_id` = IF(`membership`.`member_id` = VALUES(`member_id`) AND `membership`.`group_id` = VALUES(`group_id`), `membership`.`member_id`, (SELECT 1 UNION ALL SELECT 2))",
        "DELETE FROM `membership` WHERE `membership`.`member_id` = ? AND `membership`.`group_id` IN (?, ?)",
    ]); }
    Ok(())
}

#[tokio::test]
async fn keys_of_other_types_and_columns_that_are_required() -> Result {
    let (db, ann) = filled().await?;
    Member::tasks().link_with(&ann, ["a", "b"], Duty::hours.set(3)).execute(&db).await?;
    Member::tasks().link_with(&ann, vec!["b".to_owned(), "c".to_owned()], Duty::hours.set(5)).execute(&db).await?;
    let duties = Duty::query().order_by(Duty::task).select((Duty::member_id, Duty::task, Duty::hours));
    let duty = |task: &str, hours| (ann.id, task.to_owned(), hours);
    assert_eq!(duties.clone().fetch_all(&db).await?, [duty("a", 3), duty("b", 3), duty("c", 5)]);
    Member::tasks().set_links_with(&ann, ["c"], Duty::hours.set(7)).execute(&db).await?;
    assert_eq!(duties.fetch_all(&db).await?, [duty("c", 5)]);

    // All or nothing: there is no such task.
    let nowhere = Member::tasks().set_links_with(&ann, ["x"], Duty::hours.set(1)).execute(&db).await;
    assert!(matches!(nowhere, Err(Error::ForeignKeyViolation(_))), "{nowhere:?}");
    assert_eq!(Duty::query().count(&db).await?, 1);

    Member::follows().link(&ann, [2, 1]).execute(&db).await?;
    Member::follows().link(2, [ann.id]).execute(&db).await?;
    Member::follows().unlink(ann.id, [1]).execute(&db).await?;
    let follows = Follow::query().order_by(Follow::follower).select((Follow::follower, Follow::followed));
    assert_eq!(follows.fetch_all(&db).await?, [(1, 2), (2, 1)]);
    Ok(())
}

#[tokio::test]
async fn new_rows_are_linked() -> Result {
    let (db, _) = filled().await?;
    type Linked = (Member, Vec<Membership>, Vec<Duty>, Vec<Member>);
    let (cid, memberships, duties, follows): Linked = Member::insert()
        .values((Member::name.set("Cid"),))
        .with(Member::groups().links([3, 1]))
        .with(Member::tasks().links_with(["c", "a"], Duty::hours.set(2)))
        .with(Member::follows().rows(|cid| [1, 2].map(|n| NewMember::new(format!("{} {n}", cid.name)))))
        .fetch_one(&db)
        .await?;
    let membership = |group_id| Membership { member_id: cid.id, group_id, role: "member".into() };
    assert_eq!(memberships, [membership(3), membership(1)]);
    let found: Vec<_> = duties.iter().map(|duty| (duty.member_id, &*duty.task, duty.hours)).collect();
    assert_eq!(found, [(cid.id, "c", 2), (cid.id, "a", 2)]);
    assert_eq!(follows.iter().map(|member| &*member.name).collect::<Vec<_>>(), ["Cid 1", "Cid 2"]);
    let loaded = Member::query().filter(Member::id.eq(cid.id)).with(Member::follows().order_by(Member::id));
    assert_eq!(loaded.fetch_one(&db).await?, (cid, follows));
    Ok(())
}

#[tokio::test]
async fn new_rows_on_both_sides() -> Result {
    let (db, _) = filled().await?;
    let recorded = Recorded::new(&db);
    let members: Vec<(Member, Vec<(Group, Vec<Member>)>)> = Member::insert()
        .rows((0..20).map(|n| NewMember::new(format!("m{n}"))))
        .with(
            Member::groups()
                .values_for(|member| {
                    let name = member.name.clone();
                    (0..2).map(move |n| (Group::name.set(format!("g{n} of {name}")),))
                })
                // Others that join these groups.
                .with(Group::members().rows(|group| [NewMember::new(format!("x of {}", group.name))])),
        )
        .fetch_all(recorded)
        .await?;
    for (n, (member, groups)) in members.iter().enumerate() {
        assert_eq!(member.name, format!("m{n}"));
        for (i, (group, others)) in groups.iter().enumerate() {
            assert_eq!(group.name, format!("g{i} of {}", member.name));
            assert_eq!(
                others.iter().map(|other| other.name.clone()).collect::<Vec<_>>(),
                [format!("x of {}", group.name)]
            );
        }
    }
    // Members, groups, members of these; and two junctions.
    when! { InsertReturning; assert_eq!(recorded.sent().len(), 5); }
    let loaded: Vec<(Member, Vec<Group>)> =
        Member::query().filter(Member::name.eq("m7")).with(Member::groups().order_by(Group::id)).fetch_all(&db).await?;
    let groups: Vec<Group> = members[7].1.iter().map(|(group, _)| group.clone()).collect();
    assert_eq!(loaded, [(members[7].0.clone(), groups)]);
    assert_eq!(Membership::query().count(&db).await?, 80);
    Ok(())
}

#[tokio::test]
async fn a_link_that_fails_takes_all_along() -> Result {
    let (db, _) = filled().await?;
    let insert = Member::insert()
        .values((Member::name.set("Cid"),))
        .with(Member::memberships().values((Membership::group_id.set(1),)))
        .with(Member::groups().values_for(|_| ["new", "Readers"].map(|name| (Group::name.set(name),))));
    let refused = insert.fetch_one(&db).await;
    assert!(matches!(refused, Err(Error::UniqueViolation(_))), "{refused:?}");
    let counts = (Member::query().count(&db).await?, Group::query().count(&db).await?, memberships(&db).await?.len());
    assert_eq!(counts, (2, 3, 0));
    Ok(())
}

#[tokio::test]
async fn what_a_failure_leaves_of_a_transaction() -> Result {
    let (db, ann) = filled().await?;
    let link = |group: i32| Member::groups().link(&ann, [group]);
    let is_refused =
        |result: std::result::Result<(), Error>| assert!(matches!(result, Err(Error::ForeignKeyViolation(_))));
    // Several statements are a savepoint.
    db.transaction(async |tx| {
        is_refused(Member::groups().set_links(&ann, [9]).execute(tx).await);
        link(1).execute(tx).await
    })
    .await?;
    // One fails as any other does.
    let went_on = db
        .transaction(async |tx| {
            is_refused(link(9).execute(tx).await);
            link(2).execute(tx).await
        })
        .await;
    assert_eq!(went_on.is_ok(), !has!(Postgres));
    db.transaction(async |tx| {
        is_refused(tx.transaction(async |tx| link(9).execute(tx).await).await);
        link(3).execute(tx).await
    })
    .await?;
    let linked: Vec<i32> = memberships(&db).await?.into_iter().map(|(_, group, _)| group).collect();
    assert_eq!(linked, if has!(Postgres) { vec![1, 3] } else { vec![1, 2, 3] });
    Ok(())
}

#[derive(Table, Debug, PartialEq)]
#[table(insert = NewRunner, has_many(races(Race, through(Start::runner_id, Start::race_id))))]
struct Runner {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(insert = NewRace)]
struct Race {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table, Debug, PartialEq)]
#[table(primary_key(runner_id, race_id))]
struct Start {
    #[column(references = Runner::id)]
    runner_id: i64,
    #[column(references = Race::id)]
    race_id: i64,
    /// No two starters have the same.
    #[column(unique)]
    number: i64,
}

#[tokio::test]
async fn what_is_in_the_way_for_another_reason_is_an_error() -> Result {
    let db = database(&mizzle::schema! { Runner, Race, Start }).await?;
    Runner::insert().rows([1, 2].map(NewRunner::new)).execute(&db).await?;
    Race::insert().rows([1, 2].map(NewRace::new)).execute(&db).await?;
    Runner::races().link_with(1, [1], Start::number.set(7)).execute(&db).await?;
    Runner::races().link_with(2, [1], Start::number.set(8)).execute(&db).await?;
    // The number is taken, by another link.
    let taken = Runner::races().set_links_with(2, [2], Start::number.set(7)).execute(&db).await;
    assert!(taken.is_err());
    // All or nothing; and a link that is there stays, with its number.
    Runner::races().link_with(2, [1], Start::number.set(9)).execute(&db).await?;
    let starts = Start::query().order_by((Start::runner_id, Start::race_id)).fetch_all(&db).await?;
    let starts: Vec<_> = starts.iter().map(|start| (start.runner_id, start.race_id, start.number)).collect();
    assert_eq!(starts, [(1, 1, 7), (2, 1, 8)]);
    Ok(())
}
