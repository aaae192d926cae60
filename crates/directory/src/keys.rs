//! The server's keys: one master key, kept in a file or in memory, and the keys derived from it.

use crate::ids::Ids;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, KeyInit, Nonce};
use hmac::{Hmac, Mac};
use model::{Error, Result};
use sha2::Sha256;
use std::fmt;
use std::path::Path;
use store::Db;

mod file;

const NONCE: usize = 12;
/// The setting that tells which keys a database belongs to.
const CHECK: &str = "key-check";

/// The keys of one server. A database belongs to the keys that its first credential was made with.
///
/// Every key is `HMAC-SHA256(master, label)`: HKDF's expand step (RFC 5869) for one block, whose extract step a
/// uniformly random master key does not need.
#[derive(Clone)]
pub struct Keys {
    lookup: [u8; 32],
    seal: [u8; 32],
    token: [u8; 32],
    /// Tells these keys from others without telling anything about them; kept in the database.
    check: [u8; 32],
}

impl Keys {
    /// Reads the master key from `path`; a missing file is made with a new key, readable by its owner only.
    ///
    /// The file holds 64 hexadecimal digits and a line break. Anything else is `Error::Invalid`.
    pub fn open(path: &Path, ids: &Ids) -> Result<Self> {
        file::read_or_create(path, ids).map(|master| Self::derive(&master))
    }

    /// New keys that end with the process, for a database that does so too.
    pub fn in_memory(ids: &Ids) -> Result<Self> {
        Ok(Self::derive(&ids.bytes()?))
    }

    /// The keys of a master key.
    pub fn derive(master: &[u8; 32]) -> Self {
        let key = |label: &str| mac(master, &[b"roster/1/", label.as_bytes(), &[1]]);
        Self {
            lookup: key("secret look-up"),
            seal: key("secret seal"),
            token: key("token"),
            check: key("check"),
        }
    }

    /// The key that signs and verifies tokens.
    pub fn token_key(&self) -> [u8; 32] {
        self.token
    }

    /// What a secret is looked up and compared by.
    pub(crate) fn secret_digest(&self, secret: &str) -> [u8; 32] {
        mac(&self.lookup, &[secret.as_bytes()])
    }

    /// Is this the digest of `secret`? Takes the same time wherever the two differ.
    pub(crate) fn is_digest_of(&self, digest: &[u8], secret: &str) -> bool {
        let probe = self.secret_digest(secret);
        let difference = probe.iter().zip(digest).fold(0, |all, (a, b)| all | (a ^ b));
        // The length is no secret.
        digest.len() == probe.len() && std::hint::black_box(difference) == 0
    }

    /// Encrypts `secret` so that only these keys open it, and only for this client id.
    pub(crate) fn seal(&self, ids: &Ids, client_id: &str, secret: &str) -> Result<Vec<u8>> {
        let nonce = ids.bytes::<NONCE>()?;
        let payload = Payload {
            msg: secret.as_bytes(),
            aad: client_id.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt(Nonce::from_slice(&nonce), payload)
            .map_err(|_| Error::internal("seal a secret"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens a sealed secret of this client id, as the store keeps it.
    pub fn unseal(&self, client_id: &str, sealed: &[u8]) -> Result<String> {
        let fault = || Error::internal("a sealed secret does not open with these keys");
        let (nonce, text) = sealed.split_at_checked(NONCE).ok_or_else(fault)?;
        let payload = Payload {
            msg: text,
            aad: client_id.as_bytes(),
        };
        let secret = self
            .cipher()
            .decrypt(Nonce::from_slice(nonce), payload)
            .map_err(|_| fault())?;
        String::from_utf8(secret).map_err(|_| fault())
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(Key::from_slice(&self.seal))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// Refuses a database that belongs to other keys.
pub(crate) async fn check(db: &Db, keys: &Keys) -> Result<()> {
    claimed(db, keys).await.map(drop)
}

/// Makes the database belong to these keys, when its first secret is about to be written.
pub(crate) async fn claim(tx: &Db, keys: &Keys) -> Result<()> {
    if claimed(tx, keys).await? {
        Ok(())
    } else {
        store::settings::put(tx, CHECK, &keys.check).await
    }
}

async fn claimed(db: &Db, keys: &Keys) -> Result<bool> {
    match store::settings::get(db, CHECK).await? {
        None => Ok(false),
        Some(value) if value == keys.check => Ok(true),
        Some(_) => Err(Error::Conflict {
            reason: "the credentials of this database were made with another key file; start with that one \
                     (`--key-file`)"
                .to_owned(),
        }),
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length; this one is as long as a hash, so the fallback is never taken.
    let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_keys_differ_from_each_other_and_by_master() {
        let one = Keys::derive(&[1; 32]);
        let two = Keys::derive(&[2; 32]);
        let all = [
            one.lookup, one.seal, one.token, one.check, two.lookup, two.seal, two.token, two.check,
        ];
        for (i, key) in all.iter().enumerate() {
            assert!(!all[i + 1..].contains(key));
        }
        assert_eq!(Keys::derive(&[1; 32]).token_key(), one.token_key());
        assert_eq!(format!("{one:?}"), "Keys(…)");
    }

    #[test]
    fn a_digest_is_recognised() {
        let keys = Keys::derive(&[1; 32]);
        let digest = keys.secret_digest("a secret");
        assert!(keys.is_digest_of(&digest, "a secret"));
        assert!(!keys.is_digest_of(&digest, "a Secret"));
        assert!(!keys.is_digest_of(&digest[..31], "a secret"));
        assert!(!Keys::derive(&[2; 32]).is_digest_of(&digest, "a secret"));
    }

    #[test]
    fn a_sealed_secret_opens_for_its_client_and_keys_only() {
        let ids = Ids::seeded(1);
        let keys = Keys::derive(&[1; 32]);
        let sealed = keys.seal(&ids, "client", "a secret").unwrap();
        assert_ne!(sealed, keys.seal(&ids, "client", "a secret").unwrap());
        assert_eq!(keys.unseal("client", &sealed).unwrap(), "a secret");
        assert!(keys.unseal("other", &sealed).is_err());
        assert!(Keys::derive(&[2; 32]).unseal("client", &sealed).is_err());
        assert!(keys.unseal("client", &sealed[..5]).is_err());
        let mut changed = sealed;
        *changed.last_mut().unwrap() ^= 1;
        assert!(keys.unseal("client", &changed).is_err());
    }
}
