/** The steps of a signal's life, each with the time that it took. */
import type { Hop, SignalTrace } from "../../api/types";
import { EngineMark } from "../../components/Badge";
import { Instant } from "../../components/Times";
import { duration } from "../../format/instant";
import { sentence, words } from "../../format/words";
import { ClosedStep } from "./ClosedStep";
import { ContractStep } from "./ContractStep";
import { DecisionStep } from "./DecisionStep";
import { ExitStep } from "./ExitStep";
import { FillStep, OrderStep } from "./OrderStep";
import { EvidenceStep, ReceivedStep } from "./ReceivedStep";

const TITLES: Readonly<Record<string, string>> = {
  received: "Alert received",
  evidence_captured: "Evidence captured",
  decided: "Decided",
  contract_chosen: "Contract chosen",
  ordered: "Order written",
  filled: "Filled",
  exit_decided: "Exit decided",
  closed: "Closed",
};

export function Timeline({ trace }: { trace: SignalTrace }) {
  return (
    <ol class="timeline">
      {trace.hops.map((hop) => (
        <Step key={`${hop.hop}${hop.engine}${hop.leg}${hop.at}`} hop={hop} trace={trace} />
      ))}
      <Unfinished trace={trace} />
    </ol>
  );
}

function Step({ hop, trace }: { hop: Hop; trace: SignalTrace }) {
  const leg = hop.leg && hop.leg !== "entry" ? ` (${words(hop.leg).replace(":", " ")})` : "";
  return (
    <li class={`step step-${(hop.engine ?? "both").toLowerCase()}`}>
      <div class="step-time">
        <Instant at={hop.at} />
        <span class="muted small">{hop.hop === "received" ? "" : `+${duration(hop.after_ms)}`}</span>
      </div>
      <div class="step-body">
        <h2 class="step-title">
          {hop.engine && <EngineMark engine={hop.engine} />} {TITLES[hop.hop] ?? sentence(hop.hop)}{leg}
        </h2>
        <Content hop={hop} trace={trace} />
      </div>
    </li>
  );
}

function Content({ hop, trace }: { hop: Hop; trace: SignalTrace }) {
  switch (hop.hop) {
    case "received":
      return <ReceivedStep trace={trace} />;
    case "evidence_captured":
      return <EvidenceStep trace={trace} />;
    case "decided":
      return <DecisionStep trace={trace} engine={hop.engine} />;
    case "contract_chosen":
      return <ContractStep trace={trace} engine={hop.engine} />;
    case "ordered":
      return <OrderStep trace={trace} hop={hop} />;
    case "filled":
      return <FillStep trace={trace} hop={hop} />;
    case "exit_decided":
      return <ExitStep trace={trace} hop={hop} />;
    case "closed":
      return <ClosedStep trace={trace} engine={hop.engine} />;
    default:
      return null;
  }
}

/** What is still to come. */
function Unfinished({ trace }: { trace: SignalTrace }) {
  const waiting = trace.assignments.filter((task) => task.state === "pending" || task.state === "approved");
  const held = trace.positions.filter((position) => position.state !== "closed");
  if (waiting.length + held.length === 0) return null;
  return (
    <li class="step step-next">
      <div class="step-time muted">now</div>
      <div class="step-body muted">
        {waiting.map((task) => (
          <p key={task.engine}><EngineMark engine={task.engine} /> {task.state === "pending" ? "is to decide" : "approved it; the order is to come"}</p>
        ))}
        {held.map((position) => (
          <p key={position.engine}><EngineMark engine={position.engine} /> holds it; the next pass of the exit rules comes within a minute</p>
        ))}
      </div>
    </li>
  );
}
