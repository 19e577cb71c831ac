/** Every value in force, by kind, with one filter and one export over all. */
import { useState } from "preact/hooks";
import { saveCsv } from "../../table/download";
import { KindPanels } from "./KindPanels";
import { sectionsOf } from "./sections";
import { EXPORTED_COLUMNS } from "./settingColumns";
import type { SettingsShown } from "./types";

const EQUAL_LIMITS = "The experiment that runs keeps the limits of both engines equal.";

export function InForce({ settings }: { settings: SettingsShown }) {
  const [filter, setFilter] = useState("");
  const groups = settings.groups.filter(({ kind }) => kind !== "feature_flags");
  const all = groups.flatMap((group) => group.settings);
  return (
    <>
      <div class="settings-tools">
        <input
          type="search"
          class="input table-filter"
          placeholder="Find a setting"
          aria-label="Find a setting"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        <Jump titles={groups.flatMap((group) => sectionsOf(group).map(({ title }) => title))} />
        <button type="button" class="button button-small settings-export" onClick={() => saveCsv("Settings", EXPORTED_COLUMNS, all)}>
          CSV<span class="visually-hidden"> of all settings</span>
        </button>
      </div>
      {groups.map((group) => (
        <KindPanels
          key={group.kind}
          group={group}
          filter={filter}
          note={group.kind === "risk_limits" && settings.limits_are_equal ? EQUAL_LIMITS : undefined}
        />
      ))}
    </>
  );
}

/** Brings a section into sight. */
function Jump({ titles }: { titles: readonly string[] }) {
  const jump = (title: string) => {
    const headings = [...document.querySelectorAll<HTMLElement>(".settings-section h2")];
    headings.find((heading) => heading.textContent === title)?.scrollIntoView({ block: "start" });
  };
  return (
    <nav class="settings-jump" aria-label="Sections">
      {titles.map((title) => (
        <button key={title} type="button" class="button button-small" onClick={() => jump(title)}>{title}</button>
      ))}
    </nav>
  );
}
