/** Log in, and go on to the page that was asked for. */
import "./login.css";
import { useEffect, useState } from "preact/hooks";
import { ApiProblem, asProblem } from "../api/problem";
import { logIn, session } from "../api/session";
import { useStore } from "../app/store";
import { counted } from "../format/words";
import { backFrom } from "../routes/addresses";
import { goTo, place } from "../routes/location";

export default function Login() {
  const me = useStore(session);
  useEffect(() => {
    if (me) goTo(backFrom(place.get().search), { replace: true });
  }, [me]);
  return (
    <div class="login">
      <p class="login-brand">
        <img src="/favicon.svg" alt="" width="40" height="40" />
        <span>Parallax</span>
      </p>
      <p class="paper">PAPER TRADING</p>
      <h1>Log in</h1>
      <LoginForm />
      <p class="muted small">
        The first start prints an administrator’s password once. More people are added with{" "}
        <code>parallax user add</code>.
      </p>
    </div>
  );
}

function LoginForm() {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    await logIn(name, password).catch((cause: unknown) => setProblem(asProblem(cause)));
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <NameField value={name} onValue={setName} />
      <PasswordField value={password} onValue={setPassword} />
      <p class="login-problem" role="alert">{problem && refusal(problem)}</p>
      <button type="submit" class="button button-primary login-submit" disabled={isBusy}>
        {isBusy ? "Logging in…" : "Log in"}
      </button>
    </form>
  );
}

interface FieldProps {
  value: string;
  onValue: (value: string) => void;
}

function NameField({ value, onValue }: FieldProps) {
  return (
    <div class="field">
      <label for="name">Name</label>
      <input
        id="name"
        class="input"
        type="text"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        required
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}

function PasswordField({ value, onValue }: FieldProps) {
  return (
    <div class="field">
      <label for="password">Password</label>
      <input
        id="password"
        class="input"
        type="password"
        autocomplete="current-password"
        required
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  );
}

/** Why it didn't work, and what helps. */
function refusal(problem: ApiProblem): string {
  if (problem.status === 401) return "Name or password is wrong.";
  if (problem.status !== 429) return problem.message;
  const minutes = Math.ceil((problem.retryAfterS ?? 900) / 60);
  return `Too many failed tries. Try again in ${counted(minutes, "minute")}.`;
}
