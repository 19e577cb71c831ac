/** Positions: what do I hold, and when will it be closed? */
import { Tabs } from "../components/Tabs";
import { useQuery } from "../routes/location";
import { Closed } from "./positions/Closed";
import { Open } from "./positions/Open";

const TABS = [
  { value: "open", title: "Open" },
  { value: "closed", title: "Closed" },
] as const;

export default function Positions() {
  const [state] = useQuery("state", "open");
  const tabs = <Tabs label="Which positions" name="state" fallback="open" tabs={TABS} />;
  return state === "closed" ? <Closed tabs={tabs} /> : <Open tabs={tabs} />;
}
