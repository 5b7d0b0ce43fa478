//! The signer in a process of its own, which may die at any moment.

use bootstrap::signing::SigningProcess;
use node::keystore::Secret;
use protocol::{
    id::{Blinded, HolderKey, NetworkId, SponsorKey},
    limits::PASSES_PER_REQUEST_MAX,
    noise::Seed,
    pass::{Blinding, Grant, IssuingKey, Purpose},
    time::Week,
};
use rustix::process::{Pid, Signal, kill_process};
use sponsor::issuing::Signer;
use std::{path::Path, thread, time::Duration};

const WEEK: Week = Week(3_000);

fn signer(folder: &Path) -> SigningProcess {
    SigningProcess::new(Path::new(env!("CARGO_BIN_EXE_cosolvent-sponsor")), folder, Secret::new([7; 32]))
}

/// `kill -9`; one that has ended is ended already.
fn kill(pid: u32) {
    let pid = Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    let _ = kill_process(pid, Signal::KILL);
}

/// A whole parcel of hidden grants, and what opens the answers.
fn batch(key: &IssuingKey) -> Vec<(Grant, Blinding)> {
    let hidden = (0..PASSES_PER_REQUEST_MAX).map(|n| {
        let holder = HolderKey([u8::try_from(n).unwrap(); 32]);
        let grant = Grant::new(NetworkId([1; 32]), SponsorKey([2; 32]), WEEK, Purpose::Contact, holder);
        let blinding = key.blind(&grant, &Seed(holder.0)).unwrap();
        (grant, blinding)
    });
    hidden.collect()
}

#[test]
fn a_signer_killed_in_the_middle_of_a_batch_is_started_again_and_the_batch_is_whole() {
    // PAS-10; decision 0021
    let place = tempfile::tempdir().unwrap();
    let signer = signer(place.path());
    let keys = signer.keys(WEEK).expect("it answers");
    let (_, modulus) = keys.iter().find(|(purpose, _)| *purpose == Purpose::Contact).unwrap();
    let key = IssuingKey::new(modulus).unwrap();
    let batch = batch(&key);
    let blinded: Vec<Blinded> = batch.iter().map(|(_, hidden)| hidden.blinded).collect();
    let mut died = 0;
    // Before it hears the question, while it signs (a millisecond each), and after it has answered.
    for after_ms in [0, 5, 10, 20, 30, 40, 60, 80] {
        let first = signer.process_id().unwrap();
        let signed = thread::scope(|scope| {
            let signing = scope.spawn(|| signer.sign(WEEK, Purpose::Contact, &blinded));
            thread::sleep(Duration::from_millis(after_ms));
            kill(first);
            signing.join().unwrap().expect("it is asked again")
        });
        died += usize::from(signer.process_id() != Some(first));
        for ((grant, hidden), answer) in batch.iter().zip(signed) {
            assert!(key.open(grant, hidden, &answer.unwrap()).is_ok(), "killed after {after_ms} ms");
        }
        assert_eq!(signer.keys(WEEK), Some(keys.clone()), "and the keys are those that were published");
    }
    assert!(died > 0, "it was killed at work at least once");
}

#[test]
fn whoever_has_the_folder_and_not_the_key_signs_nothing() {
    let place = tempfile::tempdir().unwrap();
    signer(place.path()).keys(WEEK).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_cosolvent-sponsor"));
    let stranger = SigningProcess::new(program, place.path(), Secret::new([8; 32]));
    assert_eq!(stranger.keys(WEEK), None);
}

#[test]
fn a_program_that_is_not_there_signs_nothing_and_stops_nobody() {
    let place = tempfile::tempdir().unwrap();
    let nobody = SigningProcess::new(&place.path().join("nothing"), place.path(), Secret::new([7; 32]));
    assert_eq!(nobody.keys(WEEK), None);
}

#[test]
fn the_process_ends_with_the_node_that_it_signs_for() {
    let place = tempfile::tempdir().unwrap();
    let signer = signer(place.path());
    signer.keys(WEEK).unwrap();
    let pid = signer.process_id().unwrap();
    drop(signer);
    assert!(!Path::new(&format!("/proc/{pid}")).exists());
}
