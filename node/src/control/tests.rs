use super::*;
use crate::{
    keystore::{Cost, Password},
    office::{Founding, Premises},
    root::RootKeys,
};
use firm::command::{ContactCard, Refusal};
use protocol::{
    text::{Name, ShortText},
    time::Day,
    vocabulary::Role,
};
use std::{os::unix::fs::PermissionsExt, path::Path};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::UnixStream,
};

async fn node(folder: &TempDir) -> (crate::office::FirmNode, Premises) {
    let cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
    let premises = Premises::at(folder.path().join("data")).with_cost(cost);
    let text = |text| ShortText::new(text).unwrap();
    let contact = ContactCard { street: text("s"), mail: text("m"), phone: text("p"), person: text("c") };
    let founding = Founding { legal_name: Name::new("Mill Lane Machining").unwrap(), contact };
    let passphrase = Password::new("boot".into());
    (premises.found(&passphrase, founding, &RootKeys::generate().unwrap()).await.unwrap(), premises)
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_command_line_reaches_the_firm_and_nobody_else_does() {
    let folder = tempfile::tempdir().unwrap();
    let (node, premises) = node(&folder).await;
    let missing = Caller::connect(&premises.socket()).await.unwrap_err();
    assert!(matches!(missing, CallError::Nobody { .. }), "{missing}");
    let control = serve(&premises.socket(), node.office().clone(), Site::default()).unwrap();
    assert_eq!((mode(&premises.socket()), mode(premises.data())), (0o600, 0o700));

    let mut caller = Caller::connect(&premises.socket()).await.unwrap();
    let Reply::Items(items) = caller.call::<Reply>(&Request::Status).await.unwrap() else { panic!() };
    assert_eq!(items[0]["firm"], "Mill Lane Machining");
    assert!(items[0]["now"].as_str().unwrap().ends_with('Z'), "{}", items[0]);
    let view = caller.call::<Reply>(&Request::View { query: Query::People }).await.unwrap();
    assert_eq!(view, Reply::Items(Vec::new()));
    let withdraw = Request::Ask { command: Box::new(Command::Withdraw(protocol::id::ItemId([1; 8]))) };
    assert_eq!(caller.call::<Reply>(&withdraw).await.unwrap(), Reply::Answer(Answer::Refused(Refusal::NoSuchItem)));

    drop(control);
    assert!(!premises.socket().exists());
    node.stop().await.unwrap();
}

#[tokio::test]
async fn a_person_is_entered_over_the_socket_and_a_wrong_password_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (node, premises) = node(&folder).await;
    let _control = serve(&premises.socket(), node.office().clone(), Site::default()).unwrap();
    let mut caller = Caller::connect(&premises.socket()).await.unwrap();
    let (id, name): (PersonId, _) = ("asha".parse().unwrap(), Name::new("Asha").unwrap());
    let password = Typed::new("her own".into());
    let newcomer = Newcomer { id: id.clone(), name, roles: vec![Role::Owner], expires: Day(u32::MAX) };
    let enrol = Request::Enrol { newcomer, password, voucher: None };
    assert_eq!(caller.call::<Reply>(&enrol).await.unwrap(), Reply::Answer(Answer::Done));
    let (summary, bytes) = (Hash([0; 32]), Hash([0; 32]));
    let decide = Request::Decide {
        person: id,
        approval: ApprovalId([1; 16]),
        seen: Seen { summary, bytes, confirmed: Vec::new() },
        verdict: Verdict::Approve,
        password: Typed::new("a guess".into()),
    };
    assert!(!format!("{decide:?}").contains("guess"));
    let Reply::Fault(fault) = caller.call::<Reply>(&decide).await.unwrap() else { panic!() };
    assert_eq!(fault.code, "wrong-password");
    assert!(!fault.remedy.is_empty());
    node.stop().await.unwrap();
}

#[tokio::test]
async fn a_line_that_is_no_request_is_answered_and_the_next_one_is_heard() {
    let folder = tempfile::tempdir().unwrap();
    let (node, premises) = node(&folder).await;
    let _control = serve(&premises.socket(), node.office().clone(), Site::default()).unwrap();
    let mut stream = UnixStream::connect(premises.socket()).await.unwrap();
    stream.write_all(b"hello\n{\"do\":\"status\"}\n").await.unwrap();
    stream.shutdown().await.unwrap();
    let mut replies = String::new();
    stream.read_to_string(&mut replies).await.unwrap();
    let mut lines = replies.lines();
    assert!(lines.next().unwrap().contains("\"malformed\""), "{replies}");
    assert!(lines.next().unwrap().contains("Mill Lane Machining"), "{replies}");
    node.stop().await.unwrap();
}
