/** How to send the first alert. */
import { EmptyState } from "../../components/EmptyState";

export function NoSignals() {
  return (
    <EmptyState title="No alert yet">
      Send one from TradingView, or from this machine with <code>parallax alert</code>.
    </EmptyState>
  );
}
