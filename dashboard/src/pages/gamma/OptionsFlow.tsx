/** What is traded today: premium of calls and puts, and the contracts that stand out. */
import { Badge, type BadgeTone } from "../../components/Badge";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Stat, Stats } from "../../components/Stat";
import { plain, usd } from "../../format/money";
import { counted } from "../../format/words";
import { Contract } from "../../parts/Contract";
import { type Column, moneyColumn, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { compactUsd } from "./compact";
import type { Flow, FlowEntry } from "./kinds";
import { callShare } from "./flow";

const TONES: Readonly<Record<string, BadgeTone>> = { bullish: "gain", bearish: "loss" };

export function OptionsFlow({ of }: { of: Flow }) {
  const badge = of.sentiment && <Badge tone={TONES[of.sentiment]}>{of.sentiment}</Badge>;
  return (
    <Panel title="Options flow" aside={badge}>
      <Premium of={of} />
      <Table
        caption="Biggest entries"
        showCaption
        columns={COLUMNS}
        rows={of.entries}
        keyOf={(row) => row.contract}
        empty={<EmptyState title="No contract stands out">One does when more of it is traded than was held before.</EmptyState>}
      />
      <p class="muted small">
        Each contract’s volume at the middle of its quote.
        {of.unpriced > 0 && ` ${counted(of.unpriced, "contract")} without a quote are in the volumes alone.`}
        {of.volume_unknown > 0 && ` The volume of ${counted(of.volume_unknown, "contract")} isn’t known.`}
      </p>
    </Panel>
  );
}

function Premium({ of }: { of: Flow }) {
  const share = callShare(of);
  return (
    <div class="premium">
      <Stats>
        <Stat label="Call premium" below={`${plain(of.call_volume)} traded`}>{compactUsd(of.call_premium_usd)}</Stat>
        <Stat label="Put premium" below={`${plain(of.put_volume)} traded`}>{compactUsd(of.put_premium_usd)}</Stat>
        <Stat label="Calls’ share" below="bullish from 60 %, bearish to 40 %">{share === null ? "–" : `${plain(share, 0)} %`}</Stat>
      </Stats>
      {share !== null && (
        <svg class="premium-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={`Calls hold ${plain(share, 0)} % of the premium`}>
          <rect class="strikes-call" x="0" y="0" width={share} height="8" />
          <rect class="strikes-put" x={share} y="0" width={100 - share} height="8" />
        </svg>
      )}
    </div>
  );
}

const COLUMNS: readonly Column<FlowEntry>[] = [
  textColumn("contract", "Contract", (row) => row.contract, { cell: (row) => <Contract symbol={row.contract} /> }),
  numberColumn("volume", "Traded", (row) => row.volume),
  numberColumn("held", "Held before", (row) => row.open_interest, { isMinor: true }),
  moneyColumn("mid", "Mid", (row) => row.mid, { isMinor: true }),
  moneyColumn("premium", "Premium", (row) => row.premium_usd, {
    cell: (row) => <span title={usd(row.premium_usd)}>{compactUsd(row.premium_usd)}</span>,
  }),
];
