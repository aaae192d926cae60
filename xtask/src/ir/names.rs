//! Names of a document as names in Rust.

/// Words that a field or variable cannot have as its name.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// `createOAuthTicket` as `["create", "oauth", "ticket"]`.
fn words(name: &str) -> Vec<String> {
    // A word of its own in every API that has it, but written as two.
    let name = name.replace("OAuth", "Oauth");
    let characters: Vec<char> = name.chars().collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, character) in characters.iter().enumerate() {
        if !character.is_ascii_alphanumeric() {
            words.push(std::mem::take(&mut word));
            continue;
        }
        let before = index.checked_sub(1).map(|before| characters[before]);
        let starts_word = character.is_ascii_uppercase()
            && before.is_some_and(|before| {
                // `userId` and `HTTPServer` both have two words.
                let ends_acronym = characters.get(index + 1).is_some_and(char::is_ascii_lowercase);
                before.is_ascii_lowercase()
                    || before.is_ascii_digit()
                    || (before.is_ascii_uppercase() && ends_acronym)
            });
        if starts_word {
            words.push(std::mem::take(&mut word));
        }
        word.push(character.to_ascii_lowercase());
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// The function for a path: `/groups/{id}` as `resource_groups_by_id`.
pub fn resource_name(path: &str) -> String {
    format!("resource_{}", snake(&path.replace('{', "by_")))
}

/// `createGroup` as `create_group`.
pub fn snake(name: &str) -> String {
    words(name).join("_")
}

/// `x-vol-tenant` as `x_vol_tenant`, `type` as `type_`, `2fa` as `_2fa`.
pub fn field_name(name: &str) -> String {
    let name = snake(name);
    if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        format!("_{name}")
    } else {
        name
    }
}

/// `client_credentials` as `ClientCredentials`.
pub fn pascal(name: &str) -> String {
    let capital = |word: String| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters).collect::<String>()
    };
    let name: String = words(name).into_iter().map(capital).collect();
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else if name == "Self" {
        // The only keyword in this spelling.
        "SelfWord".to_owned()
    } else {
        name
    }
}

/// `kibo` as `KiboApi`.
pub fn trait_name(dialect: &str) -> String {
    format!("{}Api", pascal(dialect))
}

/// Whether something of this name can be a field: it has a letter or a digit to make a name from.
pub fn has_name(name: &str) -> bool {
    !words(name).is_empty()
}

/// Whether a name gives the name of a function and of a constant.
pub fn is_function_name(name: &str) -> bool {
    let name = snake(name);
    name.starts_with(|first: char| first.is_ascii_lowercase()) && !KEYWORDS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::{field_name, has_name, is_function_name, pascal, snake};

    #[test]
    fn names_in_rust() {
        for (name, expected) in [
            ("createGroup", "create_group"),
            ("createOAuthTicket", "create_oauth_ticket"),
            ("x-vol-tenant", "x_vol_tenant"),
            ("If-None-Match", "if_none_match"),
            ("ETag", "e_tag"),
            ("userID", "user_id"),
            ("HTTPServer2Go", "http_server2_go"),
            ("access_token", "access_token"),
        ] {
            assert_eq!(snake(name), expected);
        }
        assert_eq!(field_name("type"), "type_");
        assert_eq!(field_name("2fa"), "_2fa");
        assert_eq!(pascal("client_credentials"), "ClientCredentials");
        assert_eq!(pascal("createOAuthTicket"), "CreateOauthTicket");
        assert_eq!(pascal("in-review"), "InReview");
        assert_eq!(pascal("self"), "SelfWord");
        for word in ["abstract", "become", "do", "final", "unsized", "yield"] {
            assert_eq!(field_name(word), format!("{word}_"));
        }
    }

    #[test]
    fn names_that_give_none_in_rust() {
        for name in ["", "_", "\u{540d}", "\u{200b}", "$"] {
            assert!(!has_name(name) && !is_function_name(name), "{name}");
        }
        for name in ["match", "Self", "1abc", "self_"] {
            assert!(has_name(name) && !is_function_name(name), "{name}");
        }
        assert!(is_function_name("listGroups"));
    }
}
