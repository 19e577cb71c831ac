/** What other weights would have done: votes again with the opinions of then; nothing is changed by it. */
import { useState } from "preact/hooks";
import { asProblem } from "../../api/problem";
import { api } from "../../api/session";
import { tell } from "../../app/toasts";
import { Panel } from "../../components/Panel";
import { words } from "../../format/words";
import { Dial } from "./Dial";
import type { Agent, Committee, RevoteAnswer } from "./kinds";
import { asItIs, DAYS_MAX, isChanged, revoteRequest, WEIGHT_MAX, type WhatIf as What } from "./revote";
import { Revoted } from "./Revoted";

export function WhatIf({ committee }: { committee: Committee }) {
  const { what, setWhat, answer, isBusy, vote, reset } = useWhatIf(committee);
  const submit = (event: Event) => {
    event.preventDefault();
    void vote();
  };
  return (
    <Panel title="What if?" aside="The opinions of then, weighed anew; nothing is traded or changed">
      <form class="what-if" onSubmit={submit}>
        <Weights what={what} committee={committee} onChange={setWhat} />
        <div class="dials">
          <Dial label="Enters from, points" value={what.enterAtPoints} least={0} most={100} now={committee.enter_at_points} onChange={(enterAtPoints) => setWhat({ ...what, enterAtPoints })} />
          <Dial label="Days back" value={what.days} least={1} most={DAYS_MAX} onChange={(days) => setWhat({ ...what, days })} />
        </div>
        <div class="what-if-buttons">
          <button type="submit" class="button button-primary" disabled={isBusy}>{isBusy ? "Voting…" : "Vote again"}</button>
          <button type="button" class="button" disabled={!isChanged(what, committee)} onClick={reset}>As it is</button>
        </div>
      </form>
      <div aria-live="polite">{answer && <Revoted of={answer} />}</div>
    </Panel>
  );
}

function useWhatIf(committee: Committee) {
  const [what, setWhat] = useState<What>(() => asItIs(committee));
  const [answer, setAnswer] = useState<RevoteAnswer | null>(null);
  const [isBusy, setBusy] = useState(false);
  const vote = async () => {
    setBusy(true);
    try {
      setAnswer(await api.send<RevoteAnswer>("POST", "/api/agents/revote", revoteRequest(what, committee)));
    } catch (cause) {
      tell("loss", `Voting again failed: ${asProblem(cause).message}`);
    }
    setBusy(false);
  };
  const reset = () => setWhat(asItIs(committee, what.days));
  return { what, setWhat, answer, isBusy, vote, reset };
}

interface WeightsProps {
  what: What;
  committee: Committee;
  onChange: (what: What) => void;
}

function Weights({ what, committee, onChange }: WeightsProps) {
  const change = (agent: Agent) => (weight: number) =>
    onChange({ ...what, weights: { ...what.weights, [agent.agent]: weight } });
  return (
    <fieldset class="dials">
      <legend>Weights</legend>
      {committee.agents.map((agent) => (
        <Dial
          key={agent.agent}
          label={agent.on ? words(agent.agent) : `${words(agent.agent)} (off)`}
          value={what.weights[agent.agent] ?? agent.weight}
          least={0}
          most={WEIGHT_MAX}
          reach={Math.max(100, agent.weight * 2)}
          now={agent.weight}
          onChange={change(agent)}
        />
      ))}
    </fieldset>
  );
}
