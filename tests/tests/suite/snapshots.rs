//! The SQL of the main forms of statements: reviewed, and prepared by the database.

use mizzle::prelude::*;
use mizzle_tests::{Gallery, Result, needs};

use super::model::*;
use crate::D;

sql_function! { fn length_less_than(column: String, n: i32) -> bool = "length({column}) < {n}" }

/// A snapshot of statements, each with a title and, in brackets, what it needs.
macro_rules! gallery {
    ($name:literal, $($title:literal $([$($need:ident),+])? => $query:expr,)+) => {{
        let mut gallery = Gallery::new(&empty().await?);
        $(gallery!(@add gallery $title $([$($need),+])? $query);)+
        mizzle_tests::assert_snapshot!($name, gallery.text());
        Ok(())
    }};
    (@add $gallery:ident $title:literal $query:expr) => {
        $gallery.add($title, $query.to_sql()).await?;
    };
    (@add $gallery:ident $title:literal [$($need:ident),+] $query:expr) => {
        when! { $($need),+; $gallery.add($title, $query.to_sql()).await?; }
    };
}

#[tokio::test]
async fn select() -> Result {
    gallery! { "select",
        "whole rows" => User::query::<D>(),
        "columns" => Post::query::<D>().select((Post::id, Post::title.upper(), value("x"), Post::views + 1)),
        "a whole row and more" => Post::query::<D>().select((Post::all(), Post::title.length())),
        "a named row" => Post::query::<D>().select(row!({ id: Post::id, chars: Post::title.length() })),
        "a column left out" => Post::query::<D>().select((Post::id, None::<bool>.map(|_| Post::title))),
        "distinct" => Post::query::<D>().distinct().select(Post::category).order_by(Post::category),
        "order" => User::query::<D>().select(User::id).order_by((User::age.desc().nulls_last(), User::name.asc(), User::id)),
        "limit" => User::query::<D>().select(User::id).limit(3),
        "offset" => User::query::<D>().select(User::id).offset(3),
        "a page" => User::query::<D>().select(User::id).order_by(User::id).page(3, 4),
        "an alias" => Manager::query::<D>().select((Manager.id, Manager.name)),
    }
}

#[tokio::test]
async fn filters() -> Result {
    let absent: Option<&str> = None;
    let mut filters = Filters::new();
    filters.push(Post::title.like("%AI%"));
    filters.push(or((Post::views.gt(200), Post::views.lt(2))));
    let posts = || Post::query::<D>().select(Post::id);
    gallery! { "filters",
        "comparisons" => posts().filter(Post::views.between(1, 9).and(Post::id.ne(3)).or(Post::title.eq("x"))),
        "two filters" => posts().filter(Post::id.gt(1).or(Post::id.lt(0))).filter(Post::title.like("a%")),
        "absent" => posts().filter(absent.map(|title| Post::title.eq(title))),
        "some absent" => posts().filter(and((absent.map(|title| Post::title.eq(title)), Post::id.eq(1)))),
        "nested" => posts().filter(or((and((Post::id.eq(1), Post::id.eq(2))), Post::id.eq(3)))),
        "collected, all" => posts().filter(filters.clone().all()),
        "collected, any" => posts().filter(filters.any()),
        "not" => posts().filter(!(Post::id.eq(1).or(Post::id.eq(2)))).filter(!Post::id.eq(3)),
        "a list" => posts().filter(Post::id.in_([1, 2, 3])),
        "an empty list" => posts().filter(Post::id.not_in([0_i64; 0])),
        "null" => posts().filter(Post::discount.is_null().or(Post::discount.is_same_as(0.5))),
        "escaped" => posts().filter(Post::title.contains("100%")),
        "a function" => posts().filter(length_less_than(Post::title, 8)),
        "raw" => posts().filter(sql!(bool, "length({Post::title}) < {5}")),
        "exists" => posts().filter(exists(Comment::query().outer::<Post>().filter(Comment::post_id.eq(Post::id)))),
        "in a query" => posts().filter(Post::author_id.in_(User::query().filter(User::is_active).select(User::id))),
    }
}

#[tokio::test]
async fn joins() -> Result {
    gallery! { "joins",
        "inner" => User::query::<D>().inner_join::<Post>().on(Post::author_id.eq(User::id)),
        "left, by a relation" => User::query::<D>().left_join::<Post>().on(User::posts()).select((User::name, Post::title)),
        "belongs to" => Post::query::<D>().inner_join::<User>().on(Post::author()).select(Post::id),
        "right" => Comment::query::<D>().right_join::<User>().on(Comment::author_id.eq(User::id)).select(User::id),
        "full" [FullJoin] => Comment::query::<D>().full_join::<User>().on(Comment::author_id.eq(User::id)).select(User::id),
        "cross" => User::query::<D>().cross_join::<Post>().select((User::id, Post::id)),
        "an alias" => User::query::<D>().left_join::<Manager>().on(Manager.id.eq(User::manager_id)).select((User::name, Manager.name)),
        "several conditions" => User::query::<D>().left_join::<Post>().on((User::posts(), Post::views.gt(1).or(Post::views.eq(0)))).select(Post::id),
        "three tables" => User::query::<D>().inner_join::<Post>().on(User::posts()).left_join::<Comment>().on(Post::comments()).select(Comment::body),
    }
}

#[tokio::test]
async fn groups() -> Result {
    let posts = Post::id.count();
    gallery! { "groups",
        "by a column" => Post::query::<D>().group_by(Post::category).select((Post::category, count_star(), Post::views.avg())),
        "having" => Post::query::<D>().group_by(Post::category).having(count_star().gt(2)).select(Post::category).order_by(count_star().desc()),
        "by a row" => User::query::<D>().left_join::<Post>().on(User::posts()).group_by(User::key()).select((User::all(), posts)).order_by(posts.desc()),
        "by several keys" => Post::query::<D>().group_by((Post::author_id, Post::title.length())).select((Post::title.length(), Post::author_id)),
        "no keys" => Post::query::<D>().select((count_star(), Post::views.sum(), Post::views.count_distinct())),
        "of some rows" => Post::query::<D>().select((count_star().filter(Post::views.gt(1)), Post::views.sum().filter(Post::id.gt(1).or(Post::id.eq(0))))),
    }
}

#[tokio::test]
async fn expressions() -> Result {
    let posts = Post::query::<D>;
    gallery! { "expressions",
        "precedence" => posts().select(((Post::views + 1) * 2, Post::views - (Post::views - 1), -(Post::views + 1), 1_i64 + Post::views * 2)),
        "case" => posts().select(case(Post::category).when("a", 1).when(Post::title, 2).otherwise(3)),
        "searched case" => posts().select(case_when(Post::views.gt(9), "many").when(Post::views.gt(0), Post::title).end()),
        "null" => posts().select((Post::discount.coalesce(0.0), Post::views.null_if(0), Post::discount.is_null())),
        "casts" => posts().select((Post::views.cast::<String>(), Post::discount.cast::<i64>())),
        "text" => posts().select((Post::title.concat("a").concat(Post::category), Post::title.substring(1, 2), Post::title.replace("a", "b"))),
        "now" => User::query::<D>().filter(User::created_at.lt(now())).select(User::id),
    }
}

#[tokio::test]
async fn writes() -> Result {
    let row = NewUser { age: Some(3), ..NewUser::new("a", "b") };
    let patch = UserPatch { name: Some("z".into()), age: Some(None), ..UserPatch::default() };
    let values = || User::insert::<D>().values((User::email.set("e"), User::name.set("a"), User::age.set(None)));
    gallery! { "writes",
        "values" => values(),
        "a row" => User::insert::<D>().row(&row),
        "rows" => User::insert::<D>().rows([&row, &row]),
        "returning" [InsertReturning] => values().returning((User::id, User::name.upper())),
        "all columns" [InsertReturning] => values().returning(User::all()),
        "from a query" => Comment::insert::<D>().from_query((Comment::post_id, Comment::body), Post::query().select((Post::id, Post::title))),
        "a row and an expression" => User::insert::<D>().row(&row).set((User::created_at.set(now()), User::email.set("b"))),
        "defaults" => User::insert::<D>().values((User::email.set("e"), User::name.set("a"), User::is_active.set_default())),
        "back to defaults" => User::update::<D>().set((User::is_active.set_default(), User::age.set_default())).all_rows(),
        "changes" => Post::update::<D>().set((Post::views.add_assign(1), Post::title.append("!"), Post::discount.div_assign(2.0))).all_rows(),
        "toggle by name" => User::update::<D>().set(User::is_active.toggle()).all_rows(),
        "what may be missing" => User::update::<D>().set(User::age.set_nullable(None::<i32>)).all_rows(),
        "replace" [Replace] => values().or_replace(),
        "on duplicate key" [OnDuplicateKey] => values().on_duplicate_key_update(User::name.set(inserted(User::name))),
        "on duplicate key, all" [OnDuplicateKey] => values().on_duplicate_key_update_all(),
        "on duplicate key, all but" [OnDuplicateKey] => User::insert::<D>().rows([&row, &row]).on_duplicate_key_update_all().except((User::name, User::email)),
        "update from" => Post::update::<D>().from::<User>().set(Post::views.set(User::id)).filter(Post::author_id.eq(User::id)),
        "update from, returning" [Postgres] => Post::update::<D>().from::<User>().set(Post::views.add_assign(1)).filter(Post::author_id.eq(User::id)).returning((Post::id, User::name)),
        "delete using" [DeleteUsing] => Post::delete::<D>().using::<User>().filter(Post::author_id.eq(User::id)),
        "delete using, returning" [Postgres] => Post::delete::<D>().using::<User>().filter(Post::author_id.eq(User::id)).returning((Post::id, User::name)),
        "increment" => Post::update::<D>().set(Post::views.set(Post::views + 1)).filter(Post::id.eq(1)),
        "toggle" => User::update::<D>().set((User::is_active.set(!User::is_active), User::name.set("x"))).all_rows(),
        "a patch" => User::update::<D>().set(patch).filter((User::id.eq(1), User::age.is_null())),
        "update returning" [UpdateReturning] => User::update::<D>().set(User::age.set(1)).all_rows().returning(User::id),
        "delete" => User::delete::<D>().filter(User::id.eq(1).or(User::age.gt(3))).filter(User::is_active),
        "delete all" => Post::delete::<D>().all_rows(),
        "delete returning" [DeleteReturning] => Post::delete::<D>().all_rows().returning(Post::id),
    }
}

#[needs(OnConflict)]
#[tokio::test]
async fn upserts() -> Result {
    let values = || User::insert::<D>().values((User::id.set(1), User::name.set("a"), User::email.set("e")));
    let query = || Post::query().select((Post::id, Post::title, Post::title));
    let from_query = || User::insert::<D>().from_query((User::id, User::name, User::email), query());
    gallery! { "upserts",
        "nothing" => values().on_conflict(User::id).do_nothing(),
        "nothing, whatever the constraint" => values().on_conflict_do_nothing(),
        "update" => values().on_conflict(User::id).do_update((User::name.set(excluded(User::name)), User::age.set(User::age + 1))),
        "update of some" => values().on_conflict(User::id).do_update(User::name.set("b")).filter(User::name.ne(excluded(User::name))),
        "returning" => values().on_conflict(User::id).do_update(User::name.set("b")).returning((User::id, User::name)),
        "from a query" => from_query().on_conflict(User::id).do_nothing(),
        "all columns" => values().on_conflict(User::id).do_update_all(),
        "all columns but one" => values().on_conflict(User::id).do_update_all().except(User::email).filter(User::age.gt(3)),
        "all columns of a query" => from_query().on_conflict(User::email).do_update_all(),
        "nothing of all columns" => values().on_conflict(User::id).do_update_all().except((User::name, User::email)),
        "a constraint" [OnConstraint] => values().on_conflict_on_constraint("users_pkey").do_update_all(),
    }
}

#[tokio::test]
async fn paging() -> Result {
    let mut gallery = Gallery::new(&empty().await?);
    let by_name = || User::query::<D>().keyset((User::name.asc(), User::id.asc()));
    let mixed = || Post::query::<D>().keyset((Post::views.desc(), Post::title, Post::id)).select(Post::title);
    let place = || (7, "x".to_owned(), 3);
    gallery.add("the first page", by_name().page(3).to_sql()?).await?;
    gallery.add("after a row", by_name().after(("Ann".to_owned(), 1)).page(3).to_sql()?).await?;
    gallery.add("before a row", by_name().before(("Ann".to_owned(), 1)).page(3).to_sql()?).await?;
    gallery.add("by one key", User::query::<D>().keyset(User::id.desc()).after(9).page(3).to_sql()?).await?;
    gallery.add("mixed directions, after", mixed().after(place()).page(3).to_sql()?).await?;
    gallery.add("mixed directions, before", mixed().before(place()).page(3).to_sql()?).await?;
    let joined = User::query::<D>()
        .inner_join::<Post>()
        .on(User::posts())
        .filter(Post::views.gt(1).or(Post::views.is_null()))
        .keyset((User::name.lower(), User::id, Post::id))
        .select((User::id, Post::id))
        .after(("ann".to_owned(), 1, 2));
    gallery.add("of a join", joined.page(3).to_sql()?).await?;
    let deep = Post::query::<D>().filter(Post::views.gt(3)).order_by((Post::views.desc(), Post::id)).page(9, 2);
    gallery.add("deferred", deep.select((Post::title, Post::views)).deferred().to_sql()).await?;
    mizzle_tests::assert_snapshot!("paging", gallery.text());
    Ok(())
}

#[tokio::test]
async fn narrowing() -> Result {
    let users = || User::query::<D>().select(User::id);
    gallery! { "narrowing",
        "a join" => users().narrow(|q| q.inner_join::<Post>().on(User::posts()).filter(Post::views.gt(3))),
        "two joins" => users().narrow(|q| {
            let posts = q.inner_join::<Post>().on(User::posts()).filter(Post::views.gt(1).or(Post::views.lt(0)));
            posts.inner_join::<Comment>().on(Comment::post_id.eq(Post::id))
        }),
        "a left join" => users().narrow(|q| q.left_join::<Post>().on(User::posts()).filter(Post::id.is_null())),
        "no join" => users().narrow(|q| q.filter(User::is_active)).filter(User::id.gt(1)),
    }
}

#[tokio::test]
async fn windows() -> Result {
    let by_id = window().order_by(Post::id);
    let posts = || Post::query::<D>();
    gallery! { "windows",
        "row number" => posts().select(row_number().over(partition_by(Post::category).order_by(Post::views.desc()))),
        "ranks" => posts().select((rank().over(by_id), dense_rank().over(by_id), percent_rank().over(by_id), cume_dist().over(by_id))),
        "parts" => posts().select(ntile(4).over(by_id)),
        "other rows" => posts().select((Post::views.lag(1).over(by_id), Post::views.lead(2).over(by_id))),
        "with a default" [LagDefault] => posts().select(Post::views.lag_or(1, 0).over(by_id)),
        "values of the frame" => posts().select((Post::views.first_value().over(by_id), Post::views.nth_value(2).over(by_id))),
        "aggregates" => posts().select((Post::views.sum().over(window()), Post::views.avg().over(window()), count_star().over(window()))),
        "a filter" => posts().select((count_star().filter(Post::id.gt(1)).over(by_id), Post::views.sum().filter(Post::id.gt(1)).over(by_id))),
        "rows" => posts().select(count_star().over(by_id.rows_between(preceding(1), following(2)))),
        "range" => posts().select(count_star().over(by_id.range_between(unbounded(), following(2)))),
        "groups" [GroupsFrames] => posts().select(count_star().over(by_id.groups_between(current_row(), unbounded()))),
        "exclusion" [FrameExclusion] => posts().select(count_star().over(by_id.rows_between(unbounded(), unbounded()).exclude_ties())),
        "nulls" => posts().select(row_number().over(window().order_by(Post::discount.desc().nulls_last()))),
        "over groups" => posts().group_by(Post::category).select(count_star().sum().over(window().order_by(Post::category))),
        "order" => posts().select(Post::id).order_by(row_number().over(by_id)),
    }
}

#[tokio::test]
async fn sources() -> Result {
    let counted =
        || Post::query::<D>().group_by(Post::author_id).select(row!({ author: Post::author_id, n: count_star() }));
    let derived = counted().derived(alias!(totals));
    let cte = counted().having(count_star().gt(1)).cte(alias!(totals));
    let second = cte.alias(alias!(second));
    let again = counted().having(count_star().gt(2)).cte(alias!(totals));
    let users = User::query::<D>().filter(User::id.gt(1)).cte(alias!(users));
    let top = User::query::<D>()
        .filter(User::manager_id.is_null())
        .select(row!({ id: User::id, depth: value(0_i64).cast::<i64>() }));
    let chain = recursive(alias!(chain), top, |chain| {
        User::query().inner_join_to(chain).on(User::manager_id.eq(chain.id)).select((User::id, chain.depth + 1))
    });
    let with_totals = || User::query::<D>().inner_join_to(&cte).on(cte.author.eq(User::id)).filter(cte.n.lt(9));
    gallery! { "sources",
        "a derived table" => derived.query().filter(derived.n.gt(1)),
        "a derived table joined" => User::query().left_join_to(&derived).on(derived.author.eq(User::id)).select((User::id, derived.n)),
        "a derived table of whole rows" => { let posts = Post::query::<D>().limit(3).derived(alias!(few)); posts.query() },
        "a lateral table" [Lateral] => {
            let best = Post::query::<D>().outer::<User>().filter(Post::author_id.eq(User::id)).limit(2).lateral(alias!(best));
            User::query().left_join_lateral(&best).on(best.views.gt(1)).select((User::id, best.title))
        },
        "a CTE" => with_totals().select((User::name, cte.n)),
        "a CTE by two names" => cte.query().inner_join_to(&second).on(second.n.gt(cte.n)).select((cte.author, second.author)),
        "a CTE read in a subquery too" => with_totals().filter(User::id.in_(cte.query().select(cte.author))).select(User::id),
        "two CTEs of one name" => with_totals().filter(User::id.not_in(again.query().select(again.author))).select(User::id),
        "a CTE called like its table" => users.query().select(users.name),
        "a materialized CTE" [MaterializedCtes] => { let cte = cte.clone().materialized(); cte.query() },
        "a recursive CTE" => chain.query().filter(chain.depth.lt(3)),
        "a write that reads a CTE" => Post::delete::<D>().filter(Post::author_id.in_(chain.query().select(chain.id)).and(Post::id.gt(7))),
        "an insert from a CTE" => Comment::insert::<D>().from_query((Comment::post_id,), cte.query().select((cte.author,))),
    }
}

#[tokio::test]
async fn totals() -> Result {
    let posts = || Post::query::<D>();
    gallery! { "totals",
        "of aggregates" => posts().select((Post::title.string_agg("; ").order_by(Post::id.desc()), Post::id.json_agg(), Post::id.any_value())),
        "of bools" => User::query::<D>().select((User::is_active.bool_and(), User::is_active.bool_or())),
        "sorted JSON" [OrderedJsonAggregates] => posts().select(Post::id.json_agg().order_by(Post::views)),
        "an array" [ArrayAggregates] => posts().select(Post::id.array_agg().order_by(Post::views)),
        "statistics" [Statistics] => posts().select((Post::views.var_pop(), Post::views.var_samp(), Post::views.stddev_pop())),
        "statistics of a window" [Statistics] => posts().select(Post::views.stddev_samp().over(window())),
        "bits" [BitAggregates] => posts().select((Post::views.bit_and(), Post::views.bit_or())),
        "by a number" => posts().group_by(Post::views / constant::<i64, 100>()).select((Post::views / constant::<i64, 100>(), count_star())),
        "percentiles" [OrderedSetAggregates] => posts().select((Post::views.percentile_cont(0.5), Post::views.percentile_disc(0.5), Post::views.mode())),
        "rollup" [Rollup] => posts().group_by(rollup((Post::author_id, Post::category))).select((Post::author_id, Post::category, count_star())),
        "cube" [Cube] => posts().group_by(cube((Post::author_id, Post::category))).select(count_star()),
        "sets" [GroupingSets] => posts().group_by(grouping_sets((Post::author_id, Post::category), |(author, category)| ((author, category), author, ()))).select(count_star()),
        "grouping" [GroupingFunction] => posts().group_by(rollup(Post::category)).select((Post::category, grouping(Post::category))),
    }
}
