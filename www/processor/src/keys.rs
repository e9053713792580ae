//! The processor's keys, as files that only its user can read, and the manifests that its root signs.
//!
//! - `keys/*.jwk`: private keys; `key.jwk` is made at the first start. All of them open envelopes.
//! - `manifests/MERCHANT.jws`: what the merchant's pages may seal for. It is signed at the first start, and again when half
//!   of its time is over.
//! - The root: `root.jwk`, or where the settings say. A real processor keeps it on another machine.
//!
//! Files are read again when they change, so that `storefront-privacy keys rotate` and `revoke` take effect while the
//! processor runs.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use storefront_privacy::payment::envelope::header::Audience;
use storefront_privacy::payment::trust::{Manifest, Roots, SigningRoot};
use storefront_privacy::payment::{Alg, Opener};
use storefront_service::{clock, random};

use crate::StartError;
use crate::config::Merchant;

/// How long a manifest holds: as long may a page go on that cannot reach the shop.
const LIFETIME: i64 = 7 * 86_400;

/// The keys in use.
pub(crate) struct Keys {
    directory: PathBuf,
    root: PathBuf,
    merchants: Vec<Merchant>,
    opener: RwLock<(Stamp, Arc<Opener>)>,
}

/// What tells one state of the key files from another.
type Stamp = Vec<(PathBuf, SystemTime)>;

impl Keys {
    /// Reads root, keys and manifests in `directory`; what is not there yet is made.
    pub(crate) fn open(directory: &Path, root: &Path, merchants: &[Merchant]) -> Result<Self, StartError> {
        for folder in ["keys", "manifests"] {
            fs::create_dir_all(directory.join(folder))?;
        }
        make(root, || Ok(SigningRoot::generate()?.to_jwk()))?;
        let name = random::identifier::<8>()?;
        make(&directory.join("keys/key.jwk"), || {
            Ok(Opener::generate_for(&name, Alg::EcdhEsA256Kw)?.to_jwk())
        })?;
        let keys = Self {
            directory: directory.to_owned(),
            root: root.to_owned(),
            merchants: merchants.to_vec(),
            opener: RwLock::new(read(&directory.join("keys"))?),
        };
        for merchant in merchants {
            keys.manifest(&merchant.name)?;
        }
        Ok(keys)
    }

    /// What opens envelopes now.
    pub(crate) fn opener(&self) -> Arc<Opener> {
        let folder = self.directory.join("keys");
        let (known, opener) = {
            let current = self.opener.read().unwrap_or_else(PoisonError::into_inner);
            (current.0.clone(), current.1.clone())
        };
        if stamp(&folder).is_ok_and(|now| now == known) {
            return opener;
        }
        match read(&folder) {
            Ok(new) => {
                let opener = new.1.clone();
                *self.opener.write().unwrap_or_else(PoisonError::into_inner) = new;
                tracing::info!("the keys were read again");
                opener
            }
            Err(error) => {
                tracing::error!(cause = %error, "the keys cannot be read; those before stay in use");
                opener
            }
        }
    }

    /// The signed keys for a merchant's pages; nothing for a merchant that is not known.
    pub(crate) fn manifest(&self, merchant: &str) -> Result<Option<String>, StartError> {
        let Some(merchant) = self.merchants.iter().find(|known| known.name == merchant) else {
            return Ok(None);
        };
        let now = clock::seconds();
        let file = self.directory.join("manifests").join(format!("{}.jws", merchant.name));
        let root = SigningRoot::from_jwk(&Secret::read(&self.root)?.0)?;
        let roots = Roots::parse(&format!("[{}]", root.public_jwk()))?;
        let manifest = match fs::read_to_string(&file) {
            Ok(text) => {
                let text = text.trim();
                let manifest = roots.read(text)?;
                if manifest.expires() - now > LIFETIME / 2 && manifest.origins() == merchant.origins {
                    return Ok(Some(text.to_owned()));
                }
                manifest.renew(now)?.with_origins(&merchant.origins)?
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let mut manifest = Manifest::new(&merchant.name, &merchant.origins, now, LIFETIME)?;
                for key in self.opener().public_keys() {
                    manifest = manifest.with_key(&key.to_jwk(), Audience::Processor, now)?;
                }
                manifest
            }
            Err(error) => return Err(error.into()),
        };
        let signed = manifest.sign(&root)?;
        replace(&file, &signed)?;
        Ok(Some(signed))
    }
}

/// All keys of a folder, `key.jwk` last: the ones that were added later are the ones in use.
fn read(folder: &Path) -> Result<(Stamp, Arc<Opener>), StartError> {
    let stamp = stamp(folder)?;
    let mut opener: Option<Opener> = None;
    for (file, _) in &stamp {
        let key = Opener::from_jwk(&Secret::read(file)?.0)?;
        opener = Some(match opener {
            Some(former) => key.with_former(former)?,
            None => key,
        });
    }
    Ok((stamp, Arc::new(opener.ok_or("there is no key")?)))
}

fn stamp(folder: &Path) -> std::io::Result<Stamp> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "jwk") {
            let modified = fs::metadata(&path)?.modified()?;
            files.push((path, modified));
        }
    }
    files.sort_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
    Ok(files)
}

/// Makes a secret file, unless it is there. It appears whole and at once, and never over one that is there: two
/// processors that start together agree on the first.
fn make(
    file: &Path,
    secret: impl FnOnce() -> Result<zeroize::Zeroizing<String>, StartError>,
) -> Result<(), StartError> {
    if file.exists() {
        return Ok(());
    }
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let draft = file.with_extension(format!("draft-{}", random::identifier::<8>()?));
    let mut writer = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let written = writer.write_all(secret()?.as_bytes()).and_then(|()| writer.sync_all());
    let linked = written.and_then(|()| fs::hard_link(&draft, file));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error.into()),
        _ => Ok(()),
    }
}

fn replace(file: &Path, text: &str) -> Result<(), StartError> {
    let draft = file.with_extension(format!("draft-{}", random::identifier::<8>()?));
    fs::write(&draft, text)?;
    fs::rename(&draft, file)?;
    Ok(())
}

/// What a file holds; it is wiped.
struct Secret(zeroize::Zeroizing<String>);

impl Secret {
    fn read(file: &Path) -> Result<Self, StartError> {
        Ok(Self(zeroize::Zeroizing::new(fs::read_to_string(file)?)))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use storefront_privacy::payment::Opener;
    use storefront_privacy::payment::envelope::header::Audience;
    use storefront_privacy::payment::trust::{Roots, SigningRoot};
    use tempfile::TempDir;

    use super::Keys;
    use crate::config::Merchant;

    fn open(directory: &TempDir) -> Keys {
        let merchant = Merchant { name: "shop".to_owned(), origins: vec!["https://shop.example".to_owned()] };
        Keys::open(directory.path(), &directory.path().join("root.jwk"), &[merchant]).unwrap()
    }

    #[test]
    fn what_is_made_is_made_once_and_is_its_users_alone() {
        let directory = TempDir::new().unwrap();
        let first = open(&directory);
        let again = open(&directory);
        assert_eq!(first.opener().public_jwk_set(), again.opener().public_jwk_set());
        assert_eq!(first.manifest("shop").unwrap(), again.manifest("shop").unwrap());
        for file in ["root.jwk", "keys/key.jwk"] {
            let mode = std::fs::metadata(directory.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
        assert!(first.manifest("another").unwrap().is_none());
    }

    #[test]
    fn a_damaged_key_stops_the_start_and_is_not_replaced() {
        let directory = TempDir::new().unwrap();
        std::fs::create_dir_all(directory.path().join("keys")).unwrap();
        std::fs::write(directory.path().join("keys/key.jwk"), "{}").unwrap();
        assert!(Keys::open(directory.path(), &directory.path().join("root.jwk"), &[]).is_err());
        assert_eq!(std::fs::read(directory.path().join("keys/key.jwk")).unwrap(), b"{}");
    }

    #[test]
    fn keys_come_and_go_while_it_runs() {
        let directory = TempDir::new().unwrap();
        let keys = open(&directory);
        let next = Opener::generate("next").unwrap();
        std::fs::write(directory.path().join("keys/next.jwk"), next.to_jwk().as_bytes()).unwrap();
        let kids: Vec<_> = keys.opener().public_keys().map(|key| key.kid().to_owned()).collect();
        assert_eq!((kids.len(), kids[0].as_str()), (2, "next"));

        let root = std::fs::read_to_string(directory.path().join("root.jwk")).unwrap();
        let root = SigningRoot::from_jwk(&root).unwrap();
        let roots = Roots::parse(&format!("[{}]", root.public_jwk())).unwrap();
        let read = || roots.read(&keys.manifest("shop").unwrap().unwrap()).unwrap();
        let now = storefront_service::clock::seconds();
        let rotated = read().rotate(&next.public_jwk(), Audience::Processor, now, 600).unwrap();
        let file = directory.path().join("manifests/shop.jws");
        std::fs::write(&file, rotated.sign(&root).unwrap()).unwrap();
        assert_eq!((read().sequence(), read().key(Audience::Processor, now).unwrap().kid()), (2, "next"));

        // What was damaged does not take the keys away that are in use.
        std::fs::write(directory.path().join("keys/broken.jwk"), "{}").unwrap();
        assert_eq!(keys.opener().public_keys().count(), 2);
    }

    #[test]
    fn a_manifest_is_renewed_for_other_origins() {
        let directory = TempDir::new().unwrap();
        open(&directory);
        let merchant = Merchant { name: "shop".to_owned(), origins: vec!["https://new.example".to_owned()] };
        let keys = Keys::open(directory.path(), &directory.path().join("root.jwk"), &[merchant]).unwrap();
        let root =
            SigningRoot::from_jwk(&std::fs::read_to_string(directory.path().join("root.jwk")).unwrap());
        let roots = Roots::parse(&format!("[{}]", root.unwrap().public_jwk())).unwrap();
        let manifest = roots.read(&keys.manifest("shop").unwrap().unwrap()).unwrap();
        assert_eq!((manifest.sequence(), manifest.origins()), (2, &["https://new.example".to_owned()][..]));
    }
}
