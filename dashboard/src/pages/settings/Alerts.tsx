/** Alerts for TradingView, for admins: the address holds the token. */
import { may, session } from "../../api/session";
import { useStore } from "../../app/store";
import { EmptyState } from "../../components/EmptyState";
import { Templates } from "../signals/Templates";

export function Alerts() {
  if (!may(useStore(session), "admin")) {
    return (
      <div class="panel">
        <EmptyState title="Only admins see the webhook’s address">
          It holds the token that lets an alert in. Ask an admin for it.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <p class="panel warn">
        ⚠ The address below ends in this installation’s token: who knows it can send alerts. Paste it
        into TradingView only, and show it to nobody.
      </p>
      <Templates />
    </>
  );
}
