//! `keys rotate --transport`: another identity towards other nodes.

use super::told;
use crate::{arguments::Place, door::Door, failure::Failure, print::Printer};
use firm::{
    command::{Answer, Command},
    view::Query,
};
use node::control::Request;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// How long sponsors and counterparts that are connected may take until the node has moved.
const MOVED_WITHIN: Duration = Duration::from_secs(20);

/// Has another one drawn, and waits a little for the node to take it on.
pub(super) async fn rotate(place: &Place, printer: &mut Printer<'_>) -> Result<(), Failure> {
    let mut door = Door::open(place).await?;
    let done = rotated(&mut door).await;
    door.close().await?;
    let transport = done?;
    let words = match (transport.get("next"), transport.get("refused").and_then(Value::as_array)) {
        (Some(Value::Null), Some(refused)) if !refused.is_empty() => {
            return Err(Failure::of(
                "not-rebound",
                &"no sponsor admits a further transport identity of this firm, so the node keeps the one that it has; `cosolvent keys \
                  show` says why, ask the sponsor",
            ));
        }
        (Some(Value::Null), _) => "The node connects to others under another identity now; the one before is gone.",
        _ => {
            "Another identity is drawn. The node goes on under the present one until sponsors and counterparts know the other; leave \
             it running and connected, and see `cosolvent keys show`."
        }
    };
    told(printer, json!({"transport": transport}), words)
}

async fn rotated(door: &mut Door) -> Result<Value, Failure> {
    let rotate = Request::Ask { command: Box::new(Command::RotateTransport) };
    if let Answer::Refused(refusal) = door.answer(rotate).await? {
        return Err(refusal.into());
    }
    let until = Instant::now() + MOVED_WITHIN;
    loop {
        let keys = door.items(Request::View { query: Query::Keys }).await?.into_iter().next().unwrap_or_default();
        let transport = keys.get("transport").cloned().unwrap_or_default();
        let is_moving = transport.get("next").is_some_and(|next| !next.is_null());
        // Without a running node nothing leaves.
        if !is_moving || matches!(door, Door::Here(_)) || Instant::now() >= until {
            return Ok(transport);
        }
        sleep(Duration::from_millis(200)).await;
    }
}
