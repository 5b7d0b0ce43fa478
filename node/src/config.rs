//! The configuration of a node: one TOML file in the data folder, read once, checked whole.
//!
//! Decides where the node listens, whom it looks for, which names the desk answers to, where the passphrase comes from, and
//! for which kind of network the node was started. Refuses a key it does not know (a misspelt key would silently leave a
//! default in force) and a value it cannot use, each with the line and what to write instead.
//!
//! ```toml
//! kind = "real"                                        # real | demonstration | simulated
//! listen = ["/ip4/0.0.0.0/tcp/4470", "/ip4/0.0.0.0/udp/4470/quic-v1"]
//! meeting_points = ["/ip4/…/tcp/4470/p2p/…"]           # peers to stay connected with
//! [desk]
//! listen = "127.0.0.1:8470"
//! host_names = []                                      # empty: the names of this computer itself
//! [passphrase]
//! from = "prompt"                                      # prompt | file (path) | systemd-credential (name)
//! ```
//!
//! - `NET-2` is kept with `kind`: a node that was not started for a demonstration refuses to join one.
//!
//! Nothing secret stands in the file; it names where the passphrase is.

use crate::keystore::Password;
use libp2p::{Multiaddr, PeerId, multiaddr::Protocol};
use protocol::genesis::NetworkKind;
use serde::Deserialize;
use std::{
    fs, io,
    net::{Ipv4Addr, SocketAddr},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};
use thiserror::Error;
use zeroize::Zeroizing;

/// The port on which a node listens unless it is told otherwise, over TCP and QUIC.
pub const PORT: u16 = 4470;
/// The port of the desk unless it is told otherwise.
pub const DESK_PORT: u16 = 8470;

/// A configuration that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The kind of network that this node may join (`NET-2`).
    pub kind: NetworkKind,
    /// Where to listen for other nodes.
    pub listen: Vec<Multiaddr>,
    /// Peers to stay connected with, besides those that the sponsor named.
    pub meeting_points: Vec<(PeerId, Vec<Multiaddr>)>,
    /// Where the desk listens.
    pub desk: SocketAddr,
    /// Names that the desk answers to; none means those of this computer.
    pub host_names: Vec<String>,
    /// Where the node passphrase comes from.
    pub passphrase: PassphraseSource,
}

/// Where the node passphrase comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(tag = "from", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PassphraseSource {
    /// A person types it at every start.
    #[default]
    Prompt,
    /// The first line of a file that only the service may read.
    File {
        /// Which file.
        path: PathBuf,
    },
    /// A credential that systemd hands to the service (`LoadCredential=` or `LoadCredentialEncrypted=`).
    SystemdCredential {
        /// Its name.
        name: String,
    },
}

/// Why a configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file is there and cannot be read.
    #[error("cannot read the configuration {}: {source}; check its permissions", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Not TOML, an unknown key, or a value of the wrong type.
    #[error("the configuration {} has a mistake in line {line}: {what}; correct that line and start again", path.display())]
    Mistake {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// A key with a value that cannot be used.
    #[error("the configuration {} has a value that cannot be used: {key} = {value:?}; {remedy}", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// Which key.
        key: &'static str,
        /// Its value.
        value: String,
        /// What to write instead.
        remedy: &'static str,
    },
}

/// Why the passphrase could not be read from where the configuration says it is.
#[derive(Debug, Error)]
pub enum PassphraseError {
    /// The file cannot be read.
    #[error("cannot read the passphrase from {}: {source}; check the path and that the service may read it", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Everybody on this computer could read it.
    #[error("the passphrase file {} can be read by everybody on this computer; run `chmod 600` on it", path.display())]
    Public {
        /// The file.
        path: PathBuf,
    },
    /// There is nothing in it.
    #[error("the passphrase file {} is empty; write the passphrase into its first line", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Not started by systemd with that credential.
    #[error(
        "systemd handed no credential {name:?} to this process; add `LoadCredential={name}:/path/to/file` to the unit, or \
         choose another passphrase source in the configuration"
    )]
    NoCredential {
        /// Which one.
        name: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default = "real")]
    kind: NetworkKind,
    listen: Option<Vec<String>>,
    #[serde(default)]
    meeting_points: Vec<String>,
    #[serde(default)]
    desk: Desk,
    #[serde(default)]
    passphrase: PassphraseSource,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Desk {
    listen: Option<SocketAddr>,
    #[serde(default)]
    host_names: Vec<String>,
}

fn real() -> NetworkKind {
    NetworkKind::Real
}

impl Default for Config {
    /// Listens for nodes on every address over TCP and QUIC, for browsers on this computer only, and asks for the passphrase.
    fn default() -> Self {
        let any = Ipv4Addr::UNSPECIFIED;
        Config {
            kind: NetworkKind::Real,
            listen: vec![
                Multiaddr::empty().with(any.into()).with(Protocol::Tcp(PORT)),
                Multiaddr::empty().with(any.into()).with(Protocol::Udp(PORT)).with(Protocol::QuicV1),
            ],
            meeting_points: Vec::new(),
            desk: (Ipv4Addr::LOCALHOST, DESK_PORT).into(),
            host_names: Vec::new(),
            passphrase: PassphraseSource::Prompt,
        }
    }
}

impl Config {
    /// Reads the file; without one, the defaults are in force.
    ///
    /// # Errors
    /// [`ConfigError`], naming file, line or key, and what to do.
    pub fn read(path: &Path) -> Result<Config, ConfigError> {
        match fs::read_to_string(path) {
            Ok(text) => Config::parse(&text, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Config::default()),
            Err(source) => Err(ConfigError::Unreadable { path: path.into(), source }),
        }
    }

    /// Reads a text; `path` stands in the errors.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Config, ConfigError> {
        let file: File = toml::from_str(text).map_err(|error| mistake(&error, text, path))?;
        let value =
            |key, value: &str, remedy| ConfigError::Value { path: path.into(), key, value: value.into(), remedy };
        let defaults = Config::default();
        let listen = match file.listen {
            None => defaults.listen,
            Some(texts) => texts
                .iter()
                .map(|text| carried(text).ok_or_else(|| value("listen", text, LISTEN_REMEDY)))
                .collect::<Result<_, _>>()?,
        };
        let points = file.meeting_points.iter();
        let points = points.map(|text| point(text).ok_or_else(|| value("meeting_points", text, POINT_REMEDY)));
        let meeting_points = gather(points.collect::<Result<Vec<_>, _>>()?);
        if let Some(name) = file.desk.host_names.iter().find(|name| !is_host(name)) {
            return Err(value("desk.host_names", name, "write names as in a browser's address bar, without http://"));
        }
        let desk = file.desk.listen.unwrap_or(defaults.desk);
        let (kind, passphrase, host_names) = (file.kind, file.passphrase, file.desk.host_names);
        Ok(Config { kind, listen, meeting_points, desk, host_names, passphrase })
    }
}

const LISTEN_REMEDY: &str = "write for example /ip4/0.0.0.0/tcp/4470 or /ip4/0.0.0.0/udp/4470/quic-v1";
const POINT_REMEDY: &str = "write an address that ends in /p2p/ and the peer's id, as the sponsor gave it";

impl PassphraseSource {
    /// The passphrase, or `None` when a person must be asked.
    ///
    /// # Errors
    /// [`PassphraseError`]; nothing of the passphrase is in it.
    pub fn read(&self) -> Result<Option<Password>, PassphraseError> {
        match self {
            PassphraseSource::Prompt => Ok(None),
            PassphraseSource::File { path } => first_line(path).map(Some),
            PassphraseSource::SystemdCredential { name } => match std::env::var_os("CREDENTIALS_DIRECTORY") {
                Some(folder) => first_line(&Path::new(&folder).join(name)).map(Some),
                None => Err(PassphraseError::NoCredential { name: name.clone() }),
            },
        }
    }
}

/// The first line of a file that not everybody may read, as a password.
///
/// # Errors
/// [`PassphraseError`] when there is no such file, when it is public, or when its first line is empty.
pub fn first_line(path: &Path) -> Result<Password, PassphraseError> {
    let unreadable = |source| PassphraseError::Unreadable { path: path.into(), source };
    if fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o007 != 0 {
        return Err(PassphraseError::Public { path: path.into() });
    }
    let text = Zeroizing::new(fs::read_to_string(path).map_err(unreadable)?);
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Password::new(line.into())),
        _ => Err(PassphraseError::Empty { path: path.into() }),
    }
}

fn mistake(error: &toml::de::Error, text: &str, path: &Path) -> ConfigError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    ConfigError::Mistake { path: path.into(), line, what: error.message().replace('\n', " ") }
}

/// An address of a kind that the carrier speaks.
fn carried(text: &str) -> Option<Multiaddr> {
    let address: Multiaddr = text.parse().ok()?;
    let speaks = address.iter().any(|part| matches!(part, Protocol::Tcp(_) | Protocol::QuicV1));
    speaks.then_some(address)
}

/// A multiaddr that ends in a peer id, taken apart.
pub(crate) fn point(text: &str) -> Option<(PeerId, Multiaddr)> {
    let mut address = carried(text)?;
    match address.pop()? {
        Protocol::P2p(peer) => Some((peer, address)),
        _ => None,
    }
}

/// Addresses of one peer together.
pub(crate) fn gather(points: impl IntoIterator<Item = (PeerId, Multiaddr)>) -> Vec<(PeerId, Vec<Multiaddr>)> {
    let mut gathered: Vec<(PeerId, Vec<Multiaddr>)> = Vec::new();
    for (peer, address) in points {
        match gathered.iter_mut().find(|(of, _)| *of == peer) {
            Some((_, addresses)) if addresses.contains(&address) => {}
            Some((_, addresses)) => addresses.push(address),
            None => gathered.push((peer, vec![address])),
        }
    }
    gathered
}

fn is_host(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse(text, Path::new("cosolvent.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line_and_what_to_do() {
        let refused = parse("kind = \"real\"\nlistne = []\n").unwrap_err();
        assert!(refused.contains("line 2") && refused.contains("`listne`"), "{refused}");
        assert!(refused.contains("correct that line"), "{refused}");
        let refused = parse("[desk]\nlisten = \"127.0.0.1:80\"\nhostnames = []\n").unwrap_err();
        assert!(refused.contains("line 3") && refused.contains("`hostnames`"), "{refused}");
        assert!(parse("[passphrase]\nfrom = \"file\"\npath = \"/p\"\nmode = 1\n").is_err());
    }

    #[test]
    fn a_value_that_cannot_be_used_is_named_with_its_key() {
        let refused = parse("listen = [\"0.0.0.0:4001\"]").unwrap_err();
        assert!(refused.contains("listen = \"0.0.0.0:4001\""), "{refused}");
        let refused = parse("meeting_points = [\"/ip4/127.0.0.1/tcp/1\"]").unwrap_err();
        assert!(refused.contains("ends in /p2p/"), "{refused}");
        assert!(parse("[desk]\nhost_names = [\"http://shop\"]").unwrap_err().contains("desk.host_names"));
    }

    #[test]
    fn an_empty_file_means_the_defaults_and_two_addresses_of_a_peer_belong_together() {
        assert_eq!(parse("").unwrap(), Config::default());
        let peer = PeerId::random();
        let text = format!(
            "meeting_points = [\"/ip4/10.0.0.1/tcp/1/p2p/{peer}\", \"/ip4/10.0.0.1/udp/1/quic-v1/p2p/{peer}\"]"
        );
        let points = parse(&text).unwrap().meeting_points;
        assert_eq!((points.len(), points[0].0, points[0].1.len()), (1, peer, 2));
    }

    #[test]
    fn a_passphrase_file_is_refused_when_everybody_could_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        fs::write(&path, "correct horse\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let source = PassphraseSource::File { path: path.clone() };
        assert!(matches!(source.read(), Err(PassphraseError::Public { .. })));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(source.read().unwrap().is_some());
        fs::write(&path, "\n").unwrap();
        assert!(matches!(source.read(), Err(PassphraseError::Empty { .. })));
    }
}
