/** What was studied, how far it has come, and the verdict. */
import { Badge } from "../../components/Badge";
import { Facts } from "../../components/Facts";
import { Panel } from "../../components/Panel";
import { Instant } from "../../components/Times";
import { counted } from "../../format/words";
import type { Report } from "./kinds";
import { Progress } from "./Progress";
import { verdictOf } from "./told";

export function Study({ report }: { report: Report }) {
  const { study } = report;
  const verdict = verdictOf(report);
  return (
    <Panel
      title={study.experiment_id ? `Experiment ${study.experiment_id}` : "All signals of these days"}
      aside={<Badge tone={verdict.tone}>{verdict.words}</Badge>}
    >
      {study.hypothesis && <p class="hypothesis">“{study.hypothesis}”</p>}
      <Facts
        of={[
          study.mode && ["Mode", study.mode === "paired" ? "paired: each signal to both" : "split: each signal to one"],
          study.started_at && ["Began", <Instant at={study.started_at} />],
          ["Ended", study.stopped_at ? <Instant at={study.stopped_at} /> : study.experiment_id ? "runs" : "–"],
          ["Signals", counted(study.signals, "signal")],
          ["Trading days", study.sessions],
          ["Looked at", <Instant at={study.observed_at} />],
        ]}
      />
      <Progress report={report} />
    </Panel>
  );
}
