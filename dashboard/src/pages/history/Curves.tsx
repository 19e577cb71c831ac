/** Both engines' results added up, and how far below its top each is. */
import type { EngineCurve } from "../../api/types";
import { Chart } from "../../chart/Chart";
import type { ChartLine } from "../../chart/kinds";
import { Money, Percent } from "../../components/Figures";
import { Panel } from "../../components/Panel";
import { Stat, Stats } from "../../components/Stat";
import { numberOf } from "../../format/money";
import { counted } from "../../format/words";
import { daysOf, resultOf } from "./days";
import type { DayResult } from "./types";

function linesOf(curves: readonly EngineCurve[], amount: (day: DayResult) => string): ChartLine[] {
  return curves.map(({ engine, days }) => ({
    name: `Engine ${engine}`,
    colour: engine === "A" ? "engine-a" : "engine-b",
    isDashed: engine === "B",
    points: days.map((day) => ({ at: day.date, value: numberOf(amount(day)) ?? 0 })),
  }));
}

export function Curves({ of }: { of: readonly EngineCurve[] }) {
  return (
    <Panel title="Net result, added up" aside="After fees, of closed positions">
      <Results of={of} />
      <Chart unit="usd" lines={linesOf(of, (day) => day.cumulative_net_usd)} summary="Each engine’s net result by day, added up" />
      <h3 class="drawdown-title">Drawdown: how far below the top so far</h3>
      <Chart unit="usd" height="low" lines={linesOf(of, (day) => day.drawdown_usd)} summary="How far each engine’s result is below its top, by day" />
    </Panel>
  );
}

function Results({ of }: { of: readonly EngineCurve[] }) {
  return (
    <Stats>
      {of.map((curve) => {
        const { positions, wins, gainDays, lossDays } = resultOf(daysOf([curve], curve.engine));
        const rate = positions > 0 ? (wins / positions) * 100 : null;
        return [
          <Stat key={`${curve.engine} net`} label={`Engine ${curve.engine}, net`} below={`${counted(gainDays, "day")} up, ${lossDays} down`}>
            <Money value={curve.net_usd} signed />
          </Stat>,
          <Stat key={`${curve.engine} rate`} label={`Engine ${curve.engine}, win rate`} below={`of ${counted(positions, "position")}`}>
            <Percent value={rate} decimals={0} />
          </Stat>,
          <Stat key={`${curve.engine} fall`} label={`Engine ${curve.engine}, deepest fall`} below="from a top">
            <Money value={curve.drawdown_max_usd} signed />
          </Stat>,
        ];
      })}
    </Stats>
  );
}
