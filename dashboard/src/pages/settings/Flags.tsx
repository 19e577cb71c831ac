/** Flags as switches: what each is for, what it needs, and why it can't be changed here. */
import { useState } from "preact/hooks";
import { readAgain } from "../../api/poll";
import { asProblem } from "../../api/problem";
import { api, may, session } from "../../api/session";
import { useStore } from "../../app/store";
import { tell } from "../../app/toasts";
import { Badge } from "../../components/Badge";
import { Panel } from "../../components/Panel";
import { sentence, words } from "../../format/words";
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

async function turn(flag: string, isSet: boolean, version: number): Promise<void> {
  try {
    const body = { values: { [flag]: isSet }, seen_version: version };
    await api.send("PUT", "/api/settings/feature_flags", body);
    tell("gain", `Saved: ${flagWords(flag)} is ${isSet ? "set" : "off"}.`);
  } catch (cause) {
    const problem = asProblem(cause);
    const why = problem.status === 409 ? "somebody else changed a flag meanwhile; look again" : problem.message;
    tell("loss", `${sentence(flagWords(flag))} is as it was: ${why}.`);
  }
  await readAgain("/api/settings/");
}

function Flag({ of, about, version }: { of: FlagShown; about: string; version: number }) {
  const [isBusy, setBusy] = useState(false);
  const mayTurn = may(useStore(session), "admin") && of.source !== "environment";
  const change = async (isSet: boolean) => {
    setBusy(true);
    await turn(of.flag, isSet, version);
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
        disabled={!mayTurn || isBusy}
        aria-describedby={`${of.flag}-about`}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
      <div>
        <label for={of.flag} class="setting-name">{flagWords(of.flag)}</label>{" "}
        <Badge tone={of.on ? "gain" : of.set ? "warn" : "plain"}>
          {of.on ? "in effect" : of.set ? "set, without effect" : "off"}
        </Badge>
        <p id={`${of.flag}-about`} class="setting-about">{[about, flagNote(of)].filter(Boolean).join(" ")}</p>
      </div>
    </li>
  );
}
