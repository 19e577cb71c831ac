//! Evidence: stored under its own hash, in as many chunks as it needs.

use domain::SignalId;
use futures::future::join_all;
use storage::{EvidencePointer, StorageError};

use super::support::{Tables, at, entry};

/// Bytes without a pattern.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 7_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[tokio::test]
async fn bytes_come_back_whatever_their_length() {
    let tables = Tables::start().await;
    let chunk = 350 * 1024;
    for length in [1, chunk - 1, chunk, chunk + 1, 1024 * 1024] {
        let bytes = noise(length);
        let name = tables.evidence.put(&bytes, at(0)).await.unwrap();
        assert_eq!(name.len(), 64);
        let found = tables.evidence.get(&name).await.unwrap();
        assert!(found == Some(bytes), "{length} bytes");
    }
    assert_eq!(tables.evidence.get(&"0".repeat(64)).await.unwrap(), None);
    tables.stop().await;
}

#[tokio::test]
async fn the_same_bytes_have_the_same_name() {
    let tables = Tables::start().await;
    let bytes = noise(400_000);
    let puts = join_all((0..4).map(|n| tables.evidence.put(&bytes, at(n)))).await;
    let names: Vec<_> = puts.into_iter().map(Result::unwrap).collect();
    assert!(names.iter().all(|name| *name == names[0]), "{names:?}");
    let other = tables.evidence.put(&noise(399_999), at(0)).await.unwrap();
    assert_ne!(other, names[0]);
    assert!(tables.evidence.get(&names[0]).await.unwrap() == Some(bytes));
    tables.stop().await;
}

#[tokio::test]
async fn half_of_the_evidence_is_no_evidence() {
    use aws_sdk_dynamodb::types::AttributeValue::S;
    let tables = Tables::start().await;
    let name = tables.evidence.put(&noise(800_000), at(0)).await.unwrap();
    let delete = tables.aws.dynamodb_client().delete_item();
    let delete = delete
        .table_name(tables.table("EVIDENCE_TABLE"))
        .key("pk", S(name.clone()))
        .key("sk", S("000001".to_owned()));
    delete.send().await.unwrap();
    let error = tables.evidence.get(&name).await.unwrap_err();
    assert!(matches!(error, StorageError::Unreadable { .. }), "{error}");
    assert!(error.to_string().contains(&name), "{error}");
    tables.stop().await;
}

#[tokio::test]
async fn the_first_to_name_the_evidence_of_a_signal_names_it_for_all() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    tables.record(&signal).await;
    let pointers: Vec<_> = (0..8)
        .map(|n| EvidencePointer {
            signal_id: signal.signal_id,
            sha256: format!("{n:064}"),
            captured_at: at(n),
        })
        .collect();
    let named = join_all(pointers.iter().map(|p| tables.ledger.name_evidence(p))).await;
    let named: Vec<_> = named.into_iter().map(Result::unwrap).collect();
    assert!(
        named.iter().all(|pointer| *pointer == named[0]),
        "{named:?}"
    );
    assert!(pointers.contains(&named[0]));
    assert_eq!(
        tables.trace(&signal).await.evidence.as_ref(),
        Some(&named[0])
    );
    let other = EvidencePointer {
        signal_id: SignalId::of("another"),
        ..pointers[7].clone()
    };
    assert_eq!(tables.ledger.name_evidence(&other).await.unwrap(), other);
    tables.stop().await;
}
