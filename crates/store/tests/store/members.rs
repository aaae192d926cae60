//! Memberships.

use crate::fixture::Fixture;
use model::error::{Error, Fault};
use model::groups::Membership;
use model::ids::{GroupNumber, UserNumber};
use model::users::UserParts;
use store::{Db, members};

#[tokio::test]
async fn members_of_groups_and_groups_of_members() {
    let fixture = Fixture::new().await;
    let (a, b) = (fixture.group("a").await.number, fixture.group("b").await.number);
    let (u, v) = (fixture.user("u").await.number, fixture.user("v").await.number);
    let third = fixture.user("w").await.number;
    let tenant = fixture.one;
    let rows = vec![member(a, third), excluded(a, v), member(a, u), member(b, u)];
    let inserted = rows.clone();
    fixture
        .store
        .write(async move |tx: &Db| members::insert(tx, tenant, &inserted).await)
        .await
        .unwrap();
    let db = fixture.store.reads();
    let of_a = members::of_group(&db, tenant, a).await.unwrap();
    assert_eq!(of_a, [member(a, u), excluded(a, v), member(a, third)]);
    let of_u = members::of_user(&db, tenant, u).await.unwrap();
    assert_eq!(of_u, [member(a, u), member(b, u)]);
    let among = members::among(&db, tenant, b, &[third, u, u]).await.unwrap();
    assert_eq!(among, [member(b, u)]);
    assert_eq!(members::of_group(&db, fixture.two, a).await.unwrap(), []);

    let shown = members::users(&db, tenant, &[a, b], UserParts::default())
        .await
        .unwrap();
    let numbers = |group| -> Vec<UserNumber> { shown[&group].iter().map(|view| view.user.number).collect() };
    assert_eq!(numbers(a), [u, third], "not the excluded one");
    assert_eq!(numbers(b), [u]);

    fixture
        .store
        .write(async move |tx: &Db| {
            members::set_excluded(tx, tenant, a, &[v], false).await?;
            members::set_parent(tx, tenant, a, v, true).await?;
            members::delete(tx, tenant, a, &[u, third]).await
        })
        .await
        .unwrap();
    let parent = Membership {
        is_parent: true,
        ..member(a, v)
    };
    assert_eq!(members::of_group(&db, tenant, a).await.unwrap(), [parent]);
    let gone = fixture
        .store
        .write(async move |tx: &Db| members::delete(tx, tenant, a, &[u, v]).await)
        .await;
    let counted = Fault::RowsAffected {
        what: "end memberships",
        expected: 2,
        actual: 1,
    };
    assert_eq!(gone, Err(Error::Internal(counted)));
    assert_eq!(
        members::of_group(&db, tenant, a).await.unwrap().len(),
        1,
        "nothing was written"
    );
}

#[tokio::test]
async fn more_members_than_fit_one_statement() {
    const MANY: i64 = 1_300;
    let f = Fixture::new().await;
    let group = f.group("a").await.number;
    let one = f.one;
    let users = f
        .store
        .write(async move |tx: &Db| {
            let mut numbers = Vec::new();
            for i in 0..MANY {
                let draft = crate::fixture::user(one, &format!("user {i}"));
                numbers.push(store::users::insert(tx, draft).await?.number);
            }
            let rows: Vec<_> = numbers.iter().map(|user| member(group, *user)).collect();
            members::insert(tx, one, &rows).await?;
            Ok(numbers)
        })
        .await
        .unwrap();
    let db = f.store.reads();
    let shown = members::users(&db, one, &[group], UserParts::default())
        .await
        .unwrap();
    let shown: Vec<_> = shown[&group].iter().map(|view| view.user.number).collect();
    assert_eq!(shown, users);
    assert_eq!(
        members::among(&db, one, group, &users).await.unwrap().len(),
        users.len()
    );
    f.store
        .write(async move |tx: &Db| members::delete(tx, one, group, &users).await)
        .await
        .unwrap();
    assert_eq!(members::of_group(&db, one, group).await.unwrap(), []);
}

fn member(group: GroupNumber, user: UserNumber) -> Membership {
    Membership {
        group,
        user,
        excluded: false,
        is_parent: false,
    }
}

fn excluded(group: GroupNumber, user: UserNumber) -> Membership {
    Membership {
        excluded: true,
        ..member(group, user)
    }
}
