//! Bodies as no provider should send them: with bytes changed, cut out or cut off, and with
//! other values where numbers stood.

use proptest::prelude::*;

/// What may stand where a number did.
const VALUES: [&str; 10] = [
    "null",
    "-1",
    "0",
    "1e300",
    "1e999",
    "9223372036854775807",
    "\"\"",
    "\"12\"",
    "[1]",
    "{}",
];

#[derive(Debug, Clone)]
enum Mutation {
    Byte(usize, u8),
    Cut(usize, usize),
    CutOff(usize),
    Value(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        1 => (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Mutation::Byte(at, byte)),
        1 => (any::<usize>(), 1..40_usize).prop_map(|(at, length)| Mutation::Cut(at, length)),
        1 => any::<usize>().prop_map(Mutation::CutOff),
        7 => (any::<usize>(), 0..VALUES.len()).prop_map(|(at, which)| Mutation::Value(at, which)),
    ]
}

/// A body, mutated a few times.
pub(crate) fn mutated(body: &'static str) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(mutation(), 1..4).prop_map(move |mutations| {
        let body = body.as_bytes().to_vec();
        mutations.iter().fold(body, apply)
    })
}

fn apply(mut body: Vec<u8>, mutation: &Mutation) -> Vec<u8> {
    let length = body.len().max(1);
    match *mutation {
        Mutation::Byte(at, byte) => body
            .iter_mut()
            .skip(at % length)
            .take(1)
            .for_each(|it| *it = byte),
        Mutation::Cut(at, count) => {
            let from = (at % length).min(body.len());
            let to = (from + count).min(body.len());
            body.drain(from..to);
        }
        Mutation::CutOff(at) => body.truncate(at % length),
        Mutation::Value(at, which) => {
            let numbers = numbers(&body);
            if !numbers.is_empty() {
                let (from, to) = numbers[at % numbers.len()];
                body.splice(from..to, VALUES[which].bytes());
            }
        }
    }
    body
}

/// Where the numbers are: from where to where.
fn numbers(body: &[u8]) -> Vec<(usize, usize)> {
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    let mut found = Vec::new();
    let mut at = 0;
    while at < body.len() {
        let length = body[at..].iter().take_while(|byte| is_part(byte)).count();
        if length > 0 && at > 0 && matches!(body[at - 1], b':' | b'[' | b',') {
            found.push((at, at + length));
        }
        at += length.max(1);
    }
    found
}
