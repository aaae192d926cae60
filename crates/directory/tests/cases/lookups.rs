//! Look-ups by words that need not name one object only, and lists that look at more than the listed rows.

use crate::support::*;
use directory::groups::Deletion::RecycleBin;
use directory::{groups, users};
use model::error::Kind;
use model::groups::{ExternalId, GroupKey, GroupPatch, NewGroup};
use model::ids::GroupNumber;
use model::lookup::{Lookup, LookupBy};
use model::query::{Comparison, GroupField, ListQuery, Operator, Sort, UserField, Value};
use model::text::Name;
use model::users::{NewUser, UserKey, UserPatch};
use model::{Error, Patch, Result};

fn id((source, value): &(&str, &str)) -> ExternalId {
    ExternalId {
        source: (*source).to_owned(),
        value: (*value).to_owned(),
    }
}

fn external(value: &str, source: Option<&str>, language: Option<&str>) -> Lookup {
    Lookup {
        by: LookupBy::External(value.into()),
        source: source.map(str::to_owned),
        language: language.map(str::to_owned),
    }
}

fn number(number: i64, source: Option<&str>, language: Option<&str>) -> Lookup {
    Lookup {
        by: LookupBy::Number(number),
        ..external("", source, language)
    }
}

async fn group(w: &World, text: &str, language: Option<&str>, ids: &[(&str, &str)]) -> GroupNumber {
    let new = NewGroup {
        code: Some(code(text)),
        patch: GroupPatch {
            language: Patch::Set(language.map(str::to_owned)),
            name: Patch::Set(name(text)),
            ..GroupPatch::default()
        },
        external_ids: ids.iter().map(id).collect(),
        ..NewGroup::default()
    };
    w.group(new).await.group.number
}

#[tokio::test]
async fn groups_are_looked_up_by_what_is_known() -> Result<()> {
    let w = World::new().await;
    let a = group(&w, "a", Some("NL"), &[("erp", "1"), ("crm", "1"), ("", "x")]).await;
    group(&w, "b", Some("DE"), &[("pim", "1")]).await;
    group(&w, "c", None, &[("pim", "2")]).await;
    let get = async |lookup: Lookup| {
        let key = GroupKey::Lookup(lookup);
        let found = groups::get(&w.directory, &w.admin, &key, NO_PARTS).await;
        found.map(|view| view.group.code.as_str().to_owned())
    };
    for (lookup, found) in [
        (external("x", None, None), Some("a")),
        (external("1", Some("erp"), None), Some("a")),
        (external("1", Some("pim"), None), Some("b")),
        (external("1", Some("PIM"), None), None),
        (external("1", None, Some("nl")), Some("a")),
        (external("1", None, Some("fr")), None),
        (external("1", Some("erp"), Some("DE")), None),
        (external("2", None, None), Some("c")),
        (external("2", None, Some("NL")), None),
        (external("x", Some(""), None), Some("a")),
        (external("1", Some(""), None), None),
        (external("9", None, None), None),
        (number(a.get(), None, None), Some("a")),
        (number(a.get(), Some("crm"), Some("nL")), Some("a")),
        (number(a.get(), Some("pim"), None), None),
        (number(a.get(), None, Some("DE")), None),
        (number(0, None, None), None),
        (number(i64::MAX, None, None), None),
    ] {
        let key = lookup.key();
        let wanted = found.map_or_else(
            || Err(Error::not_found(Kind::Group, key)),
            |code| Ok(code.to_owned()),
        );
        assert_eq!(get(lookup).await, wanted);
    }
    // Two sources of one group are one match, two groups are not.
    let several = Error::Ambiguous {
        kind: Kind::Group,
        key: "1".into(),
    };
    assert_eq!(get(external("1", None, None)).await, Err(several));
    w.delete("b", RecycleBin).await?;
    assert_eq!(
        get(external("1", None, None)).await?,
        "a",
        "what is hidden is no match"
    );
    Ok(())
}

async fn user(w: &World, text: &str, locale: Option<&str>, ids: &[(&str, &str)]) {
    let ids = ids.iter().map(|(source, value)| external_id(source, Some(value)));
    let patch = UserPatch {
        locale: Patch::Set(locale.map(str::to_owned)),
        given_name: Patch::Set(Some(name(text))),
        family_name: Patch::Set(Some(name(&text.to_uppercase()))),
        external_ids: ids.collect(),
        ..named(text).patch
    };
    users::create(&w.directory, w.context(), NewUser { patch }, USER_ALL)
        .await
        .unwrap();
}

#[tokio::test]
async fn users_are_looked_up_by_what_is_known() {
    let w = World::new().await;
    user(&w, "anna", Some("nl"), &[("erp", "1"), ("crm", "2")]).await;
    user(&w, "bert", Some("de"), &[("crm", "1")]).await;
    let get = async |lookup: Lookup| {
        let found = users::get(&w.directory, &w.admin, &UserKey::Lookup(lookup), USER_ALL).await;
        found.map(|view| view.user.fields.user_name)
    };
    assert_eq!(get(external("2", None, None)).await.unwrap(), "anna");
    assert_eq!(get(external("1", Some("crm"), None)).await.unwrap(), "bert");
    assert_eq!(get(external("1", None, Some("NL"))).await.unwrap(), "anna");
    let several = Error::Ambiguous {
        kind: Kind::User,
        key: "1".into(),
    };
    assert_eq!(get(external("1", None, None)).await, Err(several));
    let none = Error::not_found(Kind::User, "3");
    assert_eq!(get(external("3", None, None)).await, Err(none));
}

fn is<F>(field: F, value: Value) -> Comparison<F> {
    Comparison {
        field,
        operator: Operator::Equal,
        value,
    }
}

fn contains<F>(field: F, text: &str) -> Comparison<F> {
    Comparison {
        field,
        operator: Operator::Contains,
        value: Value::Text(text.into()),
    }
}

fn identified(value: Option<&str>, source: Option<&str>) -> Value {
    Value::External {
        value: value.map(str::to_owned),
        source: source.map(str::to_owned),
    }
}

fn query<F>(filter: Vec<Comparison<F>>) -> ListQuery<F> {
    ListQuery {
        filter,
        sort: vec![],
        start: 0,
        limit: 2,
    }
}

#[tokio::test]
async fn groups_are_found_by_key_language_and_parent() -> Result<()> {
    use GroupField::{AnyExternalId, FoldedName, Language, Parent};
    let w = World::new().await;
    let a = group(&w, "a", Some("NL"), &[("erp", "1"), ("crm", "2")]).await;
    group(&w, "b", Some("nl"), &[("crm", "1")]).await;
    group(&w, "Ba", None, &[]).await;
    for text in ["b", "Ba"] {
        let below = GroupPatch {
            parent: Patch::Set(Some(GroupKey::Number(a))),
            ..GroupPatch::default()
        };
        w.update(text, patch(below)).await?;
    }
    let list = async |filter| {
        let page = groups::list(&w.directory, &w.admin, &query(filter), NO_PARTS).await?;
        assert_eq!(page.total, page.items.len() as u64);
        let codes = page.items.into_iter().map(|view| view.group.code.to_string());
        Ok::<_, Error>(codes.collect::<Vec<_>>().join(" "))
    };
    let text = |text: &str| Value::Text(text.into());
    assert_eq!(
        list(vec![is(AnyExternalId, identified(Some("1"), None))]).await?,
        "a b"
    );
    assert_eq!(
        list(vec![is(AnyExternalId, identified(Some("1"), Some("crm")))]).await?,
        "b"
    );
    assert_eq!(
        list(vec![is(AnyExternalId, identified(None, Some("erp")))]).await?,
        "a"
    );
    assert_eq!(
        list(vec![is(AnyExternalId, identified(Some("2"), Some("erp")))]).await?,
        ""
    );
    assert_eq!(list(vec![is(Language, text("Nl"))]).await?, "a b");
    assert_eq!(list(vec![is(Parent, Value::Integer(a.get()))]).await?, "b Ba");
    assert_eq!(list(vec![is(Parent, Value::Nothing)]).await?, "a");
    let both = vec![is(Parent, Value::Integer(a.get())), contains(FoldedName, "A")];
    assert_eq!(list(both).await?, "Ba");
    w.delete("a", RecycleBin).await?;
    assert_eq!(
        list(vec![is(Parent, Value::Nothing)]).await?,
        "b Ba",
        "they show no parent"
    );
    assert_eq!(
        list(vec![is(AnyExternalId, identified(Some("1"), None))]).await?,
        "b"
    );

    let odd = [
        is(AnyExternalId, text("1")),
        contains(AnyExternalId, "1"),
        is(Language, Value::Nothing),
        Comparison {
            operator: Operator::NotEqual,
            ..is(Parent, Value::Nothing)
        },
    ];
    for filter in odd {
        assert_eq!(
            complaints(list(vec![filter]).await),
            complaint("filter", "unsupported")
        );
    }
    let sorted = ListQuery {
        sort: vec![Sort {
            field: AnyExternalId,
            descending: false,
        }],
        ..query(vec![])
    };
    let refused = groups::list(&w.directory, &w.admin, &sorted, NO_PARTS).await;
    assert_eq!(complaints(refused), complaint("filter", "unsupported"));
    Ok(())
}

#[tokio::test]
async fn users_are_found_by_key_name_and_parent() -> Result<()> {
    use UserField::{AnyExternalId, FoldedFamilyName, FoldedGivenName, Parent};
    let w = World::new().await;
    user(&w, "anna", None, &[("erp", "1")]).await;
    user(&w, "hannes", None, &[("crm", "1")]).await;
    let a = w.group_of("a", &[]).await.group.number;
    let below = UserPatch {
        parent: Patch::Set(Some(GroupKey::Number(a))),
        ..UserPatch::default()
    };
    let key = UserKey::External(id(&("erp", "1")));
    users::update(&w.directory, w.context(), key, below, None, USER_ALL).await?;
    let list = async |filter| {
        let page = users::list(&w.directory, &w.admin, &query(filter), USER_ALL).await?;
        assert_eq!(page.total, page.items.len() as u64);
        let names = page.items.into_iter().map(|view| view.user.fields.given_name);
        let names: Vec<_> = names
            .flatten()
            .map(|name: Name| name.as_str().to_owned())
            .collect();
        Ok::<_, Error>(names.join(" "))
    };
    assert_eq!(
        list(vec![is(AnyExternalId, identified(Some("1"), None))]).await?,
        "anna hannes"
    );
    assert_eq!(
        list(vec![is(AnyExternalId, identified(None, Some("crm")))]).await?,
        "hannes"
    );
    assert_eq!(list(vec![contains(FoldedGivenName, "ANN")]).await?, "anna hannes");
    assert_eq!(list(vec![contains(FoldedFamilyName, "nes")]).await?, "hannes");
    assert_eq!(list(vec![is(Parent, Value::Integer(a.get()))]).await?, "anna");
    assert_eq!(list(vec![is(Parent, Value::Nothing)]).await?, "hannes");
    w.delete("a", RecycleBin).await?;
    assert_eq!(list(vec![is(Parent, Value::Integer(a.get()))]).await?, "");
    assert_eq!(list(vec![is(Parent, Value::Nothing)]).await?, "anna hannes");
    Ok(())
}
