/** Alerts that never became signals, and why. */
import { useList } from "../../api/pages";
import type { WebhookEvent } from "../../api/types";
import { Badge } from "../../components/Badge";
import { EmptyState } from "../../components/EmptyState";
import { Loaded } from "../../components/Loaded";
import { words } from "../../format/words";
import { type Column, instantColumn, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";

const EVERY_MS = 5_000;

const REASONS: Readonly<Record<string, string>> = {
  unauthorized: "secret or signature is wrong",
  invalid: "it can’t be understood",
  stale: "it came too late",
  too_large: "it is too large",
};

export function reasonOf({ outcome }: WebhookEvent): string {
  return REASONS[outcome] ?? words(outcome);
}

function problemsOf(event: WebhookEvent): string {
  return event.problems?.join("; ") ?? "";
}

const COLUMNS: readonly Column<WebhookEvent>[] = [
  instantColumn("received", "Received", (row) => row.received_at, { isNumeric: false }),
  textColumn("outcome", "Refused as", (row) => words(row.outcome), {
    cell: (row) => <Badge tone="warn">✕ {words(row.outcome)}</Badge>,
  }),
  textColumn("reason", "Because", reasonOf, { isMinor: true }),
  textColumn("problems", "What was wrong", problemsOf, {
    cell: (row) => (
      <ul>
        {row.problems?.map((problem) => <li key={problem}>{problem}</li>)}
      </ul>
    ),
  }),
  textColumn("summary", "Alert", (row) => row.summary, { isMinor: true }),
  numberColumn("status", "Answered", (row) => row.http_status, { isMinor: true }),
  textColumn("request", "Request", (row) => row.request_id, { isMinor: true }),
];

export function RefusedAlerts() {
  const list = useList<WebhookEvent>("/api/alerts/refused", EVERY_MS, (row) => row.request_id);
  const rows = { ...list, onMore: list.loadMore };
  return (
    <div class="panel">
      <Loaded of={list.shown} what="refused alerts" lines={8}>
        {() => (
          <Table
            caption="Refused alerts"
            columns={COLUMNS}
            keyOf={(row) => row.request_id}
            isTall
            empty={
              <EmptyState title="No alert was refused">
                What the webhook can’t verify or understand is listed here with the reason.
              </EmptyState>
            }
            {...rows}
          />
        )}
      </Loaded>
    </div>
  );
}
