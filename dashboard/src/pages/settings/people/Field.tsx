/** A labelled input with what is wrong with it below. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { PASSWORD_LENGTH } from "./users";

type Typed = Event & { currentTarget: HTMLInputElement };

interface FieldProps {
  label: string;
  value: string;
  onValue: (value: string) => void;
  problem?: string | undefined;
  type?: "text" | "password";
  autocomplete?: "off" | "new-password" | "current-password";
  hint?: ComponentChildren;
}

export function Field({ label, value, onValue, problem, type = "text", autocomplete = "off", hint }: FieldProps) {
  const id = useId();
  const isNew = autocomplete === "new-password";
  const common = {
    id,
    class: "input",
    required: true,
    autocomplete,
    minLength: isNew ? PASSWORD_LENGTH.min : undefined,
    maxLength: isNew ? PASSWORD_LENGTH.max : undefined,
    "aria-invalid": problem !== undefined,
    "aria-describedby": `${id}-about`,
    value,
    onInput: (event: Typed) => onValue(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {type === "password" ? <input {...common} type="password" /> : <input {...common} type="text" />}
      <span id={`${id}-about`} class={problem ? "field-problem" : "muted small"}>{problem ?? hint}</span>
    </div>
  );
}

export const PASSWORD_HINT = `${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} letters`;
