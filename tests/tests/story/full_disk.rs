//! A disk that fills up while the node runs.

use crate::{market::Market, program::until};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// A file system of its own in a folder, for as long as this lives.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// 8 MiB; `None` without the right to mount.
    fn mount(folder: &Path) -> Option<SmallDisk> {
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder).output();
        mounted.is_ok_and(|output| output.status.success()).then(|| SmallDisk(folder.to_owned()))
    }

    /// Takes all the space that is left.
    fn fill(&self) -> PathBuf {
        let path = self.0.join("something-large");
        let mut file = File::create(&path).unwrap();
        while file.write_all(&[1; 4096]).is_ok() {}
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Detached even if something still has a file open there.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[test]
fn a_full_disk_stops_the_node_with_a_sentence_and_loses_nothing_that_was_confirmed() {
    let mut market = Market::convene();
    let invitation = market.sponsor("lakeshore").invitation();
    let party = &mut market.supplier;
    let Some(disk) = SmallDisk::mount(party.folder()) else {
        println!("SKIPPED: a full disk. Run this test as root, who may mount a small file system.");
        return;
    };
    party.configure("");
    assert_eq!(party.init(&invitation).code, 0);
    party.start();
    party.confide();
    let large = disk.fill();
    let file = party.beside(&format!("{}.toml", party.plan.items[0].id));
    let mut confirmed = 1;
    let refused = until("the disk is full", || {
        let said = party.run(&["resource", "add", file.to_str().unwrap(), "--title", &format!("Machine {confirmed}")]);
        if said.code == 0 {
            confirmed += 1;
        }
        (said.code != 0).then_some(said)
    });
    println!("        {confirmed} confirmed, then {:?}", refused.error());
    assert_eq!(party.node.take().unwrap().ended().code(), Some(1));
    let log = fs::read_to_string(party.beside("log")).unwrap();
    let last = log.lines().last().unwrap();
    assert!(last.contains("disk-full") && last.contains("free some space and start again"), "{last}");

    fs::remove_file(large).unwrap();
    party.start();
    let listed = party.items(&["resource", "list"]).len();
    assert!(listed == confirmed || listed == confirmed + 1, "{confirmed} confirmed, {listed} listed");
    party.stop();
}
