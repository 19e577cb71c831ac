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

/** What an outcome means, where the alert's own problems don't say more. */
const MEANINGS: Partial<Record<WebhookEvent["outcome"], string>> = {
  unauthorized: "The sender couldn’t be verified: secret or signature is missing or wrong.",
  stale: "The alert is too old, or ahead of time.",
  too_large: "The body is too large.",
  invalid: "The alert couldn’t be understood.",
};

function problemsOf(event: WebhookEvent): string {
  return event.problems?.join("; ") || (MEANINGS[event.outcome] ?? "");
}

const COLUMNS: readonly Column<WebhookEvent>[] = [
  instantColumn("received", "Received", (row) => row.received_at, { isNumeric: false }),
  textColumn("outcome", "Refused as", (row) => words(row.outcome), {
    cell: (row) => <Badge tone="warn">✕ {words(row.outcome)}</Badge>,
  }),
  textColumn("problems", "What was wrong", problemsOf),
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
