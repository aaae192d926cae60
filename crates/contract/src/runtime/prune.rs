//! Leaves unselected members out while an answer is written; no intermediate value is built.

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

use super::Selection;

/// A value with the selection of its members; writing it writes only those.
pub struct Pruned<'a, T: ?Sized> {
    pub value: &'a T,
    pub selection: &'a Selection,
}

impl<T: Serialize + ?Sized> Serialize for Pruned<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.selection.is_everything() {
            return self.value.serialize(serializer);
        }
        self.value.serialize(Pruner {
            inner: serializer,
            selection: self.selection,
        })
    }
}

/// Passes everything on to `inner`, but only the selected members of objects. Lists are transparent: the
/// selection is that of their items.
struct Pruner<'a, S> {
    inner: S,
    selection: &'a Selection,
}

/// Scalars have no members: written as they are.
macro_rules! pass_on {
    ($($method:ident($kind:ty)),* $(,)?) => { $(
        fn $method(self, value: $kind) -> Result<S::Ok, S::Error> {
            self.inner.$method(value)
        }
    )* };
}

impl<'a, S: Serializer> Serializer for Pruner<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Members<'a, S::SerializeSeq>;
    type SerializeTuple = Members<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Members<'a, S::SerializeMap>;
    type SerializeStruct = Members<'a, S::SerializeStruct>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    pass_on! {
        serialize_bool(bool), serialize_char(char), serialize_str(&str), serialize_bytes(&[u8]),
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64),
        serialize_f32(f32), serialize_f64(f64), serialize_unit_struct(&'static str),
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_none()
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.inner.serialize_some(&Pruned {
            value,
            selection: self.selection,
        })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_newtype_struct(
            name,
            &Pruned {
                value,
                selection: self.selection,
            },
        )
    }

    fn serialize_unit_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
    ) -> Result<S::Ok, S::Error> {
        self.inner.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<S::Ok, S::Error> {
        Err(unsupported())
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Members {
            inner: self.inner.serialize_seq(len)?,
            selection: self.selection,
        })
    }

    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Members {
            inner: self.inner.serialize_tuple(len)?,
            selection: self.selection,
        })
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Members {
            inner: self.inner.serialize_map(len)?,
            selection: self.selection,
        })
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Members {
            inner: self.inner.serialize_struct(name, len)?,
            selection: self.selection,
        })
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, S::Error> {
        Err(unsupported())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Err(unsupported())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Err(unsupported())
    }
}

/// Generated models have no such form.
fn unsupported<E: Error>() -> E {
    E::custom("a selection cannot be applied to this form of value")
}

/// The members of an object or the items of a list, on their way through.
struct Members<'a, S> {
    inner: S,
    selection: &'a Selection,
}

impl<S: SerializeSeq> SerializeSeq for Members<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.inner.serialize_element(&Pruned {
            value,
            selection: self.selection,
        })
    }
    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

impl<S: SerializeTuple> SerializeTuple for Members<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.inner.serialize_element(&Pruned {
            value,
            selection: self.selection,
        })
    }
    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

/// The keys of a map are data, not members of a schema: they are not selected from.
impl<S: SerializeMap> SerializeMap for Members<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        self.inner.serialize_key(key)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        self.inner.serialize_value(value)
    }
    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

impl<S: SerializeStruct> SerializeStruct for Members<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        match self.selection.member(key) {
            Some(selection) => self.inner.serialize_field(key, &Pruned { value, selection }),
            None => self.inner.skip_field(key),
        }
    }
    fn skip_field(&mut self, key: &'static str) -> Result<(), S::Error> {
        self.inner.skip_field(key)
    }
    fn end(self) -> Result<S::Ok, S::Error> {
        self.inner.end()
    }
}

#[cfg(test)]
mod tests {
    use super::Pruned;
    use crate::runtime::{Member, Selection, Shape};
    use serde::Serialize;

    #[derive(Serialize)]
    struct Page {
        total: i32,
        items: Option<Vec<Group>>,
    }

    #[derive(Serialize)]
    struct Group {
        code: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<&'static str>,
        tags: Vec<&'static str>,
    }

    const fn member(wire: &'static str, shape: Option<&'static Shape>) -> Member {
        Member {
            wire,
            field: "",
            shape,
        }
    }
    static GROUP: Shape = Shape {
        name: "Group",
        members: &[member("code", None), member("name", None), member("tags", None)],
    };
    static PAGE: Shape = Shape {
        name: "Page",
        members: &[member("total", None), member("items", Some(&GROUP))],
    };

    #[test]
    fn only_selected_members_are_written() {
        let groups = vec![
            Group {
                code: "a",
                name: Some("A"),
                tags: vec!["x"],
            },
            Group {
                code: "b",
                name: None,
                tags: vec![],
            },
        ];
        let page = Page {
            total: 2,
            items: Some(groups),
        };
        for (text, expected) in [
            (
                "",
                r#"{"total":2,"items":[{"code":"a","name":"A","tags":["x"]},{"code":"b","tags":[]}]}"#,
            ),
            ("total", r#"{"total":2}"#),
            ("items(code)", r#"{"items":[{"code":"a"},{"code":"b"}]}"#),
            ("items(name)", r#"{"items":[{"name":"A"},{}]}"#),
            (
                "items(-code)",
                r#"{"items":[{"name":"A","tags":["x"]},{"tags":[]}]}"#,
            ),
            ("-total,-items", "{}"),
        ] {
            let selection = Selection::parse(text, &PAGE);
            let written = serde_json::to_string(&Pruned {
                value: &page,
                selection: &selection,
            })
            .unwrap();
            assert_eq!(written, expected, "{text}");
        }
        let none = Page {
            total: 0,
            items: None,
        };
        let selection = Selection::parse("items(code)", &PAGE);
        let written = serde_json::to_string(&Pruned {
            value: &none,
            selection: &selection,
        })
        .unwrap();
        assert_eq!(written, r#"{"items":null}"#);
    }
}
