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
