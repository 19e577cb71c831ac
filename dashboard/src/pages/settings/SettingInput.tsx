/** The input of a setting, by what it holds. */
import { words } from "../../format/words";
import { choicesOf, type FormKind, formOf } from "./forms";
import { settingWords } from "./settingWords";
import type { SettingShown } from "./types";

interface SettingInputProps {
  of: SettingShown;
  text: string;
  /** The ids of what is said of it. */
  describedBy: string;
  isWrong: boolean;
  onText: (text: string) => void;
}

export function SettingInput(props: SettingInputProps) {
  const kind = formOf(props.of);
  if (kind === "switch") return <Switch {...props} />;
  if (kind === "choice") return <Choice {...props} />;
  if (kind === "sizing") return <Sizing {...props} />;
  if (kind === "list" || kind === "weights") return <Long {...props} />;
  return <Short {...props} kind={kind} />;
}

function common({ of, describedBy, isWrong }: SettingInputProps) {
  return {
    id: `setting-${of.name}`,
    "aria-label": settingWords(of.name),
    "aria-describedby": describedBy,
    "aria-invalid": isWrong,
  };
}

function Switch(props: SettingInputProps) {
  return (
    <label class="switch-line">
      <input
        {...common(props)}
        type="checkbox"
        class="switch"
        checked={props.text === "true"}
        onChange={(event) => props.onText(String(event.currentTarget.checked))}
      />
      <span aria-hidden="true">{props.text === "true" ? "on" : "off"}</span>
    </label>
  );
}

function Choice(props: SettingInputProps) {
  return (
    <select
      {...common(props)}
      class="input setting-input"
      value={props.text}
      onChange={(event) => props.onText(event.currentTarget.value)}
    >
      {choicesOf(props.of.name).map((choice) => (
        <option key={choice} value={choice}>{words(choice)}</option>
      ))}
    </select>
  );
}

/** Either so many contracts, or as many as an amount buys. */
function Sizing(props: SettingInputProps) {
  const [way = "quantity", amount = ""] = props.text.split(" ");
  return (
    <span class="sizing">
      <select
        class="input"
        aria-label="way of sizing"
        value={way}
        onChange={(event) => props.onText(`${event.currentTarget.value} ${amount}`)}
      >
        <option value="quantity">contracts</option>
        <option value="premium_budget">premium in USD</option>
      </select>
      <input
        {...common(props)}
        class="input setting-input"
        inputMode="decimal"
        value={amount}
        onInput={(event) => props.onText(`${way} ${event.currentTarget.value.trim()}`)}
      />
    </span>
  );
}

function Long(props: SettingInputProps) {
  return (
    <textarea
      {...common(props)}
      class="input setting-long"
      rows={2}
      spellcheck={false}
      placeholder={formOf(props.of) === "weights" ? "technical 40, gamma 10" : undefined}
      value={props.text}
      onInput={(event) => props.onText(event.currentTarget.value)}
    />
  );
}

function Short({ kind, ...props }: SettingInputProps & { kind: FormKind }) {
  const mode = kind === "whole" ? "numeric" : kind === "amount" ? "decimal" : "text";
  return (
    <input
      {...common(props)}
      class={kind === "text" ? "input" : "input setting-input"}
      inputMode={mode}
      autocomplete="off"
      value={props.text}
      onInput={(event) => props.onText(event.currentTarget.value)}
    />
  );
}
