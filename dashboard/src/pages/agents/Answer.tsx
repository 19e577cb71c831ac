/** The committee in one sentence. */
import { Money } from "../../components/Figures";
import { percent } from "../../format/money";
import { counted, words } from "../../format/words";
import type { Committee } from "./kinds";
import { changeWithout, mostOftenRight, SIDES_MIN } from "./standing";

export function Answer({ of }: { of: Committee | undefined }) {
  if (!of) return <>&nbsp;</>;
  const heard = of.agents.filter((agent) => agent.on).length;
  return (
    <>
      <Best of={of} /> {counted(heard, "agent")} of {of.agents.length} are heard; the committee enters from{" "}
      <strong>{of.enter_at_points}</strong> points of confidence, and refuses above {of.veto_above_points} of risk.
    </>
  );
}

function Best({ of }: { of: Committee }) {
  const best = mostOftenRight(of.agents);
  if (!best) return <>No agent has taken {SIDES_MIN} sides yet, so none can be judged.</>;
  const without = changeWithout(best.leave_one_out);
  return (
    <>
      Most often right is <strong>{words(best.agent)}</strong>, on {percent(best.right_percent, 0)} of{" "}
      {best.sides} sides{without !== null && <>; without it Engine B’s net result would change by <Money value={without} signed /></>}.
    </>
  );
}
