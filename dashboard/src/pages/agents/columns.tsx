/** The columns of the committee. */
import { Badge } from "../../components/Badge";
import { Money, Percent } from "../../components/Figures";
import { ABSENT, plain } from "../../format/money";
import { words } from "../../format/words";
import { type Column, moneyColumn, numberColumn, percentColumn, textColumn } from "../../table/columns";
import type { Agent, LeftOut } from "./kinds";
import { changeWithout, shareOfWeight, withoutWords } from "./standing";

export function columnsOf(agents: readonly Agent[]): Column<Agent>[] {
  return [
    textColumn("agent", "Agent", (row) => words(row.agent), { cell: (row) => <Name of={row} /> }),
    textColumn("kind", "Kind", (row) => row.kind, { isExported: true }),
    textColumn("flag", "Flag", (row) => row.flag, { isExported: true }),
    numberColumn("weight", "Weight", (row) => row.weight, {
      hint: "Its weight, and the share of all weight that is heard",
      cell: (row) => <Weight of={row} agents={agents} />,
    }),
    textColumn("on", "Heard", (row) => (row.on ? "on" : "off"), { cell: (row) => <Switch of={row} /> }),
    numberColumn("signals", "Opinions", (row) => row.signals, { hint: "Signals on which it had an opinion" }),
    RIGHT,
    numberColumn("sides", "Sides", (row) => row.sides, { isExported: true }),
    WITHOUT,
    numberColumn("approved", "Entered", (row) => row.approved, {
      hint: "Signals that it supported and the committee entered; then those that it declined",
      isMinor: true,
      cell: (row) => <>{row.approved} <span class="muted small">/ {row.rejected}</span></>,
    }),
    numberColumn("rejected", "Declined", (row) => row.rejected, { isExported: true }),
    numberColumn("confidence", "Confidence", (row) => row.average_confidence, { decimals: 1, hint: "On average, over all opinions", isMinor: true }),
    ...RESULTS,
  ];
}

const RESULTS: readonly Column<Agent>[] = [
  numberColumn("wins", "Wins", (row) => row.wins, {
    hint: "Winners among the closed positions that it supported",
    cell: (row) => <>{row.wins} <span class="muted small">of {row.positions}</span></>,
  }),
  numberColumn("positions", "Positions", (row) => row.positions, { isExported: true }),
  moneyColumn("won", "Won", (row) => row.won_usd, { signed: true, isMinor: true }),
  moneyColumn("lost", "Lost", (row) => row.lost_usd, { signed: true, isMinor: true }),
];

const RIGHT: Column<Agent> = percentColumn("right", "Right", (row) => row.right_percent, {
  hint: "Of the sides that it took: it supported a winner, or opposed what wasn’t one",
  cell: (row) => <><span class="muted small">{row.right} of {row.sides}</span> <Percent value={row.right_percent} decimals={0} /></>,
});

const WITHOUT: Column<Agent> = {
  key: "without",
  title: "B without it",
  hint: "What Engine B’s net result of the newest signals would change by without the agent: a loss means that it earns its weight",
  isNumeric: true,
  value: (row) => changeWithout(row.leave_one_out),
  cell: (row) => <Without of={row.leave_one_out} />,
};

function Without({ of }: { of: LeftOut | null }) {
  if (!of) return <span class="muted">{ABSENT}</span>;
  return (
    <span title={withoutWords(of)}>
      <span class="muted small">{of.changed} changed</span> <Money value={changeWithout(of)} signed />
    </span>
  );
}

/** Its name, and below it the flag that switches it, or where it sits. */
function Name({ of }: { of: Agent }) {
  return (
    <span class="agent-name">
      {words(of.agent)}
      {of.flag ? <code class="muted">{of.flag}</code> : <span class="muted small">{of.kind}</span>}
    </span>
  );
}

function Weight({ of, agents }: { of: Agent; agents: readonly Agent[] }) {
  const share = shareOfWeight(of, agents);
  return (
    <>
      {share !== null && <span class="muted small">{plain(share, 0)} % </span>}
      {of.weight}
    </>
  );
}

function Switch({ of }: { of: Agent }) {
  return <Badge tone={of.on ? "gain" : "plain"}>{of.on ? "✓ on" : "off"}</Badge>;
}
