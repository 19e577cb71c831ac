/** What an admin does to a user: another role, another password, and removal. */
import { useState } from "preact/hooks";
import type { FieldProblem } from "../../../api/problem";
import { type Role, session } from "../../../api/session";
import { useStore } from "../../../app/store";
import { Confirm } from "../../../components/Confirm";
import { problemAt } from "../drafts";
import type { UserShown } from "../types";
import { Field, PASSWORD_HINT } from "./Field";
import { change, ROLES, userUrl } from "./users";

export function RoleChoice({ of }: { of: UserShown }) {
  const [chosen, setChosen] = useState<Role | null>(null);
  const role = chosen ?? of.role;
  const save = async () => {
    await change("PUT", userUrl(of.name, "/role"), { role }, `${of.name} is ${role} now.`);
    setChosen(null);
  };
  return (
    <span class="user-role">
      <select class="input" aria-label={`Role of ${of.name}`} value={role} onChange={(event) => setChosen(event.currentTarget.value as Role)}>
        {ROLES.map((one) => <option key={one} value={one}>{one}</option>)}
      </select>
      {role !== of.role && <button type="button" class="button button-small" onClick={() => void save()}>Set role</button>}
    </span>
  );
}

export function UserActions({ of }: { of: UserShown }) {
  const [isSetting, setSetting] = useState(false);
  const isMe = useStore(session)?.name === of.name;
  if (isSetting) return <PasswordForm of={of} onEnd={() => setSetting(false)} />;
  return (
    <span class="user-actions">
      <button type="button" class="button" aria-label={`Set password of ${of.name}`} onClick={() => setSetting(true)}>
        Set password
      </button>
      {!isMe && (
        <Confirm
          label={`Remove ${of.name}`}
          question={`${of.name} can’t sign in any more.`}
          confirm={`Remove ${of.name} now`}
          isDangerous
          onConfirm={async () => void (await change("DELETE", userUrl(of.name), undefined, `${of.name} is removed.`))}
        />
      )}
    </span>
  );
}

function PasswordForm({ of, onEnd }: { of: UserShown; onEnd: () => void }) {
  const [password, setPassword] = useState("");
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const done = `${of.name} has another password; the sessions so far end.`;
    const found = await change("PUT", userUrl(of.name, "/password"), { password }, done);
    if (found === null) onEnd();
    else setProblems(found);
  };
  return (
    <form class="people-form" onSubmit={(event) => void submit(event)}>
      <Field label={`New password of ${of.name}`} type="password" autocomplete="new-password" value={password} onValue={setPassword} problem={problemAt(problems, "password")} hint={PASSWORD_HINT} />
      <button type="submit" class="button button-primary">Set password</button>
      <button type="button" class="button" onClick={onEnd}>Cancel</button>
    </form>
  );
}
