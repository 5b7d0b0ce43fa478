use super::*;
use serde::Deserialize;
use std::time::Instant;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Fact {
    Said { version: u32, text: String },
    Counted { version: u32, number: u64 },
}

fn said(number: u64) -> Fact {
    Fact::Said { version: 1, text: format!("the fact with number {number}") }
}

fn key() -> Secret {
    Secret::new([7; 32])
}

/// A closed journal with `count` facts in it.
fn journal_of(count: u64) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.redb");
    let mut journal = Journal::create(&path, &key()).unwrap();
    let facts: Vec<Fact> = (0..count).map(said).collect();
    facts.chunks(100).for_each(|batch| journal.append(batch).unwrap());
    (folder, path)
}

fn open(path: &Path) -> Result<Vec<Fact>, JournalError> {
    Journal::open(path, &key()).map(|(_, facts)| facts)
}

/// Changes rows through the engine, as someone who has the file but not the key could.
fn tamper(path: &Path, change: impl FnOnce(&mut redb::Table<'_, u64, &'static [u8]>)) {
    let database = Database::open(path).unwrap();
    let transaction = database.begin_write().unwrap();
    change(&mut transaction.open_table(RECORDS).unwrap());
    transaction.commit().unwrap();
}

fn row(table: &redb::Table<'_, u64, &'static [u8]>, number: u64) -> Vec<u8> {
    table.get(number).unwrap().unwrap().value().to_vec()
}

#[test]
fn ten_thousand_records_come_back_in_order() {
    let (_folder, path) = journal_of(10_000);
    let started = Instant::now();
    let (journal, facts) = Journal::open::<Fact>(&path, &key()).unwrap();
    println!(
        "replayed 10,000 records in {} ms, file of {} KiB",
        started.elapsed().as_millis(),
        fs::metadata(&path).unwrap().len() / 1024
    );
    assert_eq!(facts.len(), 10_000);
    assert!(facts.iter().zip(0..).all(|(fact, number)| *fact == said(number)));
    assert_eq!(journal.count(), 10_000);
}

#[test]
fn a_batch_is_one_commit_and_goes_on_after_reopening() {
    let (_folder, path) = journal_of(3);
    let (mut journal, _) = Journal::open::<Fact>(&path, &key()).unwrap();
    journal.append(&[said(3), Fact::Counted { version: 1, number: 9 }]).unwrap();
    assert_eq!(journal.written(), Written { commits: 1, rows: 2 });
    drop(journal);
    assert_eq!(open(&path).unwrap()[3..], [said(3), Fact::Counted { version: 1, number: 9 }]);
}

#[test]
fn a_wrong_key_is_named_and_not_taken_for_damage() {
    for count in [0, 5] {
        let (_folder, path) = journal_of(count);
        let before = fs::read(&path).unwrap();
        let refused = Journal::open::<Fact>(&path, &Secret::new([8; 32])).unwrap_err();
        assert!(matches!(refused, JournalError::WrongKey { .. }), "{refused}");
        assert!(fs::read(&path).unwrap() == before, "the file was left as it is");
        assert_eq!(open(&path).unwrap().len() as u64, count, "nothing was lost");
    }
}

#[test]
fn one_flipped_byte_is_found_with_its_record_number() {
    let (_folder, path) = journal_of(20);
    tamper(&path, |table| {
        let mut bytes = row(table, 13);
        bytes[40] ^= 1;
        table.insert(13, bytes.as_slice()).unwrap();
    });
    let refused = open(&path).unwrap_err();
    assert!(matches!(refused, JournalError::DamagedRecord { number: 13, .. }), "{refused}");
}

#[test]
fn two_swapped_records_are_noticed() {
    let (_folder, path) = journal_of(20);
    tamper(&path, |table| {
        let (left, right) = (row(table, 4), row(table, 9));
        table.insert(4, right.as_slice()).unwrap();
        table.insert(9, left.as_slice()).unwrap();
    });
    assert!(matches!(open(&path).unwrap_err(), JournalError::DamagedRecord { number: 4, .. }));
}

#[test]
fn a_missing_record_is_noticed_in_the_middle_and_at_the_end() {
    for gone in [7, 19] {
        let (_folder, path) = journal_of(20);
        tamper(&path, |table| drop(table.remove(gone).unwrap()));
        let refused = open(&path).unwrap_err();
        assert!(
            matches!(refused, JournalError::MissingRecord { number, count: 20, .. } if number == gone),
            "{refused}"
        );
    }
}

#[test]
fn a_record_of_another_journal_does_not_fit() {
    let (_folder, path) = journal_of(5);
    let (_other_folder, other) = journal_of(5);
    let mut foreign = Vec::new();
    tamper(&other, |table| foreign = row(table, 2));
    tamper(&path, |table| drop(table.insert(2, foreign.as_slice()).unwrap()));
    assert!(matches!(open(&path).unwrap_err(), JournalError::DamagedRecord { number: 2, .. }));
}

#[test]
fn a_damaged_page_is_an_error_and_never_a_shorter_journal() {
    let (_folder, path) = journal_of(300);
    let whole = fs::read(&path).unwrap();
    let mut errors = 0;
    for page in 0..whole.len() / 4096 {
        for at in [page * 4096 + 3, page * 4096 + 1500] {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            fs::write(&path, &bytes).unwrap();
            match open(&path) {
                Ok(facts) => assert_eq!(facts.len(), 300, "byte {at}"),
                Err(error) => {
                    errors += 1;
                    assert!(error.to_string().contains("journal"), "{error}");
                    assert!(fs::read(&path).unwrap() == bytes, "byte {at}: the file was left as it is");
                }
            }
        }
    }
    assert!(errors > 5, "some damage must have hit something: {errors}");
}

#[test]
fn a_file_that_is_empty_or_cut_short_is_damage_and_not_a_new_journal() {
    let (_folder, path) = journal_of(300);
    let whole = fs::read(&path).unwrap();
    for length in [0, 10, 4096, whole.len() / 2] {
        fs::write(&path, &whole[..length]).unwrap();
        let refused = open(&path).unwrap_err();
        assert!(matches!(refused, JournalError::DamagedFile { .. }), "{length} bytes: {refused}");
        assert!(fs::read(&path).unwrap() == whole[..length], "the file is left as it is");
    }
    fs::remove_file(&path).unwrap();
    assert!(matches!(open(&path).unwrap_err(), JournalError::Missing { .. }));
}

#[test]
fn a_journal_is_made_once_and_used_by_one() {
    let (_folder, path) = journal_of(1);
    assert!(matches!(Journal::create(&path, &key()).unwrap_err(), JournalError::Exists { .. }));
    let _held = Journal::open::<Fact>(&path, &key()).unwrap();
    assert!(matches!(open(&path).unwrap_err(), JournalError::InUse { .. }));
}

#[test]
fn a_newer_format_and_an_unknown_record_say_so() {
    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Old {
        #[allow(dead_code)]
        Counted { version: u32 },
    }
    let (_folder, path) = journal_of(1);
    let refused = Journal::open::<Old>(&path, &key()).unwrap_err();
    assert!(matches!(refused, JournalError::Undecodable { number: 0, .. }), "{refused}");
    let database = Database::open(&path).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.open_table(META).unwrap().insert("format", &2u64.to_be_bytes()[..]).unwrap();
    transaction.commit().unwrap();
    drop(database);
    assert!(matches!(open(&path).unwrap_err(), JournalError::NewerFormat { found: 2, known: 1, .. }));
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let (database, switches) = disk::disk(u64::MAX);
    let mut journal = Journal::begin(database, Path::new("in memory"), &key()).unwrap();
    journal.append(&[said(0)]).unwrap();
    switches.room.store(0, std::sync::atomic::Ordering::SeqCst);
    let refused = journal.append(&[said(1)]).unwrap_err();
    assert!(matches!(refused, JournalError::DiskFull { .. }), "{refused}");
    assert_eq!(journal.count(), 1);
}

#[test]
fn no_nonce_repeats_even_for_the_same_records_in_a_restored_copy() {
    let (_folder, path) = journal_of(5);
    let copy = path.with_extension("copy");
    fs::copy(&path, &copy).unwrap();
    let mut nonces = std::collections::BTreeSet::new();
    for file in [&path, &copy] {
        let (mut journal, _) = Journal::open::<Fact>(file, &key()).unwrap();
        journal.append(&[said(5), said(6)]).unwrap();
        drop(journal);
        tamper(file, |table| (5..7).for_each(|number| assert!(nonces.insert(row(table, number)[..24].to_vec()))));
    }
}
