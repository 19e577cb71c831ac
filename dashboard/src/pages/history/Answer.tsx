/** Where the money comes from, in two sentences. */
import { Money } from "../../components/Figures";
import { dateOf } from "../../format/instant";
import { sums } from "./dimensions";
import type { HistoryStats } from "./types";

export function Answer({ stats }: { stats: HistoryStats | undefined }) {
  if (!stats) return <>&nbsp;</>;
  return (
    <>
      From {dateOf(stats.from)} to {dateOf(stats.to)}{" "}
      {stats.curves.map(({ engine, net_usd }, index) => (
        <span key={engine}>
          {index > 0 && ", "}Engine {engine} <strong><Money value={net_usd} signed /></strong>
        </span>
      ))}
      . <Extremes of={stats} />
    </>
  );
}

function Extremes({ of }: { of: HistoryStats }) {
  const bySymbol = sums(of.by_symbol);
  const [best, worst] = [bySymbol[0], bySymbol.at(-1)];
  if (!best || !worst) return <>No position was closed yet.</>;
  return (
    <>
      {best.netUsd > 0 ? (
        <>Since the beginning most came from <strong>{best.name}</strong> (<Money value={best.netUsd} signed />)</>
      ) : "Since the beginning no symbol has gained"}
      {worst.netUsd < 0 && <>; most was lost with <strong>{worst.name}</strong> (<Money value={worst.netUsd} signed />)</>}.
    </>
  );
}
