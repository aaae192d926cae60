//! Names of a document as names in Rust.

/// Words that a field or variable cannot have as its name.
const KEYWORDS: [&str; 45] = [
    "as", "async", "await", "box", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
    "false", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
    "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try",
    "type", "typeof", "unsafe", "use", "virtual", "where", "while",
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
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::{field_name, pascal, snake};

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
    }
}
