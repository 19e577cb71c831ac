/** What the agents say: how often they look up or down, and how sure they are. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { words } from "../../format/words";
import { AsTable } from "../../parts/AsTable";
import { numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import type { Agent } from "./kinds";
import { BIASES, sayingLines, type SayingLine, sharesOf, tallest } from "./sayings";

export function Sayings({ of }: { of: readonly Agent[] }) {
  const heard = of.filter((agent) => agent.signals > 0);
  return (
    <Panel title="What they say" aside="Which way their opinions look, and how sure they are">
      {heard.length === 0 && (
        <EmptyState title="No opinion yet">The bars begin with the first signal on which Engine B decides.</EmptyState>
      )}
      <ul class="calibrations">{heard.map((agent) => <One key={agent.agent} of={agent} />)}</ul>
      {heard.length > 0 && (
        <p class="muted small">
          The strip: bullish, neutral, bearish. The bars: opinions by confidence, from 0–20 points at the left to 80–100.
        </p>
      )}
      {heard.length > 0 && <AsTable><Lines of={sayingLines(heard)} /></AsTable>}
    </Panel>
  );
}

function One({ of }: { of: Agent }) {
  return (
    <li>
      <h3>{words(of.agent)}</h3>
      <Strip of={of} />
      <Bars of={of} />
    </li>
  );
}

function Strip({ of }: { of: Agent }) {
  const label = BIASES.map((bias) => `${bias} ${of.biases[bias]}`).join(", ");
  return (
    <svg class="biases" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      {sharesOf(of.biases).map(({ bias, from, width }) => (
        <rect key={bias} class={`bias bias-${bias}`} x={from} y="0" width={width} height="6" />
      ))}
    </svg>
  );
}

const HEIGHT = 48;

function Bars({ of }: { of: Agent }) {
  const most = tallest(of.confidences);
  const label = of.confidences.map((bin) => `${bin.from}–${bin.to} points: ${bin.opinions}`).join("; ");
  return (
    <svg class="calibration" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      {of.confidences.map((bin, index) => {
        const height = (bin.opinions / most) * HEIGHT;
        return <rect key={bin.from} class="bin" x={index * 20 + 2} y={HEIGHT - height} width="16" height={height} />;
      })}
    </svg>
  );
}

function Lines({ of }: { of: readonly SayingLine[] }) {
  return <Table caption="What the agents say" columns={COLUMNS} rows={of} keyOf={(row) => row.agent} empty="" isTall />;
}

const COLUMNS = [
  textColumn<SayingLine>("agent", "Agent", (row) => words(row.agent)),
  numberColumn<SayingLine>("bullish", "Bullish", (row) => row.bullish),
  numberColumn<SayingLine>("neutral", "Neutral", (row) => row.neutral),
  numberColumn<SayingLine>("bearish", "Bearish", (row) => row.bearish),
  ...[0, 20, 40, 60, 80].map((from, fifth) =>
    numberColumn<SayingLine>(`from${from}`, `${from}–${from + 20}`, (row) => row.fifths[fifth] ?? 0),
  ),
];
