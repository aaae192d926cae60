//! The signature scheme `PNAUTHINFO3-HMAC-SHA256`, `-SHA384` and `-SHA512`: who signed, when, and whether a secret fits.
//!
//! `Authorization: PNAUTHINFO3-HMAC-SHA256 Credential={userId}/{timestamp} Signature={base64}`, where the signature is
//! the HMAC over `clientId:userId:timestamp` with a secret of `userId` as its key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Duration, NaiveDateTime, SubsecRound, Utc};
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::{Sha256, Sha384, Sha512};

/// How long a signature is good for, in minutes.
const WINDOW: i64 = 15;
/// What a timestamp may look like; a `Z` at its end is taken off first.
const TIMESTAMPS: [&str; 2] = ["%Y-%m-%dT%H:%M:%S%.f", "%Y%m%dT%H%M%S%.f"];

/// Why a request is not let in, and what it is told.
pub mod cause {
    pub const MISSING: &str = "The Authorization header is missing.";
    pub const SCHEME: &str = "The authorization scheme is not supported.";
    pub const TIMESTAMP: &str = "The timestamp is not valid or lies in the future.";
    pub const OLD: &str = "The timestamp is too old.";
    pub const OTHER: &str = "The request could not be authenticated.";
    /// All of them.
    pub const ALL: [&str; 5] = [MISSING, SCHEME, TIMESTAMP, OLD, OTHER];
}

/// The hash below the HMAC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

const SCHEMES: [(&str, Hash); 3] = [
    ("PNAUTHINFO3-HMAC-SHA256", Hash::Sha256),
    ("PNAUTHINFO3-HMAC-SHA384", Hash::Sha384),
    ("PNAUTHINFO3-HMAC-SHA512", Hash::Sha512),
];

/// A signature that is well-formed and of the right time; whether it is right is not known yet.
#[derive(Debug, PartialEq, Eq)]
pub struct Signature<'a> {
    hash: Hash,
    pub user_id: &'a str,
    timestamp: &'a str,
    bytes: Vec<u8>,
}

impl<'a> Signature<'a> {
    /// Reads the header's value. The error is one of [`cause`].
    pub fn read(header: &'a str, now: DateTime<Utc>) -> Result<Self, &'static str> {
        let header = header.trim();
        let (scheme, rest) = header.split_once([' ', '\t']).unwrap_or((header, ""));
        if scheme.is_empty() {
            return Err(cause::MISSING);
        }
        if scheme.eq_ignore_ascii_case("bearer") {
            return Err(cause::OTHER);
        }
        let (_, hash) = SCHEMES
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(scheme))
            .ok_or(cause::SCHEME)?;
        let (mut credential, mut signature) = (None, None);
        for part in rest.split([' ', '\t', ',']).filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').ok_or(cause::OTHER)?;
            let slot = match name.to_ascii_lowercase().as_str() {
                "credential" => &mut credential,
                "signature" => &mut signature,
                _ => return Err(cause::OTHER),
            };
            if slot.replace(value).is_some() {
                return Err(cause::OTHER);
            }
        }
        let (credential, signature) = credential.zip(signature).ok_or(cause::OTHER)?;
        // A client id may hold slashes, a timestamp none.
        let (user_id, timestamp) = credential.rsplit_once('/').ok_or(cause::OTHER)?;
        let at = instant(timestamp).ok_or(cause::TIMESTAMP)?;
        if at > now {
            return Err(cause::TIMESTAMP);
        }
        if now - at > Duration::minutes(WINDOW) {
            return Err(cause::OLD);
        }
        Ok(Self {
            hash: *hash,
            user_id,
            timestamp,
            bytes: STANDARD.decode(signature).map_err(|_| cause::OTHER)?,
        })
    }

    /// Whether this secret signed for the account. Takes the same time wherever the signatures differ.
    pub fn fits(&self, client_id: &str, secret: &str) -> bool {
        let text = format!("{client_id}:{}:{}", self.user_id, self.timestamp);
        match self.hash {
            Hash::Sha256 => verifies::<Hmac<Sha256>>(secret, &text, &self.bytes),
            Hash::Sha384 => verifies::<Hmac<Sha384>>(secret, &text, &self.bytes),
            Hash::Sha512 => verifies::<Hmac<Sha512>>(secret, &text, &self.bytes),
        }
    }
}

fn verifies<M: Mac + KeyInit>(key: &str, text: &str, signature: &[u8]) -> bool {
    let Ok(mut mac) = <M as Mac>::new_from_slice(key.as_bytes()) else {
        return false;
    };
    mac.update(text.as_bytes());
    mac.verify_slice(signature).is_ok()
}

/// ISO 8601 in UTC, with or without `Z`, in whole microseconds.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    TIMESTAMPS
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .map(|at| at.and_utc().trunc_subsecs(6))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-22T12:00:00Z";
    const GOOD: &str = "2026-11-22T11:50:00Z";

    fn now() -> DateTime<Utc> {
        instant(NOW).unwrap()
    }

    fn header(scheme: &str, user_id: &str, timestamp: &str, signature: &str) -> String {
        format!("{scheme} Credential={user_id}/{timestamp} Signature={signature}")
    }

    #[test]
    fn known_signatures_fit() {
        // `printf %s default:shop-sync:2026-11-22T11:50:00Z | openssl dgst -sha256 -hmac 'a secret' -binary | base64`
        for (scheme, signature) in [
            (
                "PNAUTHINFO3-HMAC-SHA256",
                "ulE4ao7CqxIF55nFY4HopIHYmMbrJ8IaiaWQicU5FCI=",
            ),
            (
                "pnauthinfo3-hmac-sha384",
                "qbEMgdy4iH/pIOKRu7LOmzdI2V129s+6JqGzFKn7kHGsw7wwFcxlhP2YGmrZxHv1",
            ),
            (
                "PNAUTHINFO3-HMAC-sha512",
                "LLRioRTEWmOTaW6V54Xw0I+LuA+PA3h1alvOGk9kilM9LSqhIJaLCS2xPLqlruzr4+bANnnJfrhYFT49nXmUHw==",
            ),
        ] {
            let header = header(scheme, "shop-sync", GOOD, signature);
            let read = Signature::read(&header, now()).unwrap();
            assert!(read.fits("default", "a secret"), "{scheme}");
            assert!(!read.fits("default", "another secret"), "{scheme}");
            assert!(!read.fits("Default", "a secret"), "{scheme}");
        }
    }

    #[test]
    fn each_cause_is_told_apart() {
        let scheme = "PNAUTHINFO3-HMAC-SHA256";
        let at = |timestamp: &str| header(scheme, "a", timestamp, "AAAA");
        for (given, cause) in [
            (String::new(), cause::MISSING),
            ("  ".into(), cause::MISSING),
            ("Basic YTpi".into(), cause::SCHEME),
            (
                "PNAUTHINFO3-SHA256 Credential=a/b Signature=c".into(),
                cause::SCHEME,
            ),
            ("PNAUTHINFO3 Credential=a/b Signature=c".into(), cause::SCHEME),
            ("Bearer".into(), cause::OTHER),
            (scheme.into(), cause::OTHER),
            (format!("{scheme} Credential=a/{GOOD}"), cause::OTHER),
            (format!("{scheme} Signature=AAAA"), cause::OTHER),
            (format!("{scheme} Credential=a Signature=AAAA"), cause::OTHER),
            (format!("{} Signature=AAAA", at(GOOD)), cause::OTHER),
            (format!("{} more", at(GOOD)), cause::OTHER),
            (format!("{} More=x", at(GOOD)), cause::OTHER),
            (header(scheme, "a", GOOD, "%%%"), cause::OTHER),
            (at(""), cause::TIMESTAMP),
            (at("yesterday"), cause::TIMESTAMP),
            (at("2026-02-30T00:00:00Z"), cause::TIMESTAMP),
            (at("2026-11-22T11:50:00+01:00"), cause::TIMESTAMP),
            (at("1795348800"), cause::TIMESTAMP),
            (at("2026-11-22T12:00:00.000001Z"), cause::TIMESTAMP),
            (at("2026-11-22T11:44:59.999999Z"), cause::OLD),
            (at("0001-01-01T00:00:00"), cause::OLD),
        ] {
            assert_eq!(Signature::read(&given, now()), Err(cause), "{given}");
        }
        for good in [
            at(GOOD),
            at("2026-11-22T11:50:00"),
            at("2026-11-22T11:45:00Z"),
            at("2026-11-22T12:00:00.0000009z"),
            at("20261122T115000Z"),
            format!("{scheme}  Signature=AAAA,\tcredential=a/{GOOD}"),
        ] {
            assert!(Signature::read(&good, now()).is_ok(), "{good}");
        }
        let slashes = header(scheme, "a/b", GOOD, "AAAA");
        assert_eq!(Signature::read(&slashes, now()).unwrap().user_id, "a/b");
    }
}
