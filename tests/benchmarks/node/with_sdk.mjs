// What the webhook asks of AWS for an alert, in Node.js: the secret is read, an item is put, a
// message is sent.

import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import { serve } from './runtime_api.mjs';

const dynamodb = new DynamoDBClient();
const sqs = new SQSClient();
const secrets = new SecretsManagerClient();
const { LEDGER_TABLE, ENGINE_A_QUEUE_URL, WEBHOOK_SECRET_ID } = process.env;

await serve(async () => {
  await secrets.send(new GetSecretValueCommand({ SecretId: WEBHOOK_SECRET_ID }));
  const item = { pk: { S: 'COLD_START' }, sk: { S: String(process.hrtime.bigint()) } };
  await dynamodb.send(new PutItemCommand({ TableName: LEDGER_TABLE, Item: item }));
  await sqs.send(new SendMessageCommand({ QueueUrl: ENGINE_A_QUEUE_URL, MessageBody: '{}' }));
  return { hello: 'world' };
});
