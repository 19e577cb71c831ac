/** Experiment: which engine is better, and how sure are we? */
import "./experiment/experiment.css";
import { usePoll } from "../api/poll";
import { may, session } from "../api/session";
import { useStore } from "../app/store";
import { EmptyState } from "../components/EmptyState";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Panel } from "../components/Panel";
import { Skeleton } from "../components/Skeleton";
import { usePlace } from "../routes/location";
import { Begin } from "./experiment/Begin";
import { Choice, reportUrl } from "./experiment/Choice";
import { Experiments } from "./experiment/Experiments";
import { First } from "./experiment/First";
import { running, type Shown } from "./experiment/kinds";
import { ReportParts } from "./experiment/ReportParts";
import { Stop } from "./experiment/Stop";

const EVERY_MS = 30_000;

export default function Experiment() {
  const { search } = usePlace();
  const shown = usePoll<Shown>(reportUrl(search), EVERY_MS);
  return (
    <>
      <PageHead title="Experiment" answer={shown.answer?.sentence ?? <>&nbsp;</>}>
        <Choice experiments={shown.answer?.experiments ?? []} />
      </PageHead>
      <Loaded of={shown} what="experiment" skeleton={<Waits />}>
        {(answer) => <Parts of={answer} />}
      </Loaded>
    </>
  );
}

function Parts({ of }: { of: Shown }) {
  const me = useStore(session);
  const mayBegin = may(me, "researcher");
  const runs = running(of.experiments);
  return (
    <>
      {of.experiments.length === 0 && <First mayBegin={mayBegin} />}
      {of.report && <ReportParts report={of.report} />}
      {!of.report && of.experiments.length > 0 && <NoSignal />}
      {mayBegin && runs && <Stop of={runs} />}
      {mayBegin && !runs && <Begin taken={of.experiments.map((one) => one.experiment_id)} />}
      {of.experiments.length > 0 && <Experiments of={of.experiments} />}
    </>
  );
}

function NoSignal() {
  return (
    <Panel title="Report">
      <EmptyState title="No signal to report on yet">
        The report begins with the first signal. <a href="/signals">See what came in</a>.
      </EmptyState>
    </Panel>
  );
}

/** As tall as what comes, so that nothing jumps. */
function Waits() {
  return (
    <>
      <div class="panel experiment-waiting"><Skeleton lines={6} label="Loading the experiment" /></div>
      <div class="panel experiment-waiting"><Skeleton lines={6} label="Loading the comparison" /></div>
    </>
  );
}
