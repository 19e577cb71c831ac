/** What both engines hold. */
import type { DashboardMetrics } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { HELD_COLUMNS } from "../../parts/heldColumns";
import { Table } from "../../table/Table";

export function OpenPositions({ metrics }: { metrics: DashboardMetrics }) {
  const rows = [...metrics.positions, ...metrics.shadow_positions];
  return (
    <Panel title="Open positions">
      <Table
        caption="Open positions"
        columns={HELD_COLUMNS}
        rows={rows}
        keyOf={(row) => row.position_id}
        sorting={{ key: "exit", isDescending: true }}
        rowClass={(row) => (row.outlook.firing ? "row-firing" : undefined)}
        empty={
          <EmptyState title="Nothing is held">
            An alert that an engine approves becomes a position within seconds.{" "}
            <a href="/signals">See what came in</a>.
          </EmptyState>
        }
      />
    </Panel>
  );
}
