/** Whether what an agent called likely happened often: its support by fifths, as small bars. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { percent } from "../../format/money";
import { words } from "../../format/words";
import { AsTable } from "../../parts/AsTable";
import { numberColumn, percentColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { type BinLine, binLines, heightOf } from "./calibration";
import type { Agent, Bin } from "./kinds";

export function Calibrations({ of }: { of: readonly Agent[] }) {
  const known = of.filter((agent) => agent.calibration.some((bin) => bin.positions > 0));
  return (
    <Panel title="Calibration" aside="How many of its positions won, by how much it supported them">
      {known.length === 0 && (
        <EmptyState title="No closed position yet">The bars begin with the first one that an agent supported.</EmptyState>
      )}
      <ul class="calibrations">{known.map((agent) => <One key={agent.agent} of={agent} />)}</ul>
      {known.length > 0 && (
        <p class="muted small">
          From 0–20 points of support at the left to 80–100 at the right; the line is half of them won. A well calibrated
          agent’s bars rise. Pale bars stand on fewer than five positions.
        </p>
      )}
      {known.length > 0 && <AsTable><Lines of={binLines(known)} /></AsTable>}
    </Panel>
  );
}

function One({ of }: { of: Agent }) {
  return (
    <li>
      <h3>{words(of.agent)}</h3>
      <Bars of={of} />
      <div class="calibration-counts" aria-hidden="true">
        {of.calibration.map((bin) => <span key={bin.from}>{bin.positions}</span>)}
      </div>
    </li>
  );
}

const FEW = 5;
const HEIGHT = 48;

function Bars({ of }: { of: Agent }) {
  const label = `${words(of.agent)}: ${of.calibration.map(binWords).join("; ")}`;
  return (
    <svg class="calibration" viewBox={`0 0 100 ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {of.calibration.map((bin, index) => {
        const height = heightOf(bin, HEIGHT);
        return (
          <rect key={bin.from} class={bin.positions < FEW ? "bin bin-few" : "bin"} x={index * 20 + 2} y={HEIGHT - height} width="16" height={height}>
            <title>{binWords(bin)}</title>
          </rect>
        );
      })}
      <line class="calibration-half" x1="0" x2="100" y1={HEIGHT / 2} y2={HEIGHT / 2} />
    </svg>
  );
}

function binWords(bin: Bin): string {
  const range = `${bin.from}–${bin.to} points`;
  return bin.positions === 0 ? `${range}: none` : `${range}: ${percent(bin.win_rate_percent, 0)} of ${bin.positions} won`;
}

function Lines({ of }: { of: readonly BinLine[] }) {
  return <Table caption="Calibration of the agents" columns={COLUMNS} rows={of} keyOf={(row) => `${row.agent}${row.from}`} empty="" isTall />;
}

const COLUMNS = [
  textColumn<BinLine>("agent", "Agent", (row) => words(row.agent)),
  numberColumn<BinLine>("from", "Support from", (row) => row.from),
  numberColumn<BinLine>("to", "to", (row) => row.to),
  numberColumn<BinLine>("positions", "Positions", (row) => row.positions),
  numberColumn<BinLine>("wins", "Wins", (row) => row.wins),
  percentColumn<BinLine>("rate", "Win rate", (row) => row.win_rate_percent, { decimals: 0 }),
];
