/** What stands where no experiment has been begun: what to do. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";

export function First({ mayBegin }: { mayBegin: boolean }) {
  return (
    <Panel title="No experiment has been begun yet">
      <EmptyState title="An experiment tells which engine is better, and how sure one can be.">
        <ol class="first-steps">
          <li>Write down what you expect, and which difference would matter.</li>
          <li>Choose how signals are shared out. Paired is the stronger way: each signal goes to both engines.</li>
          <li>{mayBegin ? "Begin it below." : "Ask a researcher or an admin to begin it."}</li>
          <li>Let signals come. Nothing is called a result before 20 finished signals and 20 trading days.</li>
        </ol>
      </EmptyState>
    </Panel>
  );
}
