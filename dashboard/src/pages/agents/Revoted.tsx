/** What the other vote came to, against what was. */
import { Money } from "../../components/Figures";
import { Stat, Stats } from "../../components/Stat";
import { counted } from "../../format/words";
import type { RevoteAnswer } from "./kinds";
import { gainUsd } from "./revote";

export function Revoted({ of }: { of: RevoteAnswer }) {
  return (
    <div class="revoted">
      <Stats>
        <Stat label="Entries" below={`then ${of.entries_then}, of ${counted(of.signals, "signal")}`}>{of.entries_now}</Stat>
        <Stat label="Net result" below={<>then <Money value={of.net_then_usd} signed /></>}>
          <Money value={of.net_now_usd} signed />
        </Stat>
        <Stat label="Difference" below="with these weights, less then"><Money value={gainUsd(of)} signed /></Stat>
        <Stat label="Untraded" below="entries that nobody made: their result isn’t known">{of.untraded_now}</Stat>
      </Stats>
      <p class="muted small">
        The opinions that agents gave then are counted again; vetoes hold. Where Engine B didn’t enter, what Engine A made counts.
        {of.truncated && " There were more than are voted on at once; the newest count."}
        {of.signals === 0 && " No signal of these days could be voted on."}{" "}
        Weights that are chosen by what was fit the past: try them in an experiment.
      </p>
    </div>
  );
}
