//! Adverts of as many pseudonyms, each under a blind pass of its own, and the sponsor that vouches for them.

use ed25519_dalek::SigningKey;
use machine::Seed;
use protocol::advert::{Advert, AdvertBody};
use protocol::check::{Checked, Record, own};
use protocol::facts::{Facts, Side, Weeks};
use protocol::genesis::{Founder, Genesis, NetworkKind, PassScheme};
use protocol::id::{ContactKey, Hash, HolderKey, SponsorKey};
use protocol::pass::{Grant, IssuingKey, IssuingSecret, Manifest, Pass, PassSignature, Purpose, SignedManifest};
use protocol::text::{Name, ShortText};
use protocol::time::UnixMs;
use protocol::vocabulary::{Credential, HoursBand, Language, Material, Presence, Process, ResourceClass, ToleranceBand};
use std::thread;

/// A sponsor and its network.
pub struct Sponsor {
    pub key: SigningKey,
    pub genesis: Genesis,
    pub now: UnixMs,
    issuing: IssuingSecret,
}

impl Sponsor {
    pub fn new(now: UnixMs) -> Sponsor {
        let key = SigningKey::from_bytes(&[1; 32]);
        let name = |text| Name::new(text).expect("a short name");
        let founders = vec![Founder { key: SponsorKey::of(&key), name: name("Sponsor") }];
        let (kind, passes) = (NetworkKind::Simulated, PassScheme::Blind);
        let genesis =
            Genesis { name: name("Measured"), kind, passes, founders, salt: Hash([1; 32]), cells: None };
        let issuing = IssuingSecret::generate(&mut Seed([2; 32]).chance()).expect("an issuing key");
        Sponsor { key, genesis, now, issuing }
    }

    /// The one issuing key stands for every purpose.
    pub fn manifest(&self, members: u32) -> Checked {
        let keys = Purpose::ALL.map(|purpose| (purpose, self.issuing.modulus())).to_vec();
        let (network, sponsor) = (self.genesis.id(), SponsorKey::of(&self.key));
        let body = Manifest { network, sponsor, epoch: self.now.week(), members, keys };
        own(Record::Manifest(SignedManifest::new(body, &self.key))).expect("a manifest fits its frame")
    }

    /// So many adverts. Each holds the sponsor up for one signature, so threads share the work.
    pub fn adverts(&self, count: usize) -> Vec<Checked> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let numbers: Vec<usize> = (0..count).collect();
        thread::scope(|scope| {
            let part = |part: Vec<usize>| scope.spawn(move || part.into_iter().map(|n| self.advert(n)).collect::<Vec<_>>());
            let parts: Vec<_> = numbers.chunks(count.div_ceil(threads)).map(|part| part.to_vec()).map(part).collect();
            parts.into_iter().flat_map(|part| part.join().expect("adverts are made")).collect()
        })
    }

    fn advert(&self, number: usize) -> Checked {
        let seed = |label: &str| Hash::of_bytes(label_of(label), &number.to_be_bytes()).0;
        let holder = SigningKey::from_bytes(&seed("pseudonym"));
        let (network, week) = (self.genesis.id(), self.now.week());
        let body = AdvertBody {
            network,
            contact: ContactKey(seed("contact")),
            published: self.now.day(),
            expires: week.plus(4),
            facts: facts(number, self.now),
            pass: self.pass(HolderKey::of(&holder), seed("blinding")),
        };
        own(Record::Advert(Advert::new(body, &holder))).expect("an advert fits its frame")
    }

    fn pass(&self, holder: HolderKey, blinding: [u8; 32]) -> Pass {
        let (sponsor, epoch) = (SponsorKey::of(&self.key), self.now.week());
        let grant = Grant::new(self.genesis.id(), sponsor, epoch, Purpose::Advert, holder);
        let key = IssuingKey::new(&self.issuing.modulus()).expect("an issuing key");
        let hidden = key.blind(&grant, &protocol::noise::Seed(blinding)).expect("a grant can be blinded");
        let answer = self.issuing.sign(&mut Seed(blinding).chance(), &hidden.blinded).expect("a signature");
        let signature = PassSignature::Blind(key.open(&grant, &hidden, &answer).expect("a good signature"));
        Pass { sponsor, epoch, holder, signature }
    }
}

fn label_of(label: &str) -> &'static str {
    match label {
        "pseudonym" => "measured/pseudonym",
        "contact" => "measured/contact",
        _ => "measured/blinding",
    }
}

/// A typical offer; materials, bands and weeks differ from one to the next.
fn facts(number: usize, now: UnixMs) -> Facts {
    let materials = [Material::Titanium, Material::Aluminium, Material::CarbonSteel, Material::StainlessSteel];
    let first = now.week().plus((number % 3) as u32);
    let mut materials = vec![materials[number % 4], materials[(number / 4 + 1) % 4]];
    materials.sort();
    materials.dedup();
    Facts {
        side: Side::Offer,
        class: ResourceClass::MachineWithOperator,
        process: [Process::FiveAxisMilling, Process::Turning, Process::Grinding, Process::WireErosion][number / 16 % 4],
        materials,
        envelope: None,
        tolerance: Some([ToleranceBand::Um10, ToleranceBand::Um25][number % 2]),
        credentials: vec![Credential::Iso9001],
        area: None,
        weeks: Weeks { first, last: first.plus(2) },
        hours: HoursBand::Upto40,
        presence: Some(Presence::OnSite),
        travel: None,
        languages: vec![Language::English, Language::French],
        conflict_classes: Vec::new(),
        value: None,
        text: ShortText::new("Second shift, probe on the machine, tooling for titanium.").ok(),
    }
}
