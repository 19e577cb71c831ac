/** The newest signals. */
import type { FeedSignal } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { SIGNAL_COLUMNS } from "../../parts/signalColumns";
import { Table } from "../../table/Table";

const LEFT_OUT = new Set(["reason", "price", "source"]);
const COLUMNS = SIGNAL_COLUMNS.filter((column) => !LEFT_OUT.has(column.key));

export function LatestSignals({ signals }: { signals: readonly FeedSignal[] }) {
  return (
    <Panel title="Latest signals" aside={<a href="/signals">All signals</a>}>
      <Table
        caption="Latest signals"
        columns={COLUMNS}
        rows={signals}
        keyOf={(row) => row.signal_id}
        empty={
          <EmptyState title="No alert yet">
            <a href="/signals">Copy an alert template, or send a test alert</a>.
          </EmptyState>
        }
      />
    </Panel>
  );
}
