//! The file of the master key.

use crate::hex;
use crate::ids::Ids;
use model::{Error, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Reads the key, or makes the file with a new one. Of several processes that start at once, one makes it and
/// all read the same key; a reader never sees half a file.
pub(super) fn read_or_create(path: &Path, ids: &Ids) -> Result<[u8; 32]> {
    match fs::read(path) {
        Ok(text) => decode(path, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            create(path, &ids.bytes()?, ids).map_err(|error| failed("make", path, &error))?;
            let text = fs::read(path).map_err(|error| failed("read", path, &error))?;
            decode(path, &text)
        }
        Err(error) => Err(failed("read", path, &error)),
    }
}

fn failed(what: &str, path: &Path, error: &io::Error) -> Error {
    Error::internal(format!("{what} the key file `{}`: {error}", path.display()))
}

fn decode(path: &Path, text: &[u8]) -> Result<[u8; 32]> {
    let digits = text.trim_ascii_end();
    let mut key = [0; 32];
    let good = digits.len() == 64
        && digits.chunks(2).zip(&mut key).all(|(pair, byte)| {
            let value = std::str::from_utf8(pair)
                .ok()
                .and_then(|pair| u8::from_str_radix(pair, 16).ok());
            *byte = value.unwrap_or_default();
            value.is_some() && pair.iter().all(u8::is_ascii_hexdigit)
        });
    if good {
        return Ok(key);
    }
    let message = format!(
        "`{}` is not a key file of Roster: it must hold 64 hexadecimal digits; restore it from a backup, or name \
         another file with `--key-file`",
        path.display()
    );
    Err(Error::invalid("keyFile", "format", message))
}

/// Writes a complete file under another name and links it into place, which fails if somebody was faster.
fn create(path: &Path, key: &[u8; 32], ids: &Ids) -> io::Result<()> {
    let tag = ids
        .bytes::<8>()
        .map_err(|_| io::Error::other("no random bytes"))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let draft = folder.join(format!(".roster-key-{}", hex(&tag)));
    let linked = write(&draft, key).and_then(|()| fs::hard_link(&draft, path));
    let removed = fs::remove_file(&draft);
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => removed?,
    }
    // Without the folder's own sync the name could be lost in a power failure, and with it every secret.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn write(draft: &PathBuf, key: &[u8; 32]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(draft)?;
    file.write_all(format!("{}\n", hex(key)).as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    #[test]
    fn a_missing_file_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roster.key");
        let keys: Vec<_> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| read_or_create(&path, &Ids::random()).unwrap()))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_eq!(read_or_create(&path, &Ids::random()).unwrap(), keys[0]);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no drafts are left"
        );
        #[cfg(unix)]
        {
            let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roster.key");
        for text in [
            "",
            "abc",
            &"0".repeat(63),
            &"0".repeat(65),
            &"+1".repeat(32),
            &"é".repeat(32),
        ] {
            fs::write(&path, text).unwrap();
            let error = read_or_create(&path, &Ids::random()).unwrap_err();
            assert!(
                matches!(error, Error::Invalid(ref all) if all[0].message.contains("roster.key")),
                "{error:?}"
            );
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_folder_that_does_not_exist_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let error = read_or_create(&folder.path().join("no/roster.key"), &Ids::random()).unwrap_err();
        assert!(format!("{error:?}").contains("make the key file"));
    }
}
