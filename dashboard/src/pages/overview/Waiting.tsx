/** What is about to happen: positions near their exit, and signals that wait. */
import type { DashboardMetrics, ExitSignal, QueuedSignal } from "../../api/types";
import { EngineMark } from "../../components/Badge";
import { Percent } from "../../components/Figures";
import { Panel } from "../../components/Panel";
import { Age } from "../../components/Times";
import { percent } from "../../format/money";
import { words } from "../../format/words";
import { Contract } from "../../parts/Contract";
import { positionHref, signalHref } from "../../routes/addresses";

export function Waiting({ metrics }: { metrics: DashboardMetrics }) {
  return (
    <div class="columns">
      <Panel title="About to exit">
        {metrics.exit_signals.length === 0 && <p class="muted">No position is near an exit.</p>}
        <ul class="lines">{metrics.exit_signals.map((exit) => <Exit key={`${exit.signal_id}${exit.engine}`} of={exit} />)}</ul>
      </Panel>
      <Panel title="Waiting signals">
        {metrics.queued_signals.length === 0 && <p class="muted">No signal waits.</p>}
        <ul class="lines">{metrics.queued_signals.map((it) => <Queued key={`${it.signal_id}${it.engine}`} of={it} />)}</ul>
      </Panel>
    </div>
  );
}

function Exit({ of }: { of: ExitSignal }) {
  return (
    <li>
      <EngineMark engine={of.engine} />
      <a href={positionHref(of.signal_id, of.engine)}><Contract symbol={of.contract} /></a>
      <span class={of.exit_reason ? "warn" : "muted"}>
        {of.exit_reason ? words(of.exit_reason) : `${percent(of.way_percent, 0)} of the way`}
      </span>
      <span class="lines-end"><Percent value={of.pnl_percent} signed live /></span>
    </li>
  );
}

function Queued({ of }: { of: QueuedSignal }) {
  return (
    <li>
      <EngineMark engine={of.engine} />
      <a href={signalHref(of.signal_id)}>{of.symbol}</a>
      <span class="muted">
        waits for its {words(of.waits_for)}
        {of.sends > 0 && `, sent again ${of.sends} times`}
      </span>
      <span class="lines-end"><Age at={of.since} oldAfterMs={60_000} /></span>
    </li>
  );
}
