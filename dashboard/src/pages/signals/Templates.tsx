/** Alerts to copy into TradingView, with this installation's address and token; and a test alert. */
import "./templates.css";
import { usePoll } from "../../api/poll";
import type { AlertTemplate, AlertTemplates } from "../../api/types";
import { Loaded } from "../../components/Loaded";
import { Panel } from "../../components/Panel";
import { Copy } from "./Copy";
import { TestAlertForm } from "./TestAlertForm";

export function Templates() {
  const shown = usePoll<AlertTemplates>("/api/alerts/templates", 0);
  return (
    <>
      <Panel title="Try it without TradingView">
        <TestAlertForm />
      </Panel>
      <Panel title="Alerts for TradingView">
        <Loaded of={shown} what="alert templates" lines={8}>
          {(templates) => <Steps templates={templates} />}
        </Loaded>
      </Panel>
    </>
  );
}

function Steps({ templates }: { templates: AlertTemplates }) {
  return (
    <ol class="templates">
      <li>
        <h3>In the alert’s notifications, turn on “Webhook URL” and paste</h3>
        <Copy text={templates.webhook_url} label="Copy the address" />
        {!templates.is_public && (
          <p class="warn small">
            TradingView can’t reach this address: it is on your own machine. A tunnel makes it
            reachable.
          </p>
        )}
      </li>
      {templates.templates.map((template) => (
        <Message key={template.title} of={template} />
      ))}
    </ol>
  );
}

function Message({ of }: { of: AlertTemplate }) {
  return (
    <li>
      <h3>{of.title}. Paste as “Message”</h3>
      <Copy text={of.message} label={`Copy the message, ${of.title}`} />
    </li>
  );
}
