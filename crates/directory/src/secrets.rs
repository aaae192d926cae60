//! Secrets of credentials: how they are made, recognised again and sealed.

use crate::ids::Ids;
use crate::keys::Keys;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use model::credentials::{MAX_CLIENT_ID, MAX_SECRET, MIN_SECRET};
use model::text::bounded;
use model::{Result, Violation};
use std::fmt;

/// A secret in the clear. Shown once, never logged: its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret that a person or a program chose: 24 to 255 characters without control characters.
    pub fn parse(text: impl Into<String>) -> Result<Self, Violation> {
        let text = bounded("secret", text.into(), MIN_SECRET, MAX_SECRET)?;
        refuse(
            "secret",
            &text,
            char::is_control,
            "must not contain control characters",
        )?;
        Ok(Self(text))
    }

    /// A new secret of 256 random bits, as 43 characters of the URL-safe base64 alphabet.
    pub fn draw(ids: &Ids) -> Result<Self> {
        Ok(Self(BASE64_URL_SAFE_NO_PAD.encode(ids.bytes::<32>()?)))
    }

    /// The text itself, for the one answer that shows it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the store keeps of it.
    pub(crate) fn stored(&self, keys: &Keys, ids: &Ids, client_id: &str) -> Result<Stored> {
        Ok(Stored {
            digest: keys.secret_digest(&self.0),
            sealed: keys.seal(ids, client_id, &self.0)?,
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A secret as the store keeps it.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    /// HMAC-SHA256, for look-up and comparison.
    pub digest: [u8; 32],
    /// Nonce and ciphertext, for the one scheme that needs the secret itself.
    pub sealed: Vec<u8>,
}

/// A client id: 1 to 255 characters, no control characters, and no `:`, which ends it in Basic credentials.
pub(crate) fn parse_client_id(text: String) -> Result<String, Violation> {
    let text = bounded("clientId", text, 1, MAX_CLIENT_ID)?;
    let bad = |c: char| c.is_control() || c == ':';
    refuse(
        "clientId",
        &text,
        bad,
        "must not contain control characters or `:`",
    )?;
    Ok(text)
}

fn refuse(field: &str, text: &str, bad: impl Fn(char) -> bool, message: &str) -> Result<(), Violation> {
    if text.chars().any(bad) {
        return Err(Violation::new(field, "pattern", message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawn_secret_is_acceptable_and_not_shown() {
        let secret = Secret::draw(&Ids::random()).unwrap();
        assert_eq!(secret.reveal().len(), 43);
        assert_eq!(Secret::parse(secret.reveal()).unwrap(), secret);
        assert!(!format!("{secret:?}").contains(secret.reveal()));
    }

    #[test]
    fn bounds() {
        for (text, rule) in [
            ("x".repeat(23), "minLength"),
            ("x".repeat(256), "maxLength"),
            (format!("{}\n", "x".repeat(30)), "pattern"),
        ] {
            assert_eq!(Secret::parse(text).unwrap_err().rule, rule);
        }
        assert!(Secret::parse("é".repeat(24)).is_ok());
        for (text, rule) in [("", "minLength"), ("a:b", "pattern"), ("a\tb", "pattern")] {
            assert_eq!(parse_client_id(text.into()).unwrap_err().rule, rule);
        }
        assert_eq!(parse_client_id("a b".into()).unwrap(), "a b");
    }
}
