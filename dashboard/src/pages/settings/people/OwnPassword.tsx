/** Gives oneself another password; every other session of one's own ends. */
import { useState } from "preact/hooks";
import type { FieldProblem } from "../../../api/problem";
import { Panel } from "../../../components/Panel";
import { problemAt } from "../drafts";
import { Field, PASSWORD_HINT } from "./Field";
import { change } from "./users";

export function OwnPassword() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const body = { current_password: current, password: next };
    const found = await change("POST", "/api/me/password", body, "Your password is changed; your other sessions have ended.");
    setBusy(false);
    setProblems(found ?? []);
    if (found === null) [setCurrent, setNext].forEach((clear) => clear(""));
  };
  return (
    <Panel title="Your own password">
      <form class="people-form" onSubmit={(event) => void submit(event)}>
        <Field label="Current password" type="password" autocomplete="current-password" value={current} onValue={setCurrent} problem={problemAt(problems, "current_password")} />
        <Field label="New password" type="password" autocomplete="new-password" value={next} onValue={setNext} problem={problemAt(problems, "password")} hint={PASSWORD_HINT} />
        <button type="submit" class="button button-primary" disabled={isBusy}>Change your password</button>
      </form>
    </Panel>
  );
}
