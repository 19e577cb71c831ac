/** Agents: who of the committee earns its weight? */
import "./agents/agents.css";
import { usePoll } from "../api/poll";
import { may, session } from "../api/session";
import { useStore } from "../app/store";
import { EmptyState } from "../components/EmptyState";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Panel } from "../components/Panel";
import { Skeleton } from "../components/Skeleton";
import { counted } from "../format/words";
import { Table } from "../table/Table";
import { Answer } from "./agents/Answer";
import { Calibrations } from "./agents/Calibrations";
import { columnsOf } from "./agents/columns";
import type { Committee } from "./agents/kinds";
import { Sayings } from "./agents/Sayings";
import { Vetoes } from "./agents/Vetoes";
import { WhatIf } from "./agents/WhatIf";

const EVERY_MS = 60_000;

export default function Agents() {
  const shown = usePoll<Committee>("/api/agents", EVERY_MS);
  return (
    <>
      <PageHead title="Agents" answer={<Answer of={shown.answer} />} />
      <Loaded of={shown} what="agents" skeleton={<Waits />}>
        {(committee) => <Parts of={committee} />}
      </Loaded>
    </>
  );
}

function Parts({ of }: { of: Committee }) {
  const me = useStore(session);
  return (
    <>
      <Standings of={of} />
      <Calibrations of={of.agents} />
      <Sayings of={of.agents} />
      {may(me, "researcher") && <WhatIf committee={of} />}
      <Vetoes of={of.vetoes} />
    </>
  );
}

function Standings({ of }: { of: Committee }) {
  return (
    <Panel title="Who earns its weight" aside={`Without one: ${counted(of.revoted, "newest signal")} voted on again`}>
      <Table
        caption="Agents"
        columns={columnsOf(of.agents)}
        rows={of.agents}
        keyOf={(row) => row.agent}
        sorting={{ key: "weight", isDescending: true }}
        empty={<EmptyState title="The committee has no agent">Its weights are on the <a href="/settings">settings</a> page.</EmptyState>}
      />
    </Panel>
  );
}

/** As tall as what comes, so that nothing jumps. */
function Waits() {
  return <div class="panel agents-waiting"><Skeleton lines={10} label="Loading the agents" /></div>;
}
