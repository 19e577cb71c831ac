/** The draft of a kind of settings, from the first letter that is typed to the saved version. */
import { useState } from "preact/hooks";
import { readAgain } from "../../api/poll";
import { asProblem, type FieldProblem } from "../../api/problem";
import { api } from "../../api/session";
import { tell } from "../../app/toasts";
import { changesIn, type Draft, without } from "./drafts";
import type { Section } from "./sections";
import type { ChangeAnswer, SettingsGroup } from "./types";

export interface KindDraft {
  draft: Draft;
  problems: readonly FieldProblem[];
  /** Somebody else saved another version since the draft began. */
  isOutrun: boolean;
  isBusy: boolean;
  set: (name: string, text: string | null) => void;
  drop: (section: Section) => void;
  save: (section: Section) => Promise<void>;
  /** Takes note of the version in force; the draft stays. */
  lookAgain: () => Promise<void>;
}

interface State {
  draft: Draft;
  /** The version that was in force when the draft began. */
  seenVersion: number | null;
  problems: readonly FieldProblem[];
  isOutrun: boolean;
}

const NOTHING: State = { draft: {}, seenVersion: null, problems: [], isOutrun: false };

export function useKindDraft(group: SettingsGroup): KindDraft {
  const [state, setState] = useState<State>(NOTHING);
  const [isBusy, setBusy] = useState(false);
  const change = (next: Partial<State>) => setState((before) => ({ ...before, ...next }));
  const set = (name: string, text: string | null) =>
    setState(({ draft, seenVersion, problems, isOutrun }) => ({
      draft: { ...draft, [name]: text },
      seenVersion: seenVersion ?? group.version,
      problems: problems.filter(({ field }) => field !== name),
      isOutrun,
    }));
  const drop = ({ settings }: Section) => setState((before) => dropped(before, settings, before.seenVersion));
  const put = async (section: Section, values: Record<string, unknown>) => {
    const body = { values, seen_version: state.seenVersion ?? group.version };
    const { version } = await api.send<ChangeAnswer>("PUT", `/api/settings/${group.kind}`, body);
    await readAgain("/api/settings/");
    setState((before) => dropped(before, section.settings, version));
    tell("gain", `Saved: ${section.title.toLowerCase()}, version ${version}.`);
  };
  const save = async (section: Section) => {
    const { values, problems } = changesIn(section.settings, state.draft);
    if (problems.length > 0) return change({ problems });
    setBusy(true);
    try {
      await put(section, values);
    } catch (cause) {
      change(refusal(cause));
    } finally {
      setBusy(false);
    }
  };
  const lookAgain = async () => {
    await readAgain("/api/settings/");
    change({ isOutrun: false, seenVersion: null });
  };
  return { ...state, isBusy, set, drop, save, lookAgain };
}

/** Without what was saved or given up; the rest goes on from `seenVersion`. */
function dropped(before: State, settings: Section["settings"], seenVersion: number | null): State {
  const draft = without(before.draft, settings);
  return Object.keys(draft).length === 0 ? NOTHING : { ...before, draft, seenVersion, problems: [] };
}

function refusal(cause: unknown): Partial<State> {
  const problem = asProblem(cause);
  if (problem.status === 409) return { isOutrun: true };
  if (problem.problems.length > 0) return { problems: problem.problems };
  tell("loss", `Saving failed: ${problem.message}`);
  return {};
}
