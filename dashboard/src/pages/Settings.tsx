/** Settings: what is in force, and who changed it? */
import "./settings/settings.css";
import type { ComponentChildren } from "preact";
import { usePoll } from "../api/poll";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Skeleton } from "../components/Skeleton";
import { Tabs } from "../components/Tabs";
import { useQuery } from "../routes/location";
import { Alerts } from "./settings/Alerts";
import { Answer } from "./settings/Answer";
import { Changes } from "./settings/Changes";
import { Flags } from "./settings/Flags";
import { InForce } from "./settings/InForce";
import { KillSwitches } from "./settings/KillSwitches";
import { People } from "./settings/people/People";
import type { SettingsShown } from "./settings/types";

const EVERY_MS = 10_000;
const TABS = [
  { value: "values", title: "In force" },
  { value: "flags", title: "Flags" },
  { value: "changes", title: "Changes" },
  { value: "alerts", title: "TradingView" },
  { value: "people", title: "Users" },
] as const;

export default function Settings() {
  const [tab] = useQuery("show", "values");
  const shown = usePoll<SettingsShown>("/api/settings/status", EVERY_MS);
  return (
    <>
      <PageHead title="Settings" answer={<Answer settings={shown.answer} />}>
        <Tabs label="Parts of the settings" name="show" fallback="values" tabs={TABS} />
      </PageHead>
      <Loaded of={shown} what="settings" skeleton={<Waits />}>
        {(settings) => (
          <>
            <KillSwitches of={settings.kill_switches} />
            {partOf(tab, settings)}
          </>
        )}
      </Loaded>
    </>
  );
}

function partOf(tab: string, settings: SettingsShown): ComponentChildren {
  if (tab === "flags") return <Flags settings={settings} />;
  if (tab === "changes") return <Changes settings={settings} />;
  if (tab === "alerts") return <Alerts />;
  if (tab === "people") return <People />;
  return <InForce settings={settings} />;
}

function Waits() {
  return (
    <>
      <div class="kill-switches">
        <div class="panel kill-switch"><Skeleton lines={2} label="Loading the kill switches" /></div>
        <div class="panel kill-switch"><Skeleton lines={2} label="Loading the kill switches" /></div>
      </div>
      <div class="panel"><Skeleton lines={20} label="Loading the settings" /></div>
    </>
  );
}
