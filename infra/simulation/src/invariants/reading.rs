//! Reads the facts of a `DynamoDB` that answers somewhere, of whatever make, exactly as it writes
//! them.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::scan::ScanError;
use aws_sdk_dynamodb::operation::scan::builders::ScanFluentBuilder;
use local_stack::account::AccountId;
use local_stack::aws::sdk_config;
use local_stack::wire::{AwsCall, HttpWire, Lost, Reply, Wire, WireClient};
use serde_json::Value as Json;

use super::facts::{EVIDENCE_READ, Facts};

/// Keeps the items that pass in answers.
#[derive(Debug, Default)]
struct Listener {
    network: HttpWire,
    items: Mutex<Vec<Json>>,
}

impl Listener {
    fn take(&self) -> Vec<Json> {
        std::mem::take(&mut *self.items.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl Wire for Listener {
    async fn answer(&self, call: &AwsCall) -> Result<Reply, Lost> {
        let reply = self.network.answer(call).await?;
        let answer: Json = serde_json::from_slice(&reply.body).unwrap_or_default();
        let items = answer["Items"].as_array().into_iter().flatten().cloned();
        let mut heard = self.items.lock().unwrap_or_else(PoisonError::into_inner);
        heard.extend(items);
        Ok(reply)
    }
}

/// Reads both tables as a whole. What changes meanwhile is seen or not, so nothing should.
pub async fn facts_at(
    dynamodb_url: &str,
    ledger_table: &str,
    evidence_table: &str,
) -> Result<Facts, SdkError<ScanError>> {
    let listener = Arc::new(Listener::default());
    let shared = sdk_config(AccountId::EMBEDDED).await.into_builder();
    let shared = shared
        .endpoint_url(dynamodb_url)
        .http_client(WireClient::new("reader", listener.clone()))
        .build();
    let client = Client::new(&shared);
    scan(client.scan().table_name(ledger_table)).await?;
    let ledger = listener.take();
    let evidence = client.scan().table_name(evidence_table);
    scan(evidence.projection_expression(EVIDENCE_READ)).await?;
    Ok(Facts::of(&ledger, &listener.take()))
}

async fn scan(pages: ScanFluentBuilder) -> Result<(), SdkError<ScanError>> {
    let mut pages = pages.consistent_read(true).into_paginator().send();
    while let Some(page) = pages.next().await {
        page?;
    }
    Ok(())
}
