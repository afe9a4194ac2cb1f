//! The entities, in SeaORM's dense format.

use mizzle_bench_protocol as protocol;

pub(crate) mod user {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
        pub hair_color: Option<String>,
        #[sea_orm(has_many)]
        pub posts: HasMany<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod post {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "posts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub user_id: i64,
        pub title: String,
        pub body: Option<String>,
        #[sea_orm(belongs_to, from = "user_id", to = "id")]
        pub user: BelongsTo<super::user::Entity>,
        #[sea_orm(has_many)]
        pub comments: HasMany<super::comment::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod comment {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "comments")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub post_id: i64,
        pub text: String,
        #[sea_orm(belongs_to, from = "post_id", to = "id")]
        pub post: BelongsTo<super::post::Entity>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

impl From<user::Model> for protocol::User {
    fn from(user: user::Model) -> Self {
        protocol::User { id: user.id, name: user.name, hair_color: user.hair_color }
    }
}

impl From<post::Model> for protocol::Post {
    fn from(post: post::Model) -> Self {
        protocol::Post { id: post.id, user_id: post.user_id, title: post.title, body: post.body }
    }
}

impl From<comment::Model> for protocol::Comment {
    fn from(comment: comment::Model) -> Self {
        protocol::Comment { id: comment.id, post_id: comment.post_id, text: comment.text }
    }
}

impl protocol::Tree for user::ModelEx {
    fn tree(self) -> (protocol::User, Vec<(protocol::Post, Vec<protocol::Comment>)>) {
        let posts = self.posts.into_iter().map(|post| {
            let comments = post.comments.into_iter().map(|comment| protocol::Comment {
                id: comment.id,
                post_id: comment.post_id,
                text: comment.text,
            });
            let comments = comments.collect();
            (protocol::Post { id: post.id, user_id: post.user_id, title: post.title, body: post.body }, comments)
        });
        let posts = posts.collect();
        (protocol::User { id: self.id, name: self.name, hair_color: self.hair_color }, posts)
    }
}
