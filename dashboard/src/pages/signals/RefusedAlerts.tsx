/** Alerts that never became signals, and why. */
import { EmptyState } from "../../components/EmptyState";

export function RefusedAlerts() {
  return <EmptyState title="No alert was refused" />;
}
