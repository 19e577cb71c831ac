//! The queues of a stack in an account of AWS, by the names that `CloudFormation` gives them:
//! `<stack>-<logical id>-<something>`.

use std::collections::BTreeMap;

use aws_config::BehaviorVersion;
use aws_sdk_sqs::Client;
use local_stack::template::Template;

use super::AnyError;
use super::pairs::Pair;

/// A client for the account and the region that this process's environment names. It has none of
/// the time limits of functions: a receive waits longer.
pub(super) async fn client() -> Client {
    Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await)
}

/// The pairs of this stack, in the template's order.
pub(super) async fn pairs(
    sqs: &Client,
    template: &Template,
    stack: &str,
) -> Result<Vec<Pair>, AnyError> {
    let urls = urls(sqs, stack).await?;
    let url_of = |name: &str| {
        let queue = template.queues.iter().find(|it| it.name == name);
        let logical_id = queue.map_or(name, |it| &it.logical_id);
        let url = urls.get(logical_id).cloned();
        url.ok_or_else(|| {
            format!(
                "the stack {stack} has no queue {logical_id} in this account and region; the variables of AWS \
                 (AWS_PROFILE, AWS_REGION) say which those are"
            )
        })
    };
    Ok(super::pairs::pairs(template, url_of)?)
}

/// The addresses of a stack's queues by their logical ids.
async fn urls(sqs: &Client, stack: &str) -> Result<BTreeMap<String, String>, AnyError> {
    let prefix = format!("{stack}-");
    let mut pages = sqs
        .list_queues()
        .queue_name_prefix(&prefix)
        .into_paginator()
        .send();
    let mut urls = BTreeMap::new();
    while let Some(page) = pages.next().await {
        for url in page?.queue_urls.unwrap_or_default() {
            let name = url.rsplit('/').next().unwrap_or_default();
            let own = name.strip_prefix(&prefix).unwrap_or_default();
            // Another stack's name may begin with this one's: then more than one hyphen is left.
            if let Some((logical_id, suffix)) = own.split_once('-')
                && !suffix.contains('-')
            {
                urls.insert(logical_id.to_owned(), url.clone());
            }
        }
    }
    Ok(urls)
}
