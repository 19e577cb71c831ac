/** Adds a user with a first password. */
import { useState } from "preact/hooks";
import type { FieldProblem } from "../../../api/problem";
import type { Role } from "../../../api/session";
import { Panel } from "../../../components/Panel";
import { problemAt } from "../drafts";
import { Field, PASSWORD_HINT } from "./Field";
import { change, ROLE_WORDS, ROLES, USERS } from "./users";

export function AddUser() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("user");
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const found = await change("POST", USERS, { name: name.trim(), role, password }, `${name.trim()} may sign in now.`);
    setBusy(false);
    setProblems(found ?? []);
    if (found === null) [setName, setPassword].forEach((clear) => clear(""));
  };
  return (
    <Panel title="Add a user">
      <form class="people-form" onSubmit={(event) => void submit(event)}>
        <Field label="Name" value={name} onValue={setName} problem={problemAt(problems, "name")} />
        <Field label="First password" type="password" autocomplete="new-password" value={password} onValue={setPassword} problem={problemAt(problems, "password")} hint={PASSWORD_HINT} />
        <div class="field">
          <label for="new-role">Role</label>
          <select id="new-role" class="input" value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {ROLES.map((one) => <option key={one} value={one}>{ROLE_WORDS[one]}</option>)}
          </select>
        </div>
        <button type="submit" class="button button-primary" disabled={isBusy}>Add the user</button>
      </form>
    </Panel>
  );
}
