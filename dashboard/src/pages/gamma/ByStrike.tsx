/** The walls: exposure by strike, of all expirations. */
import { useMemo } from "preact/hooks";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Tabs } from "../../components/Tabs";
import { plain } from "../../format/money";
import { counted } from "../../format/words";
import { AsTable } from "../../parts/AsTable";
import { useQuery } from "../../routes/location";
import { type Column, numberColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { compactUsd, signedCompactUsd } from "./compact";
import type { Expiration, Exposure } from "./kinds";
import { marksOf } from "./marks";
import { StrikeBars } from "./StrikeBars";
import { mustBeSeen, nearLines, type StrikeLine, strikeLines } from "./strikes";

const TABS = [
  { value: "near", title: "Near the spot" },
  { value: "all", title: "All strikes" },
] as const;

interface ByStrikeProps {
  of: Exposure;
  expiration: Expiration | undefined;
}

export function ByStrike({ of, expiration }: ByStrikeProps) {
  const [which] = useQuery("strikes", "near");
  const all = useMemo(() => strikeLines(of), [of]);
  const lines = which === "all" ? all : nearLines(all, Number(of.spot), mustBeSeen(of));
  const marks = marksOf(of, expiration);
  const summary = `Exposure by strike; ${marks.map((mark) => `${mark.title} ${plain(mark.price)}`).join(", ")}`;
  const tabs = <Tabs label="Which strikes" name="strikes" fallback="near" tabs={TABS} />;
  return (
    <Panel title="Exposure by strike" aside={tabs}>
      {lines.length === 0 && <EmptyState title="No strike has any exposure" />}
      {lines.length > 0 && <StrikeBars lines={lines} marks={marks} summary={summary} />}
      <p class="muted small">
        <span class="strikes-key-call">Calls</span> above, <span class="strikes-key-put">puts</span> below: dollars of delta
        that dealers have to trade when {of.symbol} rises by 1 %. Of all expirations.
        {of.by_strike.left_out > 0 && ` ${counted(of.by_strike.left_out, "strike")} far from the spot are left out.`}
      </p>
      {lines.length > 0 && <AsTable><Lines of={all} /></AsTable>}
    </Panel>
  );
}

function Lines({ of }: { of: readonly StrikeLine[] }) {
  return <Table caption="Exposure by strike" columns={COLUMNS} rows={of} keyOf={(row) => String(row.strike)} empty="" isTall />;
}

const COLUMNS: readonly Column<StrikeLine>[] = [
  numberColumn("strike", "Strike", (row) => row.strike),
  numberColumn("call", "Calls", (row) => row.call, { cell: (row) => compactUsd(row.call) }),
  numberColumn("put", "Puts", (row) => row.put, { cell: (row) => compactUsd(row.put) }),
  numberColumn("net", "Net", (row) => row.net, { cell: (row) => signedCompactUsd(row.net) }),
];
