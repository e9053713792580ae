//! The private key: made at the first start, in a file that only the processor's user can read.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use storefront_privacy::payment::open::Opener;
use storefront_service::random;

use crate::StartError;

/// Opens with the key in `directory`, made now if there is none.
pub(crate) fn load(directory: &Path) -> Result<Opener, StartError> {
    fs::create_dir_all(directory)?;
    let file = directory.join("key.jwk");
    let opener = Opener::generate(&random::identifier::<8>()?)?;
    // The whole key appears under its name at once, and never over one that is there: two processors that start
    // together agree on the first.
    let draft = directory.join(format!("key.jwk.{}", random::identifier::<8>()?));
    let mut writer = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let written = writer.write_all(opener.to_jwk().as_bytes()).and_then(|()| writer.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&draft, &file));
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => {
            tracing::info!("a new key was made");
            Ok(opener)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let mut text = fs::read_to_string(&file)?;
            let opener = Opener::from_jwk(&text);
            wipe(&mut text);
            Ok(opener?)
        }
        Err(error) => Err(error.into()),
    }
}

fn wipe(text: &mut String) {
    let length = text.len();
    text.clear();
    text.extend(std::iter::repeat_n('\0', length));
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::load;

    #[test]
    fn the_key_is_made_once_and_is_its_users_alone() {
        let directory = tempfile::TempDir::new().unwrap();
        let first = load(directory.path()).unwrap().public_jwk_set();
        assert_eq!(load(directory.path()).unwrap().public_jwk_set(), first);
        let files: Vec<_> =
            std::fs::read_dir(directory.path()).unwrap().map(|entry| entry.unwrap()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert_eq!(files[0].file_name(), "key.jwk");
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_key_stops_the_start_and_is_not_replaced() {
        let directory = tempfile::TempDir::new().unwrap();
        std::fs::write(directory.path().join("key.jwk"), "{}").unwrap();
        assert!(load(directory.path()).is_err());
        assert_eq!(std::fs::read(directory.path().join("key.jwk")).unwrap(), b"{}");
    }
}
