//! Answers that one instance keeps for others.

use chrono::TimeDelta;

use super::support::{Tables, utc as at};

const NOW: &str = "2026-07-30T14:00:00Z";

#[tokio::test]
async fn what_is_kept_is_found_until_its_end() {
    let tables = Tables::start().await;
    let now = at(NOW);
    let (market, ends) = (&tables.marks, now + TimeDelta::milliseconds(1_500));
    market.keep("CACHE#a", b"one", ends).await.unwrap();
    market.keep("CACHE#b", b"", ends).await.unwrap();
    let names = ["CACHE#a", "CACHE#b", "CACHE#c"].map(str::to_owned);
    let found = market.kept(&names, now).await.unwrap();
    assert_eq!(found["CACHE#a"].bytes, b"one");
    assert_eq!(found["CACHE#a"].expires_at, ends);
    assert_eq!(found["CACHE#b"].bytes, b"");
    assert_eq!(found.len(), 2);
    // The item is still there: the table deletes late.
    let last = ends - TimeDelta::milliseconds(1);
    assert_eq!(market.kept(&names, last).await.unwrap().len(), 2);
    assert_eq!(market.kept(&names, ends).await.unwrap().len(), 0);
    tables.stop().await;
}

#[tokio::test]
async fn a_newer_answer_replaces_an_older_one() {
    let tables = Tables::start().await;
    let (market, now) = (&tables.marks, at(NOW));
    for text in ["older", "newer"] {
        let ends = now + TimeDelta::minutes(5);
        market.keep("CACHE#a", text.as_bytes(), ends).await.unwrap();
    }
    let found = market.kept(&["CACHE#a".to_owned()], now).await.unwrap();
    assert_eq!(found["CACHE#a"].bytes, b"newer");
    tables.stop().await;
}

#[tokio::test]
async fn many_names_are_read_in_batches_and_what_is_too_long_isn_t_kept() {
    let tables = Tables::start().await;
    let (market, now) = (&tables.marks, at(NOW));
    let ends = now + TimeDelta::minutes(5);
    let names: Vec<String> = (0..130).map(|number| format!("CACHE#{number}")).collect();
    for name in &names {
        market.keep(name, name.as_bytes(), ends).await.unwrap();
    }
    let found = market.kept(&names, now).await.unwrap();
    assert_eq!(found.len(), 130);
    // Bytes that can't be packed.
    let mut state = 1_u64;
    let noise: Vec<u8> = (0..400 * 1024)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            state.to_be_bytes()[0]
        })
        .collect();
    market.keep("CACHE#0", &noise, ends).await.unwrap();
    let found = market.kept(&names[..1], now).await.unwrap();
    assert_eq!(found["CACHE#0"].bytes, b"CACHE#0");
    tables.stop().await;
}
