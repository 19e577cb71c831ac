/** A button that asks once more in its own line before it does something. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface ConfirmProps {
  /** On the button at first. */
  label: string;
  /** What is asked. */
  question: ComponentChildren;
  /** On the button that does it. */
  confirm: string;
  isDangerous?: boolean;
  disabled?: boolean;
  onConfirm: () => Promise<void>;
}

export function Confirm(props: ConfirmProps) {
  const [isAsking, setAsking] = useState(false);
  if (isAsking) return <Question {...props} onEnd={() => setAsking(false)} />;
  return (
    <button type="button" class="button" disabled={props.disabled} onClick={() => setAsking(true)}>
      {props.label}
    </button>
  );
}

function Question({ question, confirm, isDangerous, onConfirm, onEnd }: ConfirmProps & { onEnd: () => void }) {
  const [isBusy, setBusy] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const doIt = async () => {
    setBusy(true);
    await onConfirm();
    onEnd();
  };
  const onKeyDown = (event: KeyboardEvent) => void (event.key === "Escape" && onEnd());
  return (
    <div class="confirm" role="group" aria-label={confirm} onKeyDown={onKeyDown}>
      <div class="confirm-question">{question}</div>
      <button
        ref={first}
        type="button"
        class={isDangerous ? "button button-danger" : "button button-primary"}
        disabled={isBusy}
        onClick={() => void doIt()}
      >
        {isBusy ? "Working…" : confirm}
      </button>
      <button type="button" class="button" disabled={isBusy} onClick={onEnd}>
        Cancel
      </button>
    </div>
  );
}
