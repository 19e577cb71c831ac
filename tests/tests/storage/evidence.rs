//! Evidence: stored under its own hash, in as many chunks as it needs.

use aws_sdk_dynamodb::types::AttributeValue::{B, N, S};
use domain::{EvidenceForm, SignalId};
use futures::future::join_all;
use storage::evidence::Packed;
use storage::{EvidencePointer, StorageError};

use super::support::{Tables, at, chain_of, entry, evidence_with};

const CHUNK_BYTES: usize = 350 * 1024;

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
    let chunk = CHUNK_BYTES;
    for length in [0, 1, chunk - 100, chunk, chunk + 1, 1024 * 1024] {
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

/// The chunks that the items of a name carry: key, count, and bytes.
async fn items_of(tables: &Tables, name: &str) -> Vec<(String, String, Vec<u8>)> {
    let query = tables.aws.dynamodb_client().query();
    let query = query
        .table_name(tables.table("EVIDENCE_TABLE"))
        .key_condition_expression("pk = :pk")
        .expression_attribute_values(":pk", S(name.to_owned()))
        .into_paginator()
        .items();
    let items: Result<Vec<_>, _> = query.send().collect().await;
    let read = |item: std::collections::HashMap<String, _>| {
        assert_eq!(item["encoding"], S("zstd".to_owned()));
        let (S(key), N(count), B(bytes)) = (&item["sk"], &item["chunks"], &item["bytes"]) else {
            panic!("{:?}", item.keys());
        };
        (key.clone(), count.clone(), bytes.clone().into_inner())
    };
    items.unwrap().into_iter().map(read).collect()
}

#[tokio::test]
async fn chunks_are_full_up_to_the_last_and_tell_how_many_they_are() {
    let tables = Tables::start().await;
    // Noise takes a little more when it is compressed: the second is beyond one chunk.
    for (length, count) in [(CHUNK_BYTES - 100, 1), (CHUNK_BYTES, 2), (800_000, 3)] {
        let name = tables.evidence.put(&noise(length), at(0)).await.unwrap();
        let items = items_of(&tables, &name).await;
        assert_eq!(items.len(), count, "{length} bytes");
        for (index, (key, counted, bytes)) in items.iter().enumerate() {
            assert_eq!((key, counted), (&format!("{index:06}"), &count.to_string()));
            assert!(bytes.len() == CHUNK_BYTES || index == count - 1);
            assert!(bytes.len() <= CHUNK_BYTES);
        }
    }
    tables.stop().await;
}

#[tokio::test]
async fn a_chain_of_four_thousand_contracts_fits_and_comes_back() {
    let tables = Tables::start().await;
    let evidence = evidence_with(chain_of(4_000).await);
    let name = tables.evidence.put_evidence(&evidence).await.unwrap();
    let json = serde_json::to_vec(&evidence).unwrap();
    assert_eq!(Packed::of(&json).unwrap().name(), name);
    let items = items_of(&tables, &name).await;
    let stored: usize = items.iter().map(|(_, _, bytes)| bytes.len()).sum();
    assert!(
        items.len() <= 2 && stored * 2 < json.len(),
        "{stored} bytes"
    );
    let again = tables.evidence.put_evidence(&evidence).await.unwrap();
    assert_eq!(
        (again, items_of(&tables, &name).await),
        (name.clone(), items)
    );
    let read = tables.evidence.get_evidence(&name).await.unwrap();
    assert!(read == Some(evidence));
    let none = tables.evidence.get_evidence(&"0".repeat(64)).await.unwrap();
    assert_eq!(none, None);
    tables.stop().await;
}

/// As it was stored before evidence had gamma exposure, flow and indicators.
const OF_THE_FIRST_FORM: &str = concat!(
    r#"{"symbol":"SPY","captured_at":"2026-07-30T14:00:00Z","clock":null,"quote":null,"#,
    r#""candles":null,"daily":null,"chain":null,"missing":[]}"#
);

#[tokio::test]
async fn evidence_of_an_older_form_is_read_as_that_and_of_a_newer_one_refused() {
    let tables = Tables::start().await;
    let bytes = OF_THE_FIRST_FORM.as_bytes();
    let name = tables.evidence.put(bytes, at(0)).await.unwrap();
    let read = tables.evidence.get_evidence(&name).await.unwrap().unwrap();
    assert_eq!(read.form, EvidenceForm::First);
    assert_eq!(read.missing, [], "what it could not have isn't missing");
    let again = tables.evidence.put_evidence(&read).await.unwrap();
    assert_eq!(again, name, "the same bytes");
    let newer = OF_THE_FIRST_FORM.replacen('{', r#"{"form":4,"#, 1);
    let name = tables.evidence.put(newer.as_bytes(), at(0)).await.unwrap();
    let error = tables.evidence.get_evidence(&name).await.unwrap_err();
    assert!(matches!(error, StorageError::Unreadable { .. }), "{error}");
    tables.stop().await;
}

#[tokio::test]
async fn half_of_the_evidence_is_no_evidence() {
    let tables = Tables::start().await;
    for chunk in ["000000", "000001", "000002"] {
        let name = tables.evidence.put(&noise(800_000), at(0)).await.unwrap();
        let delete = tables.aws.dynamodb_client().delete_item();
        let delete = delete
            .table_name(tables.table("EVIDENCE_TABLE"))
            .key("pk", S(name.clone()))
            .key("sk", S(chunk.to_owned()));
        delete.send().await.unwrap();
        let error = tables.evidence.get(&name).await.unwrap_err();
        assert!(matches!(error, StorageError::Unreadable { .. }), "{error}");
        assert!(error.to_string().contains(&name), "{error}");
    }
    tables.stop().await;
}

#[tokio::test]
async fn what_was_changed_or_is_of_an_unknown_form_is_refused() {
    let tables = Tables::start().await;
    let name = tables.evidence.put(&noise(500_000), at(0)).await.unwrap();
    let [(_, _, first), (_, _, second)] = items_of(&tables, &name).await.try_into().unwrap();
    let mut flipped = first.clone();
    flipped[100_000] ^= 1;
    let bytes = |bytes: Vec<u8>| B(bytes.into());
    for (chunk, attribute, wrong, right) in [
        ("000000", "bytes", bytes(flipped), bytes(first.clone())),
        ("000000", "bytes", bytes(second), bytes(first)),
        ("000001", "encoding", S("br".into()), S("zstd".into())),
        ("000000", "chunks", N("1".into()), N("2".into())),
        ("000000", "chunks", N("0".into()), N("2".into())),
        ("000001", "version", N("2".into()), N("1".into())),
    ] {
        let key = (name.as_str(), chunk);
        let (table, shown) = ("EVIDENCE_TABLE", format!("{attribute} of {chunk}"));
        tables.overwrite(table, key, attribute, wrong).await;
        let error = tables.evidence.get(&name).await.unwrap_err();
        match attribute {
            "version" => assert!(matches!(error, StorageError::UnknownVersion { .. })),
            _ => assert!(matches!(error, StorageError::Unreadable { .. }), "{shown}"),
        }
        tables.overwrite(table, key, attribute, right).await;
        assert!(
            tables.evidence.get(&name).await.unwrap().is_some(),
            "{shown}"
        );
    }
    tables.stop().await;
}

#[tokio::test]
async fn of_two_that_capture_at_once_one_holds_for_both() {
    let tables = Tables::start().await;
    let signal = entry("SPY", 0);
    tables.record(&signal).await;
    let captured = join_all([300, 301].map(chain_of)).await;
    let captured: Vec<_> = captured.into_iter().map(evidence_with).collect();
    let keep = |evidence: &domain::Evidence| {
        let evidence = evidence.clone();
        tables
            .evidence
            .keep(&tables.ledger, signal.signal_id, evidence)
    };
    let kept = join_all(captured.iter().map(keep)).await;
    let kept: Vec<_> = kept.into_iter().map(Result::unwrap).collect();
    assert!(kept[0] == kept[1] && captured.contains(&kept[0].evidence));
    let pointer = tables.trace(&signal).await.evidence.unwrap();
    assert!(tables.evidence.kept(&pointer).await.unwrap() == kept[0]);
    let gone = EvidencePointer {
        sha256: "0".repeat(64),
        ..pointer
    };
    let error = tables.evidence.kept(&gone).await.unwrap_err();
    assert!(matches!(error, StorageError::Unreadable { .. }), "{error}");
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
