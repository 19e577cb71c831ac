/** The ledger of what was refused, and what came of it where Engine A traded it. */
import { EmptyState } from "../../components/EmptyState";
import { Money } from "../../components/Figures";
import { Panel } from "../../components/Panel";
import { Instant } from "../../components/Times";
import { counted, words } from "../../format/words";
import { Side, sideWords } from "../../parts/Side";
import { signalHref } from "../../routes/addresses";
import { type Column, instantColumn, moneyColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import type { Veto } from "./kinds";
import { vetoSum } from "./standing";

export function Vetoes({ of }: { of: readonly Veto[] }) {
  return (
    <Panel title="Veto ledger" aside={<Sum of={of} />}>
      <Table
        caption="Vetoes"
        columns={COLUMNS}
        rows={of}
        keyOf={(row) => `${row.signal_id}${row.agent}`}
        empty={<EmptyState title="No entry has been refused yet">An agent refuses where the risk is above the limit.</EmptyState>}
        isTall
      />
    </Panel>
  );
}

function Sum({ of }: { of: readonly Veto[] }) {
  const { traded, netUsd } = vetoSum(of);
  if (traded === 0) return null;
  return <>On {counted(traded, "of these signals", "of these signals")} Engine A made <Money value={netUsd} signed /></>;
}

function sideOf({ direction }: Veto): string {
  return sideWords({ intent: "entry", direction });
}

const COLUMNS: readonly Column<Veto>[] = [
  instantColumn("received", "Received", (row) => row.received_at, {
    isNumeric: false,
    cell: (row) => <a href={signalHref(row.signal_id)}><Instant at={row.received_at} /></a>,
  }),
  textColumn("side", "Wanted", sideOf, { cell: (row) => <Side intent="entry" direction={row.direction} /> }),
  textColumn("agent", "Refused by", (row) => words(row.agent)),
  textColumn("detail", "Why", (row) => row.rejection.detail, {
    cell: (row) => <span class="veto-why">{row.rejection.detail}</span>,
  }),
  moneyColumn("net", "Engine A made", (row) => row.engine_a_net_usd, {
    signed: true,
    hint: "Net, on the same signal, where it traded it: below zero the veto was right",
  }),
];
