/** Every experiment, the newest first. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { type Column, instantColumn, percentColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { choiceHref } from "./Choice";
import type { Experiment } from "./kinds";

export function Experiments({ of }: { of: readonly Experiment[] }) {
  return (
    <Panel title="All experiments">
      <Table
        caption="Experiments"
        columns={COLUMNS}
        rows={of}
        keyOf={(row) => row.experiment_id}
        empty={<EmptyState title="No experiment has been begun yet" />}
      />
    </Panel>
  );
}

const COLUMNS: readonly Column<Experiment>[] = [
  textColumn("name", "Name", (row) => row.experiment_id, {
    cell: (row) => <a class="nowrap" href={choiceHref(`id=${row.experiment_id}`)}>{row.experiment_id}</a>,
  }),
  textColumn("hypothesis", "Hypothesis", (row) => row.hypothesis, { isMinor: true }),
  textColumn("mode", "Mode", modeWords),
  percentColumn("effect", "Expected effect", (row) => row.expected_effect_percent, { isMinor: true }),
  textColumn("planned", "Planned", plannedWords, { isMinor: true }),
  instantColumn("started", "Began", (row) => row.started_at),
  instantColumn("stopped", "Ended", (row) => row.stopped_at),
  textColumn("because", "Why it ended", (row) => row.stopped_because, { isMinor: true }),
];

function modeWords(row: Experiment): string {
  return row.mode === "paired" ? "paired" : `split, ${row.split_percentage} % to A`;
}

function plannedWords({ planned }: Experiment): string {
  return `${planned.signals_per_engine} signals, ${planned.sessions} days`;
}
