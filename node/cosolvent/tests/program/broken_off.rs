//! Changes of keys that are broken off: the node's answer gets lost, or whoever sits there stops. No recovery key is lost, and none
//! is left where nobody asked for it.

use crate::place::{PATIENCE, Place, Sponsor};
use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Read, Write},
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
};

/// What becomes of the change that the node is asked for.
#[derive(Clone, Copy, Debug)]
enum Lost {
    /// It does not arrive.
    Question,
    /// It is taken in, and the connection breaks.
    Answer,
    /// It is taken in, and this comes back.
    Replaced(&'static str),
    /// It does not arrive, and this comes back.
    Forged(&'static str),
}

/// Stands between one command and the running node.
struct Between {
    socket: PathBuf,
    aside: PathBuf,
    served: thread::JoinHandle<bool>,
}

impl Between {
    fn stand(place: &Place, lost: Lost) -> Between {
        let (socket, aside) = (place.data().join("control.sock"), place.data().join("aside.sock"));
        fs::rename(&socket, &aside).unwrap();
        let listener = UnixListener::bind(&socket).unwrap();
        let to = aside.clone();
        let served =
            thread::spawn(move || serve(&listener.accept().unwrap().0, &UnixStream::connect(to).unwrap(), lost));
        Between { socket, aside, served }
    }

    /// Steps aside, and tells whether the change came by.
    fn step_aside(self) -> bool {
        let seen = self.served.join().unwrap();
        fs::rename(self.aside, self.socket).unwrap();
        seen
    }
}

fn serve(mut asker: &UnixStream, mut node: &UnixStream, lost: Lost) -> bool {
    let (mut questions, mut answers) = (BufReader::new(asker), BufReader::new(node));
    let mut seen = false;
    loop {
        let (mut question, mut answer) = (String::new(), String::new());
        if questions.read_line(&mut question).unwrap_or(0) == 0 {
            return seen;
        }
        let change = question.contains("change-keys");
        seen |= change;
        if !(change && matches!(lost, Lost::Question | Lost::Forged(_))) {
            node.write_all(question.as_bytes()).unwrap();
            answers.read_line(&mut answer).unwrap();
        }
        match lost {
            Lost::Question | Lost::Answer if change => return seen,
            Lost::Replaced(by) | Lost::Forged(by) if change => answer = format!("{by}\n"),
            _ => {}
        }
        asker.write_all(answer.as_bytes()).unwrap();
    }
}

fn founded(sponsor: &Sponsor) -> (Place, String) {
    let place = Place::new();
    assert_eq!(place.init(&sponsor.invitation()).code, 0);
    let sheet = place.take_sheet_away();
    (place, sheet)
}

fn holds(place: &Place, sheet: &str) -> bool {
    place.run(&["--json", "keys", "sheet", sheet, "--check"]).code == 0
}

fn rotate(place: &Place, old: &str, new: &str, lost: Lost) -> crate::place::Said {
    let between = Between::stand(place, lost);
    let said = place.run(&["--json", "keys", "rotate", "--sheet", old, "--out", new]);
    assert!(between.step_aside(), "{said:?}");
    said
}

#[test]
fn a_new_sheet_stays_beside_the_old_one_whenever_the_nodes_answer_is_not_a_clear_no() {
    let sponsor = Sponsor::start();
    let (place, mut present) = founded(&sponsor);
    let node = place.start();
    let fault = r#"{"fault":{"code":"stopped","message":"the journal did not answer","remedy":""}}"#;
    for (number, lost) in [Lost::Answer, Lost::Replaced(fault), Lost::Replaced(r#"{"items":[]}"#), Lost::Replaced("?")]
        .into_iter()
        .enumerate()
    {
        let new = place.path(&format!("new-{number}")).display().to_string();
        let said = rotate(&place, &present, &new, lost);
        assert_eq!((said.code, said.error().as_str()), (1, "unknown"), "{lost:?}: {said:?}");
        assert!(said.err.contains(&format!("keys sheet {new} --check")), "{lost:?}: {said:?}");
        assert!(holds(&place, &new) && !holds(&place, &present), "{lost:?}");
        present = new;
    }

    let never = place.path("never").display().to_string();
    let said = rotate(&place, &present, &never, Lost::Question);
    assert_eq!(said.error(), "unknown", "{said:?}");
    let said = place.run(&["--json", "keys", "sheet", &never, "--check"]);
    assert_eq!((said.code, said.error().as_str()), (1, "older-folder"));
    assert!(said.err.contains("the one before it still is") && said.err.contains("keys rotate"), "{said:?}");
    assert!(holds(&place, &present));
    let last = place.path("last").display().to_string();
    place.items(&["keys", "rotate", "--sheet", &never, "--out", &last]);
    assert!(
        holds(&place, &last) && !holds(&place, &never) && !holds(&place, &present),
        "which is right in either case"
    );

    let refused = place.path("refused").display().to_string();
    let no = Lost::Forged(r#"{"answer":{"refused":"bad-key-events"}}"#);
    assert_eq!(rotate(&place, &last, &refused, no).error(), "bad-key-events");
    assert!(!Path::new(&refused).exists() && holds(&place, &last), "no sheet is left that never counted");
    assert_eq!(node.stop(), Some(0));
}

/// A program with somebody who sits at its terminal.
struct Seated {
    child: Child,
    terminal: File,
    told: Receiver<Vec<u8>>,
    page: String,
}

impl Seated {
    fn at(mut command: Command) -> Seated {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap();
        let seat = open(name.as_c_str(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let end = || Stdio::from(seat.try_clone().unwrap());
        let child = command.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
        let terminal = File::from(terminal);
        let (tell, told) = channel();
        let mut shown = terminal.try_clone().unwrap();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // A terminal whose program has ended cannot be read any more.
            while let Ok(read @ 1..) = shown.read(&mut bytes) {
                if tell.send(bytes[..read].to_vec()).is_err() {
                    return;
                }
            }
        });
        Seated { child, terminal, told, page: String::new() }
    }

    /// Waits until the program has said this, and gives everything up to there.
    fn until(&mut self, words: &str) -> String {
        loop {
            if let Some(at) = self.page.find(words) {
                let rest = self.page.split_off(at + words.len());
                return std::mem::replace(&mut self.page, rest).replace('\r', "");
            }
            let more = self.told.recv_timeout(PATIENCE);
            let more = more.unwrap_or_else(|_| panic!("{words:?} after {:?}", self.page));
            self.page += &String::from_utf8_lossy(&more);
        }
    }

    fn types(&mut self, line: &str) {
        writeln!(self.terminal, "{line}").unwrap();
    }

    fn interrupt(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
        assert!(!self.child.wait().unwrap().success());
    }
}

/// Groups of a part of the shown sheet.
fn groups<'a>(page: &'a str, part: &str) -> Vec<&'a str> {
    let below = page.split_once(&format!("[{part}]")).unwrap().1.lines().skip(1);
    below.take_while(|line| !line.is_empty()).flat_map(|line| line.split_whitespace().skip(1)).collect()
}

fn on_disk(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            return on_disk(&path, text);
        }
        fs::read(path).is_ok_and(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    })
}

#[test]
fn a_new_sheet_is_copied_from_the_screen_before_it_is_on_disk_and_breaking_off_leaves_nothing() {
    let sponsor = Sponsor::start();
    let (place, old) = founded(&sponsor);
    let enter = "press Enter";
    let mut seated = Seated::at(place.command(&["keys", "rotate", "--sheet", &old]));
    let page = seated.until(enter);
    let recovery = groups(&page, "recovery key")[0].to_string();
    assert!(!on_disk(&place.data(), &recovery));
    seated.interrupt();
    assert!(!on_disk(&place.data(), &recovery), "nobody asked for a file");
    assert!(holds(&place, &old));

    let mut seated = Seated::at(place.command(&["keys", "rotate", "--sheet", &old]));
    let page = seated.until(enter);
    seated.types("");
    for part in ["renewal key", "recovery key"] {
        let asked = seated.until(&format!("of the {part}, from your copy: "));
        let number: usize = asked.rsplit_once("Group ").unwrap().1.split(' ').next().unwrap().parse().unwrap();
        seated.types(groups(&page, part)[number - 1]);
    }
    seated.until("Every key of the firm is new");
    assert!(seated.child.wait().unwrap().success());
    assert!(!on_disk(&place.data(), groups(&page, "recovery key")[0]), "and was taken off this computer");
    let text = page.split_once("COSOLVENT").unwrap().1.rsplit_once("Write both").unwrap().0;
    let copy = place.secret("copy", &format!("COSOLVENT{text}"));
    assert!(!place.items(&["keys", "show"])[0]["sheet"].is_null(), "somebody has shown to hold it");
    assert!(holds(&place, copy.to_str().unwrap()) && !holds(&place, &old));
}
