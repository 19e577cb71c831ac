//! Which dead-letter queue belongs to which queue, as the template's redrive policies say.

use local_stack::template::Template;

/// A queue, and where its messages go that were received too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) queue: String,
    pub(super) queue_url: String,
    pub(super) dead_letters: String,
    pub(super) dead_letters_url: String,
}

/// The pairs of a template, in its order, with the address that each queue has. A dead-letter queue
/// of two queues is an error: nobody could tell where a message belongs.
pub(super) fn pairs(
    template: &Template,
    url_of: impl Fn(&str) -> Result<String, String>,
) -> Result<Vec<Pair>, String> {
    let mut pairs: Vec<Pair> = Vec::new();
    for queue in &template.queues {
        let Some(redrive) = &queue.redrive else {
            continue;
        };
        let dead_letters = redrive.dead_letter_queue.clone();
        if let Some(other) = pairs.iter().find(|it| it.dead_letters == dead_letters) {
            let (one, two) = (&other.queue, &queue.name);
            return Err(format!("{dead_letters} belongs to both {one} and {two}"));
        }
        pairs.push(Pair {
            queue: queue.name.clone(),
            queue_url: url_of(&queue.name)?,
            dead_letters_url: url_of(&dead_letters)?,
            dead_letters,
        });
    }
    Ok(pairs)
}

/// The pair with this queue on either side.
pub(super) fn named<'a>(pairs: &'a [Pair], queue: &str) -> Result<&'a Pair, String> {
    let found = pairs
        .iter()
        .find(|pair| pair.queue == queue || pair.dead_letters == queue);
    found.ok_or_else(|| {
        let all: Vec<_> = pairs
            .iter()
            .map(|pair| pair.dead_letters.as_str())
            .collect();
        format!(
            "there is no dead-letter queue {queue}; there are {}",
            all.join(", ")
        )
    })
}
