/** The kill switch of each engine: stops its entries at once; what it holds keeps its exits. */
import { useState } from "preact/hooks";
import { readAgain } from "../../api/poll";
import { asProblem } from "../../api/problem";
import { api, may, session } from "../../api/session";
import type { Engine } from "../../api/types";
import { useStore } from "../../app/store";
import { tell } from "../../app/toasts";
import { EngineMark } from "../../components/Badge";
import { Confirm } from "../../components/Confirm";
import { Age, Instant } from "../../components/Times";
import type { HaltAnswer, KillSwitch } from "./types";

export function KillSwitches({ of }: { of: readonly KillSwitch[] }) {
  const isAdmin = may(useStore(session), "admin");
  return (
    <section class="kill-switches" aria-label="Kill switches">
      {of.map((one) => (
        <div key={one.engine} class={one.halt ? "panel kill-switch kill-switch-halted" : "panel kill-switch"}>
          <State of={one} />
          <Newest of={one.newest} />
          {isAdmin && (one.halt ? <Resume engine={one.engine} /> : <Stop engine={one.engine} />)}
        </div>
      ))}
    </section>
  );
}

function State({ of: { engine, halt } }: { of: KillSwitch }) {
  if (!halt) {
    return (
      <p class="kill-switch-state">
        <EngineMark engine={engine} /> <strong class="gain">✓ may enter</strong>
        <span class="muted small">No halt stands in its book.</span>
      </p>
    );
  }
  return (
    <p class="kill-switch-state">
      <EngineMark engine={engine} /> <strong class="loss">✕ stopped</strong>
      <span>
        by {halt.by}, <Age at={halt.at} suffix=" ago" />: “{halt.why}”
      </span>
    </p>
  );
}

/** Who worked it, opened on demand. */
function Newest({ of }: { of: KillSwitch["newest"] }) {
  if (of.length === 0) return null;
  return (
    <details class="kill-switch-newest">
      <summary>Who worked it</summary>
      <ul>
        {of.map((one) => (
          <li key={`${one.at}${one.halted}`}>
            <Instant at={one.at} /> {one.halted ? `stopped by ${one.by}: “${one.why}”` : `resumed by ${one.by}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Says what came of it, and reads the settings again. */
async function turn(engine: Engine, way: "halt" | "resume", body: object): Promise<void> {
  try {
    const { earlier } = await api.send<HaltAnswer>("POST", `/api/engines/${engine}/${way}`, body);
    if (way === "resume") tell("gain", `Engine ${engine} may enter again.`);
    else if (earlier) tell("note", `Engine ${engine} was stopped already, by ${earlier.by}.`);
    else tell("gain", `Engine ${engine} enters nothing any more.`);
  } catch (cause) {
    tell("loss", `Engine ${engine} is as it was: ${asProblem(cause).message}`);
  }
  await readAgain("/api/settings/status");
}

function Resume({ engine }: { engine: Engine }) {
  return (
    <Confirm
      label={`Let Engine ${engine} enter again`}
      question="New signals are traded again at once."
      confirm={`Resume Engine ${engine}`}
      onConfirm={() => turn(engine, "resume", {})}
    />
  );
}

function Stop({ engine }: { engine: Engine }) {
  const [why, setWhy] = useState("");
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    await turn(engine, "halt", { why: why.trim() });
    setBusy(false);
    setWhy("");
  };
  return (
    <form class="kill-switch-form" onSubmit={(event) => void submit(event)}>
      <input
        class="input"
        required
        maxLength={500}
        placeholder="Reason"
        aria-label={`Reason for stopping Engine ${engine}`}
        value={why}
        onInput={(event) => setWhy(event.currentTarget.value)}
      />
      <button type="submit" class="button button-danger" disabled={isBusy || why.trim() === ""}>
        {isBusy ? "Stopping…" : `Stop Engine ${engine}`}
      </button>
    </form>
  );
}
