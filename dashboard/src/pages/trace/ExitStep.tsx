/** Why a position is closed: every exit rule's reading. */
import type { ExitReading, Hop, SignalTrace } from "../../api/types";
import { Money } from "../../components/Figures";
import { counted, sentence, words } from "../../format/words";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";

export function ExitStep({ trace, hop }: { trace: SignalTrace; hop: Hop }) {
  const decision = trace.exit_decisions.find((it) => it.engine === hop.engine && it.leg === hop.leg);
  if (!decision) return null;
  return (
    <>
      <p>
        <strong>{sentence(decision.reason)}</strong>
        {decision.trigger_price !== null && <>, at a mid of <Money value={decision.trigger_price} /></>}
      </p>
      <details>
        <summary>{counted(decision.readings.length, "exit rule")} read</summary>
        <ExitReadings readings={decision.readings} />
      </details>
    </>
  );
}

const COLUMNS: readonly Column<ExitReading>[] = [
  textColumn("rule", "Rule", (row) => words(row.rule)),
  textColumn("reading", "Reading", (row) => row.reading),
  textColumn("limit", "Limit", (row) => row.limit),
  textColumn("fires", "Result", (row) => (row.fires ? "fires" : "holds"), {
    cell: (row) => (
      <span class={row.fires ? "nowrap warn" : "nowrap muted"}>{row.fires ? "⚠ fires" : "✓ holds"}</span>
    ),
  }),
];

export function ExitReadings({ readings }: { readings: readonly ExitReading[] }) {
  return (
    <Table
      caption="Exit rules"
      columns={COLUMNS}
      rows={readings}
      keyOf={(row) => row.rule}
      rowClass={(row) => (row.fires ? "row-firing" : undefined)}
      empty=""
      isPlain
    />
  );
}
