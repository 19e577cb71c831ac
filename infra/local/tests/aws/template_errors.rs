//! What a template may not be: each error names the place.

use local_stack::template::Template;

use crate::template::{SAMPLE, surroundings};

/// What in the sample is replaced, by what, and what the error then says.
const WRONG: &[(&str, &str, &[&str])] = &[
    (
        "!Ref WebhookSecret",
        "!Ref Nobody",
        &["WebhookFunction", "WEBHOOK_SECRET", "Nobody"],
    ),
    (
        "!Ref WebhookSecret",
        "!Ref Watchdog",
        &["WEBHOOK_SECRET", "Watchdog"],
    ),
    (
        "!Ref WebhookSecret",
        "!Cidr [a, b]",
        &["WEBHOOK_SECRET", "Fn::Cidr"],
    ),
    (
        "!Ref WebhookSecret",
        "{\"Fn::Base64\": a}",
        &["WEBHOOK_SECRET", "Fn::Base64"],
    ),
    (
        "!Ref WebhookSecret",
        "!GetAtt Orders.Colour",
        &["WEBHOOK_SECRET", "Orders", "Colour"],
    ),
    (
        "!Ref WebhookSecret",
        "!Sub \"${Nobody.Arn}\"",
        &["WEBHOOK_SECRET", "Nobody"],
    ),
    (
        "!Ref WebhookSecret",
        "\"{{resolve:ssm:x}}\"",
        &["WEBHOOK_SECRET", "{{resolve"],
    ),
    (
        "!Ref WebhookSecret",
        "!Sub \"{{resolve:ssm:${Stage}}}\"",
        &["WEBHOOK_SECRET", "{{resolve"],
    ),
    (
        "!Ref WebhookSecret",
        "[a, b]",
        &["WebhookFunction", "WEBHOOK_SECRET", "isn't a text"],
    ),
    ("!If [HasMail", "!If [HasNothing", &["MAIL", "HasNothing"]),
    (
        "Type: SQS\n",
        "Type: Kinesis\n",
        &["OrderCreatorFunction", "Events.Orders", "Kinesis"],
    ),
    (
        "Queue: !GetAtt Orders.Arn",
        "Queue: arn:aws:sqs:x",
        &["Events.Orders", "arn:aws:sqs:x"],
    ),
    (
        "BatchSize: 5",
        "BatchSize: 11",
        &["Events.Orders", "BatchSize"],
    ),
    (
        "BatchSize: 5",
        "FilterCriteria: {}",
        &["Events.Orders", "FilterCriteria"],
    ),
    (
        "[ReportBatchItemFailures]",
        "[Nothing]",
        &["Events.Orders", "Nothing"],
    ),
    (
        "rate(1 minute)",
        "cron(0 9 * * ? *)",
        &["Events.EveryMinute", "ScheduleExpression", "cron"],
    ),
    (
        "rate(1 minute)",
        "rate(2 minute)",
        &["Events.EveryMinute", "rate(2 minute)"],
    ),
    (
        "AWS::SecretsManager::Secret",
        "AWS::RDS::DBInstance",
        &["WebhookSecret", "RDS"],
    ),
    (
        "!GetAtt OrdersDead.Arn",
        "!GetAtt LedgerTable.Arn",
        &["Orders", "deadLetterTargetArn"],
    ),
    (
        "maxReceiveCount: 5",
        "maxReceiveCount: 0",
        &["Orders", "maxReceiveCount"],
    ),
    (
        "DelaySeconds: 1",
        "DelaySeconds: 901",
        &["Orders", "DelaySeconds", "901"],
    ),
    (
        "DelaySeconds: 1",
        "FifoQueue: true",
        &["Orders", "FifoQueue"],
    ),
    (
        "AttributeName: due, AttributeType: N",
        "AttributeName: on, AttributeType: N",
        &["LedgerTable", "due"],
    ),
    (
        "ProjectionType: INCLUDE",
        "ProjectionType: SOME",
        &["LedgerTable", "by-work", "SOME"],
    ),
    (
        "BuildProperties: { Binary: webhook }",
        "BuildProperties: {}",
        &["WebhookFunction", "Binary"],
    ),
    (
        "    Default: 20\n",
        "",
        &["OrderCreatorFunction", "Timeout", "OrdersTimeout"],
    ),
    (
        "    Default: 20\n",
        "    Default: soon\n",
        &["OrdersTimeout", "soon"],
    ),
    (
        "Effect: Allow",
        "Effect: Deny",
        &["WebhookFunction.Properties.Policies", "Deny"],
    ),
    (
        "sqs:GetQueueAttributes",
        "sqs:*",
        &["WebhookFunction.Properties.Policies", "sqs:*", "pattern"],
    ),
    (
        "!Condition IsProduction",
        "!Condition Watched",
        &["Watched", "refers to itself"],
    ),
];

#[test]
fn what_is_not_understood_is_named_with_its_place() {
    for (original, wrong, mentioned) in WRONG {
        assert!(SAMPLE.contains(original), "the sample has no {original}");
        let error = Template::parse(&SAMPLE.replace(original, wrong), &surroundings(&[]));
        let error = error.expect_err(wrong).to_string();
        for part in *mentioned {
            assert!(
                error.contains(part),
                "{wrong}: {error:?} doesn't mention {part}"
            );
        }
    }
}

#[test]
fn a_parameter_that_is_not_declared_is_refused() {
    let error = Template::parse(SAMPLE, &surroundings(&[("Stagee", "x")])).unwrap_err();
    assert!(error.to_string().contains("Stagee"));
}
