/** Ends the experiment that runs, with why. */
import { useState } from "preact/hooks";
import { Confirm } from "../../components/Confirm";
import { Panel } from "../../components/Panel";
import { Instant } from "../../components/Times";
import { Field } from "./Field";
import type { Experiment } from "./kinds";
import { stop } from "./planned";

export function Stop({ of }: { of: Experiment }) {
  const [why, setWhy] = useState("");
  const isTold = why.trim() !== "";
  return (
    <Panel title={`End ${of.experiment_id}`} aside={<>runs since <Instant at={of.started_at} /></>}>
      <p class="muted begin-note">
        Its signals stay with it, and its report can be read afterwards. Each engine has its own limits again.
      </p>
      <Field name="why" label="Why does it end?" value={why} onChange={setWhy} isLong hint="It is kept with the experiment." />
      <Confirm
        label="End the experiment"
        question={<>It can’t be begun again: another one needs another name.</>}
        confirm="End it now"
        isDangerous
        disabled={!isTold}
        onConfirm={() => stop({ why: why.trim() })}
      />
    </Panel>
  );
}
