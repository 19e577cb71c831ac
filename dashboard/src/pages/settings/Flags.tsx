/** Flags as switches: what each is for, what it needs, and why it can't be changed here. */
import { useState } from "preact/hooks";
import { readAgain } from "../../api/poll";
import { asProblem } from "../../api/problem";
import { api, may, session } from "../../api/session";
import { useStore } from "../../app/store";
import { tell } from "../../app/toasts";
import { Badge } from "../../components/Badge";
import { Panel } from "../../components/Panel";
import { words } from "../../format/words";
import type { FlagShown, SettingsShown } from "./types";

export function flagWords(flag: string): string {
  return words(flag.replace(/^enable_/, "")).replace("ttm", "TTM").replace("orb", "ORB").replace(/b$/, "B");
}

/** Why a flag that is set has no effect, or can't be set. */
export function flagNote({ set, on, source, needs }: FlagShown): string {
  if (source === "environment") return "Set in the environment: change it there and deploy anew.";
  if (set && !on && needs) return `Without effect until ${flagWords(needs)} is on.`;
  return needs ? `Needs ${flagWords(needs)}.` : "";
}

export function Flags({ settings }: { settings: SettingsShown }) {
  const group = settings.groups.find(({ kind }) => kind === "feature_flags");
  const aboutOf = (flag: string) => group?.settings.find(({ name }) => name === flag)?.about ?? "";
  return (
    <Panel title="Flags" aside={<a href="/settings?show=changes&kind=feature_flags">History of the flags</a>}>
      <ul class="flags">
        {settings.flags.map((flag) => (
          <Flag key={flag.flag} of={flag} about={aboutOf(flag.flag)} version={group?.version ?? 0} />
        ))}
      </ul>
    </Panel>
  );
}

/** Sets or clears it; answers why that can't be. */
async function turn(flag: string, isSet: boolean, version: number): Promise<string> {
  try {
    const body = { values: { [flag]: isSet }, seen_version: version };
    await api.send("PUT", "/api/settings/feature_flags", body);
    tell("gain", `Saved: ${flagWords(flag)} is ${isSet ? "set" : "off"}.`);
    return "";
  } catch (cause) {
    const problem = asProblem(cause);
    if (problem.status === 409) return "Somebody else changed a flag meanwhile: look again.";
    return `Not saved: ${problem.problems[0]?.message ?? problem.message}.`;
  } finally {
    await readAgain("/api/settings/");
  }
}

function Flag({ of, about, version }: { of: FlagShown; about: string; version: number }) {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState("");
  const mayTurn = may(useStore(session), "admin") && of.source !== "environment";
  const change = async (isSet: boolean) => {
    setBusy(true);
    setRefusal(await turn(of.flag, isSet, version));
    setBusy(false);
  };
  return (
    <li class="flag">
      <input
        id={of.flag}
        type="checkbox"
        role="switch"
        class="switch"
        checked={of.set}
        aria-invalid={refusal !== ""}
        disabled={!mayTurn || isBusy}
        aria-describedby={`${of.flag}-about`}
        onChange={(event) => {
          const isSet = event.currentTarget.checked;
          // It stays as it is until the API has said so.
          event.currentTarget.checked = of.set;
          void change(isSet);
        }}
      />
      <div>
        <label for={of.flag} class="setting-name">{flagWords(of.flag)}</label>{" "}
        <Badge tone={of.on ? "gain" : of.set ? "warn" : "plain"}>
          {of.on ? "in effect" : of.set ? "set, without effect" : "off"}
        </Badge>
        <p id={`${of.flag}-about`} class="setting-about">{[about, flagNote(of)].filter(Boolean).join(" ")}</p>
        {refusal && <p class="field-problem" role="alert">{refusal}</p>}
      </div>
    </li>
  );
}
