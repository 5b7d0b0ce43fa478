//! How gossip is set up, and what is remembered about it: topics, tickets, and own records that nobody hears yet.
//!
//! The profile (DESIGN 3.4): anonymous messages, named by the hash of topic and content; every message waits for a verdict
//! before it travels on; no flooding, no peer exchange; a neighbour's score falls with messages that are invalid whoever
//! looks at them, never with messages that are late or missing.

use super::limits::{
    GOSSIP_BYTES_MAX, GOSSIP_DUPLICATE_MEMORY, GOSSIP_FORWARD_WAIT, GOSSIP_FRAME_BYTES_MAX, GOSSIP_HISTORY_HEARTBEATS,
    GOSSIP_IDS_MAX, GOSSIP_QUEUE_MAX, TICKETS_MAX, UNSENT_MAX,
};
use libp2p::{
    PeerId,
    gossipsub::{
        Behaviour, Config, ConfigBuilder, ConfigBuilderError, IdentTopic, IdentityTransform, Message,
        MessageAuthenticity, MessageId, PeerScoreParams, PeerScoreThresholds, TopicHash, TopicScoreParams,
        ValidationMode, WhitelistSubscriptionFilter, score_parameter_decay,
    },
};
use machine::{Ticket, Topic};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// Gossip of this network: anonymous bytes, a few topics.
pub(super) type Gossip = Behaviour<IdentityTransform, WhitelistSubscriptionFilter>;

const TOPICS: [Topic; 5] = [Topic::Adverts, Topic::Envelopes, Topic::Log, Topic::Relays, Topic::Keys];

/// The topics under the names of one network.
#[derive(Clone)]
pub(super) struct Topics([(Topic, IdentTopic); 5]);

impl Topics {
    /// The topics of a network.
    pub(super) fn of(network: &str) -> Self {
        Topics(TOPICS.map(|topic| {
            let noun = match topic {
                Topic::Adverts => "adverts",
                Topic::Envelopes => "envelopes",
                Topic::Log => "log",
                Topic::Relays => "relays",
                Topic::Keys => "keys",
            };
            (topic, IdentTopic::new(format!("/cosolvent/{network}/{noun}/1")))
        }))
    }

    /// The name of a topic on the wire.
    pub(super) fn hash(&self, topic: Topic) -> TopicHash {
        let [(_, adverts), (_, envelopes), (_, log), (_, relays), (_, keys)] = &self.0;
        match topic {
            Topic::Adverts => adverts.hash(),
            Topic::Envelopes => envelopes.hash(),
            Topic::Log => log.hash(),
            Topic::Relays => relays.hash(),
            Topic::Keys => keys.hash(),
        }
    }

    /// The topic of a name on the wire, if it is one of ours.
    pub(super) fn topic(&self, hash: &TopicHash) -> Option<Topic> {
        self.0.iter().find(|(_, name)| name.hash() == *hash).map(|(topic, _)| *topic)
    }
}

/// Gossip in our profile, subscribed to the topics of the network.
pub(super) fn gossip(network: &str, topics: &Topics) -> Result<Gossip, String> {
    let hashes = topics.0.iter().map(|(_, name)| name.hash()).collect();
    let config = profile(network, topics).map_err(|e| e.to_string())?;
    let filter = WhitelistSubscriptionFilter(hashes);
    let mut gossip = Gossip::new_with_subscription_filter(MessageAuthenticity::Anonymous, config, filter)?;
    let (params, thresholds) = scores(topics);
    gossip.with_peer_score(params, thresholds)?;
    for (_, name) in &topics.0 {
        gossip.subscribe(name).map_err(|e| e.to_string())?;
    }
    Ok(gossip)
}

fn profile(network: &str, topics: &Topics) -> Result<Config, ConfigBuilderError> {
    let mut profile = ConfigBuilder::default();
    for (_, name) in &topics.0 {
        profile.max_transmit_size_for_topic(GOSSIP_BYTES_MAX, name.hash());
    }
    profile
        .protocol_id_prefix(format!("/cosolvent/{network}/gossip"))
        .validation_mode(ValidationMode::Anonymous)
        .message_id_fn(content_id)
        .validate_messages()
        .flood_publish(false)
        .max_transmit_size(GOSSIP_FRAME_BYTES_MAX)
        .max_control_messages_sent(GOSSIP_IDS_MAX)
        .history_length(GOSSIP_HISTORY_HEARTBEATS)
        .forward_queue_duration(GOSSIP_FORWARD_WAIT)
        .publish_queue_duration(GOSSIP_FORWARD_WAIT)
        .connection_handler_queue_len(GOSSIP_QUEUE_MAX)
        .duplicate_cache_time(GOSSIP_DUPLICATE_MEMORY)
        .heartbeat_initial_delay(Duration::from_secs(1))
        .build()
}

/// A message is named by SHA-256(topic ‖ 0x00 ‖ content): without author and sequence number nothing else is left.
fn content_id(message: &Message) -> MessageId {
    let mut hash = Sha256::new();
    hash.update(message.topic.as_str().as_bytes());
    hash.update([0]);
    hash.update(&message.data);
    MessageId::from(hash.finalize().to_vec())
}

/// Scores: −(invalid messages)² per topic, forgotten over an hour. Nine silence our publishing to the neighbour (−81),
/// seven its gossip (−49), thirteen everything it says (−169); see [`super::limits::REJECTIONS_TO_SILENCE`].
fn scores(topics: &Topics) -> (PeerScoreParams, PeerScoreThresholds) {
    let topic = TopicScoreParams {
        topic_weight: 1.0,
        // Time in mesh and first deliveries would reward the well connected; P3 would punish those behind slow lines.
        time_in_mesh_weight: 0.0,
        first_message_deliveries_weight: 0.0,
        mesh_message_deliveries_weight: 0.0,
        mesh_failure_penalty_weight: 0.0,
        invalid_message_deliveries_weight: -1.0,
        invalid_message_deliveries_decay: score_parameter_decay(Duration::from_secs(3_600)),
        ..TopicScoreParams::default()
    };
    let params = PeerScoreParams {
        topics: topics.0.iter().map(|(_, name)| (name.hash(), topic.clone())).collect(),
        // Many firms of one industrial park share an address; admission, not the address, keeps strangers out.
        ip_colocation_factor_weight: 0.0,
        // A slow line is no fault.
        slow_peer_weight: 0.0,
        ..PeerScoreParams::default()
    };
    let thresholds = PeerScoreThresholds {
        gossip_threshold: -40.0,
        publish_threshold: -80.0,
        graylist_threshold: -160.0,
        ..PeerScoreThresholds::default()
    };
    (params, thresholds)
}

/// Records that wait for a verdict. Bounded: the oldest lose their claim first.
#[derive(Default)]
pub(super) struct Tickets {
    waiting: BTreeMap<Ticket, (MessageId, PeerId)>,
}

impl Tickets {
    /// Remembers what a ticket stands for. Says whether an older ticket had to go.
    pub(super) fn remember(&mut self, ticket: Ticket, message: MessageId, from: PeerId) -> bool {
        self.waiting.insert(ticket, (message, from));
        self.waiting.len() > TICKETS_MAX && self.waiting.pop_first().is_some()
    }

    /// What a ticket stands for; a ticket counts once.
    pub(super) fn redeem(&mut self, ticket: Ticket) -> Option<(MessageId, PeerId)> {
        self.waiting.remove(&ticket)
    }
}

/// Own records that no neighbour could hear yet, oldest first.
#[derive(Default)]
pub(super) struct Unsent {
    records: VecDeque<(Topic, Vec<u8>)>,
}

impl Unsent {
    /// Keeps a record for later. Says whether an older one had to be given up.
    pub(super) fn keep(&mut self, topic: Topic, record: Vec<u8>) -> bool {
        self.records.push_back((topic, record));
        self.records.len() > UNSENT_MAX && self.records.pop_front().is_some()
    }

    /// Takes everything out, to be tried again.
    pub(super) fn take(&mut self) -> VecDeque<(Topic, Vec<u8>)> {
        std::mem::take(&mut self.records)
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_networks_never_share_a_topic() {
        let (here, there) = (Topics::of("here"), Topics::of("there"));
        for topic in TOPICS {
            assert_eq!(here.topic(&here.hash(topic)), Some(topic));
            assert_eq!(here.topic(&there.hash(topic)), None);
        }
    }

    #[test]
    fn the_profile_is_one_that_gossipsub_accepts() {
        gossip("here", &Topics::of("here")).unwrap();
    }

    #[test]
    fn a_ticket_counts_once_and_the_oldest_give_way() {
        let mut tickets = Tickets::default();
        let from = PeerId::random();
        for n in 0..=TICKETS_MAX as u64 {
            let gave_way = tickets.remember(Ticket(n), MessageId::from(vec![0]), from);
            assert_eq!(gave_way, n == TICKETS_MAX as u64);
        }
        assert!(tickets.redeem(Ticket(0)).is_none(), "the oldest gave way");
        assert!(tickets.redeem(Ticket(1)).is_some());
        assert!(tickets.redeem(Ticket(1)).is_none(), "a ticket counts once");
    }

    #[test]
    fn unsent_records_are_bounded_and_keep_their_order() {
        let mut unsent = Unsent::default();
        for n in 0..=UNSENT_MAX {
            assert_eq!(unsent.keep(Topic::Log, vec![u8::try_from(n % 256).unwrap()]), n == UNSENT_MAX);
        }
        let records = unsent.take();
        assert_eq!((records.len(), records[0].1[0]), (UNSENT_MAX, 1));
        assert!(unsent.is_empty());
    }
}
