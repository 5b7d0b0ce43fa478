//! Founding a network: a genesis that names every founding sponsor, and the small file that carries it between them.
//!
//! Decides nothing but form. Refuses a genesis that names nobody, one sponsor twice, or more than fit.
//!
//! ```text
//!   sponsor A: key ─▶ public key ─┐
//!   sponsor B: key ─▶ public key ─┴▶ genesis (one of them, once) ─▶ one file ─▶ init at A, init at B
//! ```
//!
//! The file is hexadecimal of the genesis' canonical bytes (`ENC-1`), with lines for people that start with `#` and mean
//! nothing to the program. It needs no secrecy and no signature: the network's id is its hash (`NET-1`), so sponsors who read
//! the same id to each other hold the same file, and a changed one is another network.
//!
//! What an attacker would try: send one founder a file with a key of the attacker's. The ids then differ, and no sponsor,
//! member or record of one network means anything in the other.

use data_encoding::HEXLOWER;
use protocol::{
    genesis::{Founder, Genesis, NetworkKind, Pace, PassScheme},
    id::Hash,
    limits::SPONSORS_MAX,
    text::Name,
    wire::{decode, encode},
};
use thiserror::Error;

/// The largest genesis, in bytes: 16 founders of 32 + 120 bytes and framing, name, salt and codes, rounded up.
const GENESIS_BYTES_MAX: usize = 4_096;
/// Hexadecimal digits on one line of the file: a line that mail programs do not break.
const LINE_DIGITS: usize = 72;

/// Why there is no genesis.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadGenesis {
    /// Nobody, too many, or one twice.
    #[error("cannot found a network of {0} sponsors; name 1 to {SPONSORS_MAX} sponsors, each key once")]
    Founders(usize),
    /// The text holds something else.
    #[error("this is not a genesis file; ask the sponsor who made it to send the file again, unchanged")]
    NotOne,
    /// The operating system gave no chance.
    #[error("could not get random bytes from the operating system ({0}); nothing was written")]
    NoRandomness(getrandom::Error),
}

/// Founds a network with fresh chance, so that no two networks are the same.
///
/// # Errors
/// [`BadGenesis::Founders`] and [`BadGenesis::NoRandomness`].
pub fn found_network(
    name: Name,
    kind: NetworkKind,
    passes: PassScheme,
    cells: Option<Pace>,
    founders: &[Founder],
) -> Result<Genesis, BadGenesis> {
    let mut salt = Hash([0; 32]);
    getrandom::fill(&mut salt.0).map_err(BadGenesis::NoRandomness)?;
    let mut founders = founders.to_vec();
    founders.sort_by_key(|founder| founder.key);
    let genesis = Genesis { name, kind, passes, founders, salt, cells };
    if genesis.well_formed() { Ok(genesis) } else { Err(BadGenesis::Founders(genesis.founders.len())) }
}

/// The file that carries a genesis.
pub fn genesis_text(genesis: &Genesis) -> String {
    let kind = kind_word(genesis.kind);
    let mut text = format!("# Genesis of the {kind} network \"{}\"\n# id {}\n", genesis.name, genesis.id());
    for founder in &genesis.founders {
        text += &format!("# founded by {} = {}\n", founder.key, founder.name);
    }
    let digits = HEXLOWER.encode(&encode(genesis));
    let mut rest = digits.as_str();
    while !rest.is_empty() {
        let (line, more) = rest.split_at(rest.len().min(LINE_DIGITS));
        text.push_str(line);
        text.push('\n');
        rest = more;
    }
    text
}

/// Reads what [`genesis_text`] wrote.
///
/// # Errors
/// [`BadGenesis::NotOne`], and [`BadGenesis::Founders`] for one that breaks its own rules.
pub fn read_genesis(text: &str) -> Result<Genesis, BadGenesis> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let digits: String = lines.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    let bytes = HEXLOWER.decode(digits.as_bytes()).map_err(|_| BadGenesis::NotOne)?;
    let genesis: Genesis = decode(&bytes, GENESIS_BYTES_MAX).map_err(|_| BadGenesis::NotOne)?;
    if genesis.well_formed() { Ok(genesis) } else { Err(BadGenesis::Founders(genesis.founders.len())) }
}

/// What people call a kind of network.
pub fn kind_word(kind: NetworkKind) -> &'static str {
    match kind {
        NetworkKind::Real => "real",
        NetworkKind::Demonstration => "demonstration",
        NetworkKind::Simulated => "simulated",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::id::SponsorKey;

    fn founder(n: u8) -> Founder {
        Founder { key: SponsorKey([n; 32]), name: Name::new(&format!("Sponsor {n}")).unwrap() }
    }

    fn name() -> Name {
        Name::new("Test network").unwrap()
    }

    #[test]
    fn two_founders_in_any_order_found_a_network_that_survives_its_file() {
        let genesis =
            found_network(name(), NetworkKind::Real, PassScheme::Blind, None, &[founder(2), founder(1)]).unwrap();
        assert_eq!(genesis.founders, [founder(1), founder(2)]);
        let mailed = genesis_text(&genesis).replace('\n', "\r\n");
        assert_eq!(read_genesis(&mailed).unwrap(), genesis);
        let again =
            found_network(name(), NetworkKind::Real, PassScheme::Blind, None, &[founder(1), founder(2)]).unwrap();
        assert_ne!(again.id(), genesis.id(), "founding twice makes two networks");
    }

    #[test]
    fn a_genesis_without_founders_with_one_twice_or_with_a_changed_digit_is_refused() {
        assert_eq!(
            found_network(name(), NetworkKind::Real, PassScheme::Blind, None, &[]),
            Err(BadGenesis::Founders(0))
        );
        let twice = found_network(name(), NetworkKind::Real, PassScheme::Blind, None, &[founder(1), founder(1)]);
        assert_eq!(twice, Err(BadGenesis::Founders(2)));
        let text =
            genesis_text(&found_network(name(), NetworkKind::Real, PassScheme::Blind, None, &[founder(1)]).unwrap());
        let cut: String = text.chars().take(text.len() - 3).collect();
        for broken in ["", "# only words\n", "hello", cut.as_str()] {
            assert_eq!(read_genesis(broken), Err(BadGenesis::NotOne), "{broken:?}");
        }
    }
}
