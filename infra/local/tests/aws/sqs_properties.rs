//! Whatever is done to a queue, it behaves as a plain model of it: a visible message is given,
//! a held one isn't, a deleted one never again, and one received too often is a dead letter.

use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::support::{Stack, create, receive};

const VISIBILITY_S: u64 = 10;
const MAX_RECEIVES: u32 = 2;

#[derive(Debug, Clone)]
enum Act {
    Send { delay_s: u64 },
    Receive { most: usize },
    Delete { which: prop::sample::Index },
    GiveBack { which: prop::sample::Index },
    Wait { seconds: u64 },
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => (0_u64..4).prop_map(|delay_s| Act::Send { delay_s }),
        4 => (1_usize..=10).prop_map(|most| Act::Receive { most }),
        2 => any::<prop::sample::Index>().prop_map(|which| Act::Delete { which }),
        1 => any::<prop::sample::Index>().prop_map(|which| Act::GiveBack { which }),
        3 => (1_u64..12).prop_map(|seconds| Act::Wait { seconds }),
    ]
}

/// A message as the model knows it.
#[derive(Debug)]
struct Known {
    id: String,
    visible_s: u64,
    receives: u32,
    receipt: Option<String>,
}

struct Model {
    stack: Stack,
    dead_url: String,
    now_s: u64,
    live: Vec<Known>,
    dead: Vec<String>,
}

impl Model {
    async fn new() -> Self {
        let stack = Stack::in_memory(&[]).await;
        let dead_url = create(&stack.sqs, "dead", &[]).await;
        let arn = "arn:aws:sqs:us-east-1:000000000000:dead";
        let policy =
            format!(r#"{{"deadLetterTargetArn":"{arn}","maxReceiveCount":{MAX_RECEIVES}}}"#);
        let visibility = VISIBILITY_S.to_string();
        let attributes = [
            ("VisibilityTimeout", visibility.as_str()),
            ("RedrivePolicy", policy.as_str()),
        ];
        let url = create(&stack.sqs, "watched", &attributes).await;
        let stack = Stack { url, ..stack };
        Self {
            stack,
            dead_url,
            now_s: 0,
            live: Vec::new(),
            dead: Vec::new(),
        }
    }

    async fn act(&mut self, act: &Act) {
        match act {
            Act::Send { delay_s } => self.send(*delay_s).await,
            Act::Receive { most } => self.receive(*most).await,
            Act::Delete { which } => self.delete(*which).await,
            Act::GiveBack { which } => self.give_back(*which).await,
            Act::Wait { seconds } => {
                self.now_s += seconds;
                self.stack.clock.advance(Duration::from_secs(*seconds));
            }
        }
    }

    async fn send(&mut self, delay_s: u64) {
        let request = self
            .stack
            .sqs
            .send_message()
            .queue_url(&self.stack.url)
            .message_body("m");
        let sent = request
            .delay_seconds(i32::try_from(delay_s).unwrap())
            .send()
            .await
            .unwrap();
        let (id, visible_s) = (sent.message_id.unwrap(), self.now_s + delay_s);
        self.live.push(Known {
            id,
            visible_s,
            receives: 0,
            receipt: None,
        });
    }

    async fn receive(&mut self, most: usize) {
        let request = self.stack.sqs.receive_message().queue_url(&self.stack.url);
        let answer = request
            .max_number_of_messages(i32::try_from(most).unwrap())
            .send()
            .await;
        let messages = answer.unwrap().messages.unwrap_or_default();
        self.bury();
        let now_s = self.now_s;
        let visible = self
            .live
            .iter()
            .filter(|known| known.visible_s <= now_s)
            .count();
        assert_eq!(messages.len(), visible.min(most));
        for message in messages {
            let mut live = self.live.iter_mut();
            let known = live
                .find(|known| Some(known.id.as_str()) == message.message_id())
                .unwrap();
            assert!(known.visible_s <= now_s, "{known:?} is hidden");
            known.visible_s = now_s + VISIBILITY_S;
            known.receives += 1;
            known.receipt = message.receipt_handle;
        }
    }

    /// Moves what was received too often to the dead letters.
    fn bury(&mut self) {
        let now_s = self.now_s;
        let is_dead =
            |known: &mut Known| known.visible_s <= now_s && known.receives >= MAX_RECEIVES;
        self.dead
            .extend(self.live.extract_if(.., is_dead).map(|known| known.id));
    }

    /// The place of one of the messages that were received.
    fn held(&self, which: prop::sample::Index) -> Option<usize> {
        let held = self
            .live
            .iter()
            .enumerate()
            .filter(|(_, known)| known.receipt.is_some());
        let held: Vec<usize> = held.map(|(place, _)| place).collect();
        (!held.is_empty()).then(|| held[which.index(held.len())])
    }

    async fn delete(&mut self, which: prop::sample::Index) {
        let Some(place) = self.held(which) else {
            return;
        };
        let receipt = self.live.remove(place).receipt.unwrap();
        let request = self.stack.sqs.delete_message().queue_url(&self.stack.url);
        request.receipt_handle(receipt).send().await.unwrap();
    }

    async fn give_back(&mut self, which: prop::sample::Index) {
        let Some(place) = self.held(which) else {
            return;
        };
        let known = &mut self.live[place];
        let request = self
            .stack
            .sqs
            .change_message_visibility()
            .queue_url(&self.stack.url);
        let request = request
            .receipt_handle(known.receipt.clone().unwrap())
            .visibility_timeout(0);
        let is_in_flight = known.visible_s > self.now_s;
        assert_eq!(request.send().await.is_ok(), is_in_flight);
        if is_in_flight {
            known.visible_s = self.now_s;
        }
    }

    /// Every message is where the model has it.
    async fn check_dead_letters(mut self) {
        let mut found = Vec::new();
        loop {
            let messages = receive(&self.stack.sqs, &self.dead_url).await;
            if messages.is_empty() {
                break;
            }
            found.extend(
                messages
                    .into_iter()
                    .map(|message| message.message_id.unwrap()),
            );
        }
        found.sort();
        self.dead.sort();
        assert_eq!(found, self.dead);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(20_260_213), ..ProptestConfig::default() })]

    #[test]
    fn a_queue_behaves_as_its_model(acts in prop::collection::vec(act(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut model = Model::new().await;
            for act in &acts {
                model.act(act).await;
            }
            model.check_dead_letters().await;
        });
    }
}
