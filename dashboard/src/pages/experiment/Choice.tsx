/** Which report: an experiment, or all signals of the last days. */
import { goTo, usePlace } from "../../routes/location";
import type { Experiment } from "./kinds";

export const DAYS = [7, 30, 90, 365] as const;

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

function chosen(search: string): string {
  const query = new URLSearchParams(search);
  const days = query.get("days");
  if (days !== null) return `days=${days}`;
  const id = query.get("id");
  return id === null ? "" : `id=${id}`;
}

export function Choice({ experiments }: { experiments: readonly Experiment[] }) {
  const { search } = usePlace();
  const [newest, ...earlier] = experiments;
  return (
    <label class="choice">
      <span>Show</span>
      <select
        class="input"
        value={chosen(search)}
        onChange={(event) => goTo(choiceHref(event.currentTarget.value), { replace: true })}
      >
        <option value="">{newest ? `Newest: ${newest.experiment_id}` : "Newest experiment"}</option>
        {earlier.map((one) => (
          <option key={one.experiment_id} value={`id=${one.experiment_id}`}>
            {one.experiment_id}
          </option>
        ))}
        {DAYS.map((days) => (
          <option key={days} value={`days=${days}`}>All signals of the last {days} days</option>
        ))}
      </select>
    </label>
  );
}
