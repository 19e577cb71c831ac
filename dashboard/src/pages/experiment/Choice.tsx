/** Which report: an experiment, or all signals of the last days. */
import { goTo, usePlace } from "../../routes/location";
import type { Experiment } from "./kinds";

const DAYS: readonly string[] = ["7", "30", "90", "365"];

/** The offered spans, and the one that an address asks for. */
function daysWith(asked: string | null): readonly string[] {
  return asked === null || DAYS.includes(asked) ? DAYS : [...DAYS, asked];
}

/** What the address chooses, and the API's address for it. */
export function reportUrl(search: string): string {
  const query = new URLSearchParams(search);
  const days = query.get("days");
  const id = query.get("id");
  if (days !== null) return `/api/experiment/report?days=${encodeURIComponent(days)}`;
  return id === null ? "/api/experiment/report" : `/api/experiment/report?id=${encodeURIComponent(id)}`;
}

/** The page's address for a choice: empty for the newest, `days=30`, or `id=name`. */
export function choiceHref(choice: string): string {
  return choice === "" ? "/experiment" : `/experiment?${choice}`;
}

/** The choice that the address makes; the newest experiment has no name in it. */
export function chosenBy(search: string, newest: string | undefined): string {
  const query = new URLSearchParams(search);
  const days = query.get("days");
  if (days !== null) return `days=${days}`;
  const id = query.get("id");
  return id === null || id === newest ? "" : `id=${id}`;
}

export function Choice({ experiments }: { experiments: readonly Experiment[] }) {
  const { search } = usePlace();
  const [newest, ...earlier] = experiments;
  const days = daysWith(new URLSearchParams(search).get("days"));
  return (
    <label class="choice">
      <span>Show</span>
      <select
        class="input"
        value={chosenBy(search, newest?.experiment_id)}
        onChange={(event) => goTo(choiceHref(event.currentTarget.value), { replace: true })}
      >
        <option value="">{newest ? `Newest: ${newest.experiment_id}` : "Newest experiment"}</option>
        {earlier.map((one) => (
          <option key={one.experiment_id} value={`id=${one.experiment_id}`}>
            {one.experiment_id}
          </option>
        ))}
        {days.map((count) => (
          <option key={count} value={`days=${count}`}>All signals of the last {count} days</option>
        ))}
      </select>
    </label>
  );
}
