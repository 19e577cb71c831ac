/** The answer at the head of the settings: what differs, and who changed something last. */
import { Age } from "../../components/Times";
import { counted } from "../../format/words";
import { settingWords } from "./settingWords";
import type { SettingsGroup, SettingsShown } from "./types";

export function Answer({ settings }: { settings: SettingsShown | undefined }) {
  if (!settings) return <>&nbsp;</>;
  const all = settings.groups.flatMap((group) => group.settings);
  const other = all.filter(({ source }) => source !== "default").length;
  const last = newest(settings.groups);
  return (
    <>
      <strong>{other === 0 ? "Everything stands at its default" : `${other} of ${counted(all.length, "value")} are set`}</strong>
      {last ? (
        <>; {settingWords(last.kind)} last, by {last.changed_by}, <Age at={last.changed_at} suffix=" ago" />.</>
      ) : "; nobody has changed anything yet."}
    </>
  );
}

/** The kind that was changed last. */
export function newest(groups: readonly SettingsGroup[]): SettingsGroup | undefined {
  const changed = groups.filter(({ changed_at }) => changed_at !== null);
  return changed.sort((one, other) => Date.parse(other.changed_at ?? "") - Date.parse(one.changed_at ?? ""))[0];
}
