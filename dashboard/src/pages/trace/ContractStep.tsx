/** The contract that was chosen, its score, and why not another. */
import type { Score, Selection, SignalTrace } from "../../api/types";
import { plain } from "../../format/money";
import { counted, sentence, words } from "../../format/words";
import { Contract } from "../../parts/Contract";
import { type Column, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { Facts } from "../../components/Facts";

export function ContractStep({ trace, engine }: { trace: SignalTrace; engine: string | null }) {
  const selection = trace.selections.find((it) => it.engine === engine);
  return selection ? <SelectionShown of={selection} /> : null;
}

export function SelectionShown({ of }: { of: Selection }) {
  const { figures } = of;
  return (
    <>
      <Facts
        of={[
          ["Contract", <strong><Contract symbol={of.contract} /></strong>],
          figures && ["Delta", plain(figures.delta, 3)],
          figures && ["Theta a day", plain(figures.theta, 3)],
          figures && ["Implied volatility", `${plain(figures.implied_volatility * 100, 1)} %`],
          figures && ["Open interest", plain(figures.open_interest)],
          figures && ["Volume", plain(figures.volume)],
          of.chain_from && ["Chain of", of.chain_from],
        ]}
      />
      {of.why && <p class="warn">The nearest listed strike, since no chain could be had: {of.why}</p>}
      {of.score && <Scores of={of} />}
      <Rejected of={of} />
    </>
  );
}

interface Scored {
  contract: string;
  score: Score;
  isChosen: boolean;
}

const PARTS = ["spread", "delta", "open_interest", "volume", "theta", "volatility"] as const;

export function totalOf(score: Score): number {
  return PARTS.reduce((sum, part) => sum + score[part], 0) / 100;
}

const COLUMNS: readonly Column<Scored>[] = [
  textColumn("contract", "Contract", (row) => row.contract, {
    cell: (row) => <>{row.isChosen ? "✓ " : ""}<Contract symbol={row.contract} /></>,
  }),
  numberColumn("total", "Score", (row) => totalOf(row.score), { hint: "Of 100 points", decimals: 2 }),
  ...PARTS.map((part) =>
    numberColumn<Scored>(part, sentence(part), (row) => row.score[part] / 100, { isMinor: true, decimals: 2 }),
  ),
];

function Scores({ of }: { of: Selection }) {
  const { score, runners_up: runnersUp = [], contract } = of;
  if (!score) return null;
  const rows: Scored[] = [
    { contract, score, isChosen: true },
    ...runnersUp.map((it) => ({ ...it, isChosen: false })),
  ];
  return (
    <Table
      caption="The chosen contract and its runners-up"
      columns={COLUMNS}
      rows={rows}
      keyOf={(row) => row.contract}
      rowClass={(row) => (row.isChosen ? "row-chosen" : undefined)}
      empty=""
      isPlain
    />
  );
}

function Rejected({ of }: { of: Selection }) {
  const counts = Object.entries(of.rejected ?? {});
  if (of.considered === undefined) return null;
  const told = counts.map(([reason, count]) => `${count} by ${words(reason)}`).join(", ");
  return (
    <details>
      <summary>
        {counted(of.considered, "contract")} considered; {told ? `left out ${told}` : "none left out"}
      </summary>
      <ul class="vote-reasons small">
        {of.nearest_rejected?.map((it) => (
          <li key={it.contract}>
            <Contract symbol={it.contract} /> <span class="muted">{words(it.reason)}: {it.reading}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
