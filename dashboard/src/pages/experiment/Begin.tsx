/** The form that begins an experiment. All of it is fixed before the first signal. */
import { useState } from "preact/hooks";
import type { ApiProblem } from "../../api/problem";
import { Panel } from "../../components/Panel";
import { FIRST_PLAN, type Plan, type PlanField, planProblems, type Problems, requestOf } from "./begin";
import { Field } from "./Field";
import { ModeChoice } from "./ModeChoice";
import { begin } from "./planned";

export function Begin({ taken }: { taken: readonly string[] }) {
  return (
    <Panel title="Begin an experiment">
      <p class="muted begin-note">
        While it runs, both engines have <strong>equal limits</strong>, so that only their judgement differs. What you
        write here can’t be changed afterwards: a number that is chosen later proves nothing.
      </p>
      <BeginForm taken={taken} />
    </Panel>
  );
}

function problemsOf(problem: ApiProblem): Problems {
  return Object.fromEntries(problem.problems.map(({ field, message }) => [field, message]));
}

/** After the problems are drawn: who can't see them is taken to the first. */
function focusFirstProblem(form: EventTarget | null): void {
  const focus = () => form instanceof HTMLElement && form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  window.setTimeout(focus);
}

function usePlan(taken: readonly string[]) {
  const [plan, setPlan] = useState<Plan>(FIRST_PLAN);
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setBusy] = useState(false);
  const change = (field: PlanField) => (value: string) => setPlan((before) => ({ ...before, [field]: value }));
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = planProblems(plan, taken);
    setProblems(found);
    if (Object.keys(found).length > 0) return focusFirstProblem(event.currentTarget);
    setBusy(true);
    const problem = await begin(requestOf(plan));
    setBusy(false);
    if (problem) setProblems(problemsOf(problem));
  };
  return { plan, problems, isBusy, change, submit };
}

function BeginForm({ taken }: { taken: readonly string[] }) {
  const { plan, problems, isBusy, change, submit } = usePlan(taken);
  const field = (name: PlanField) => ({ name, value: plan[name], problem: problems[name], onChange: change(name) });
  return (
    <form class="begin" noValidate onSubmit={(event) => void submit(event)}>
      <Field {...field("experiment_id")} label="Name" hint="It also decides by chance which engine gets which signal." />
      <Field {...field("hypothesis")} label="Hypothesis" isLong hint="What do you expect, and why?" />
      <ModeChoice mode={plan.mode} onChange={change("mode")} />
      {plan.mode === "split" && <Field {...field("split_percentage")} label="Share of Engine A, %" isNumeric />}
      <Field
        {...field("expected_effect_percent")}
        label="Expected effect, % of the premium per signal"
        isNumeric
        hint="The difference that would matter to you. The test is tuned to it."
      />
      <Field {...field("signals_per_engine")} label="Signals for each engine" isNumeric hint="Before it is judged." />
      <Field {...field("sessions")} label="Trading days" isNumeric hint="Before it is judged." />
      <button type="submit" class="button button-primary" disabled={isBusy}>
        {isBusy ? "Beginning…" : "Begin the experiment"}
      </button>
    </form>
  );
}
