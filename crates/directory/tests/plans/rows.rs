//! What changes one row or two of a group.

use super::{GROUP_ALL, World};
use directory::{access_tokens, groups, users};
use model::groups::{Group, GroupChange, GroupKey};
use model::ids::UserId;
use model::items::{ItemKey, ItemType, MappedItem};
use model::users::{UserKey, UserParts};

/// Single memberships, owners, mapped items, opaque tokens.
pub async fn change(w: &World, large: &Group, user: UserId) {
    let d = &w.directory;
    let key = || GroupKey::Number(large.number);
    let user = users::get(d, &w.admin, &UserKey::Id(user), UserParts::default())
        .await
        .unwrap()
        .user
        .number;
    groups::join(d, w.context(), key(), user).await.unwrap();
    groups::exclude_member(d, w.context(), key(), user, true)
        .await
        .unwrap();
    groups::leave(d, w.context(), key(), user).await.unwrap();
    let item = MappedItem {
        key: ItemKey {
            kind: ItemType::Skill,
            id: "SQL".into(),
        },
        retain: false,
    };
    groups::add_item(d, w.context(), key(), item.clone())
        .await
        .unwrap();
    groups::change_item(d, w.context(), key(), item.key.clone(), Some(true))
        .await
        .unwrap();
    groups::remove_item(d, w.context(), key(), item.key)
        .await
        .unwrap();
    for owners in [vec![user], vec![]] {
        let change = GroupChange {
            owners: Some(owners),
            ..Default::default()
        };
        groups::update(d, w.context(), key(), change, None, GROUP_ALL)
            .await
            .unwrap();
    }
    let (token, known) = access_tokens::issue(d, &w.admin).await.unwrap();
    let digest = access_tokens::digest(d, token.reveal());
    access_tokens::touch(d, digest, known.used_at + chrono::Duration::minutes(1))
        .await
        .unwrap();
}
